package dev.plumbline.reconciler.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.plumbline.schemas.json.Json;
import dev.plumbline.testkit.MutableClock;
import dev.plumbline.webhooks.FollowedBranch;
import dev.plumbline.webhooks.Forge;
import dev.plumbline.webhooks.RepositoryAddress;
import dev.plumbline.webhooks.Secrets;
import dev.plumbline.webhooks.receive.WebhookReceiver;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.ext.web.Router;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;

@Timeout(60)
class WebhookRouteTest {
    private static final String SECRET = "canary-of-the-webhook-secret";
    private static final String PUSH = "{\"ref\":\"refs/heads/main\",\"repository\":{\"clone_url\":"
            + "\"https://git.example.com/team/models.git\"}}";

    private static Vertx vertx;
    private static HttpClient client;

    private final AtomicInteger looks = new AtomicInteger();
    private final PrometheusMeterRegistry metrics = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private ApiServer server;

    @BeforeAll
    static void begin() {
        vertx = Vertx.vertx();
        client = HttpClient.newHttpClient();
    }

    @AfterAll
    static void end() {
        client.close();
        vertx.close();
    }

    @BeforeEach
    void open() throws Exception {
        server = ApiServer.start(
                vertx,
                new SteadyOperations(Sample.usual()),
                metrics,
                new ApiSettings("127.0.0.1", 0, Optional::empty, "1"),
                Optional.of(receiver()));
    }

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void looksOnceForADeliveryThatComesAHundredTimes() throws Exception {
        for (int time = 0; time < 100; time++) {
            HttpResponse<String> answer = post("github", PUSH, signature(PUSH));
            assertThat(answer.statusCode()).isEqualTo(202);
            assertThat(outcome(answer)).isEqualTo(time == 0 ? "looked" : "duplicate");
        }
        assertThat(looks).hasValue(1);
        assertThat(metrics.scrape())
                .contains("plumbline_webhooks_total{forge=\"github\",outcome=\"duplicate\"} 99.0")
                .contains("plumbline_webhooks_total{forge=\"github\",outcome=\"looked\"} 1.0");
    }

    @Test
    void refusesInTheFormOfTheInterface() throws Exception {
        HttpResponse<String> answer = post("github", "{{{", signature(PUSH));

        assertThat(answer.statusCode()).isEqualTo(401);
        JsonNode error =
                Json.read(answer.body().getBytes(StandardCharsets.UTF_8)).get("error");
        assertThat(error.get("code").stringValue()).isEqualTo("unauthentic");
        assertThat(error.get("hint").stringValue()).contains("webhooks.githubSecretFile");
        assertThat(answer.body()).doesNotContain("canary");
        assertThat(looks).hasValue(0);
    }

    @Test
    void refusesASignedBodyThatMakesNoSense() throws Exception {
        HttpResponse<String> answer = post("github", "{{{", signature("{{{"));

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).doesNotContain("Exception").doesNotContain("jackson");
    }

    @Test
    void saysWhatToConfigureForAForgeWithoutASecret() throws Exception {
        HttpResponse<String> answer = post("gitlab", "{}", Map.of("X-Gitlab-Token", "x"));

        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(answer.body()).contains("set webhooks.gitlabSecretFile in the configuration");
        assertThat(post("bitbucket", "{}", Map.of()).statusCode()).isEqualTo(404);
    }

    @Test
    void answersWhateverHostAForgeKnowsItBy() throws Exception {
        String request = "POST /webhooks/github HTTP/1.1\r\nHost: plumbline.example.com\r\n"
                + "Content-Type: application/json\r\nX-GitHub-Event: push\r\nX-Hub-Signature-256: "
                + signature(PUSH).get("X-Hub-Signature-256") + "\r\nContent-Length: " + PUSH.length() + "\r\n\r\n"
                + PUSH;

        try (Socket socket = socket(request)) {
            assertThat(status(socket)).isEqualTo("202");
        }
        try (Socket socket = socket("GET /api/v1/status HTTP/1.1\r\nHost: plumbline.example.com\r\n\r\n")) {
            assertThat(status(socket)).isEqualTo("403");
        }
    }

    @Test
    void endsABodyWithoutAnEndAfterTheLargestOfItsForge() throws Exception {
        try (Socket socket = socket("POST /webhooks/gitea HTTP/1.1\r\nHost: localhost\r\n"
                + "Content-Type: application/json\r\nX-Gitea-Signature: " + "0".repeat(64)
                + "\r\nTransfer-Encoding: chunked\r\n\r\n")) {
            byte[] chunk = ("8000\r\n" + "x".repeat(0x8000) + "\r\n").getBytes(StandardCharsets.US_ASCII);
            for (int sent = 0; sent <= 1024 * 1024; sent += 0x8000) {
                socket.getOutputStream().write(chunk);
            }
            assertThat(status(socket)).isEqualTo("413");
        }
        assertThat(counted("gitea", "too-large")).isEqualTo(1);
    }

    @Test
    void takesAnAnnouncedBodyBeforeItIsSent() throws Exception {
        HttpRequest request =
                request("github", PUSH, signature(PUSH)).expectContinue(true).build();

        assertThat(client.send(request, BodyHandlers.ofString()).statusCode()).isEqualTo(202);
    }

    @Test
    void takesSixtyFourAtOnceAndForgetsThoseThatGoAway() throws Exception {
        List<Socket> open = new ArrayList<>();
        try {
            for (int each = 0; each < 64; each++) {
                open.add(socket(unfinished()));
            }
            // Those before it may still be on their way in.
            await().atMost(Duration.ofSeconds(20))
                    .until(() -> post("github", "{", signature("{")).statusCode() == 503);
            HttpResponse<String> answer = post("github", PUSH, signature(PUSH));
            assertThat(answer.statusCode()).isEqualTo(503);
            assertThat(answer.headers().firstValue("Retry-After")).isPresent();
        } finally {
            for (Socket socket : open) {
                socket.close();
            }
        }
        await().atMost(Duration.ofSeconds(20))
                .until(() -> post("github", PUSH, signature(PUSH)).statusCode() == 202);
        assertThat(counted("github", "gone")).isPositive();
    }

    @Test
    void endsABodyThatDoesNotCome() throws Exception {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            WebhookRoute route = new WebhookRoute(receiver(), threads, metrics, Duration.ofMillis(50));
            Router router = Router.router(vertx);
            router.post("/webhooks/:forge").handler(route::handle);
            HttpServer impatient = vertx.createHttpServer()
                    .requestHandler(router)
                    .listen(0, "127.0.0.1")
                    .toCompletionStage()
                    .toCompletableFuture()
                    .get(10, TimeUnit.SECONDS);
            try (Socket socket = socket(impatient.actualPort(), unfinished())) {
                assertThat(status(socket)).isEqualTo("408");
                assertThat(socket.getInputStream().readAllBytes())
                        .as("and hangs up")
                        .isNotEmpty();
            } finally {
                impatient.close();
            }
        }
    }

    private WebhookReceiver receiver() {
        Secrets secrets = Secrets.parse(SECRET);
        return new WebhookReceiver(
                Map.of(Forge.GITHUB, () -> secrets, Forge.GITEA, () -> secrets),
                new FollowedBranch(RepositoryAddress.parse("https://git.example.com/team/models"), "main"),
                MutableClock.started(),
                looks::incrementAndGet);
    }

    private static String unfinished() {
        return "POST /webhooks/github HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                + "X-Hub-Signature-256: sha256=" + "0".repeat(64) + "\r\nContent-Length: 100\r\n\r\n{";
    }

    private static Map<String, String> signature(String body) throws Exception {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(SECRET.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
        String digits = HexFormat.of().formatHex(mac.doFinal(body.getBytes(StandardCharsets.UTF_8)));
        return Map.of("X-GitHub-Event", "push", "X-GitHub-Delivery", "1", "X-Hub-Signature-256", "sha256=" + digits);
    }

    private HttpRequest.Builder request(String forge, String body, Map<String, String> headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + server.port() + "/webhooks/" + forge))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body));
        headers.forEach(request::header);
        return request;
    }

    private HttpResponse<String> post(String forge, String body, Map<String, String> headers) throws Exception {
        return client.send(request(forge, body, headers).build(), BodyHandlers.ofString());
    }

    private static String outcome(HttpResponse<String> answer) {
        return Json.read(answer.body().getBytes(StandardCharsets.UTF_8))
                .get("outcome")
                .stringValue();
    }

    private double counted(String forge, String outcome) {
        return metrics.counter("plumbline.webhooks", "forge", forge, "outcome", outcome)
                .count();
    }

    private Socket socket(String start) throws IOException {
        return socket(server.port(), start);
    }

    private static Socket socket(int port, String start) throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
        OutputStream out = socket.getOutputStream();
        out.write(start.getBytes(StandardCharsets.ISO_8859_1));
        out.flush();
        return socket;
    }

    private static String status(Socket socket) throws IOException {
        byte[] start = socket.getInputStream().readNBytes("HTTP/1.1 200".length());
        return new String(start, StandardCharsets.ISO_8859_1).substring("HTTP/1.1 ".length());
    }
}
