package dev.plumbline.reconciler.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plumbline.reconciler.control.Operations;
import dev.plumbline.schemas.json.Json;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Vertx;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class ApiServerTest {
    private static final ApiSettings SETTINGS =
            new ApiSettings("127.0.0.1", 0, () -> Optional.of(URI.create("http://127.0.0.1:8081")), "1.2.3");

    private static Vertx vertx;
    private static HttpClient client;

    private final SteadyOperations operations = new SteadyOperations(Sample.usual());
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
        server = ApiServer.start(vertx, operations, new PrometheusMeterRegistry(PrometheusConfig.DEFAULT), SETTINGS);
    }

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void saysWhatHolds() throws Exception {
        JsonNode status = json(get("/api/v1/status"));

        assertThat(status.get("revision").stringValue()).isEqualTo(Sample.REVISION.id());
        assertThat(status.get("problems").get(0).get("line").intValue()).isEqualTo(3);
        JsonNode serving = status.get("resources").get(1);
        assertThat(serving.get("version").stringValue()).isEqualTo("v1");
        assertThat(serving.get("ready").booleanValue()).isTrue();
        assertThat(serving.get("conditions").get(0).get("status").stringValue()).isEqualTo("True");
    }

    @Test
    void answersWithTheShapesOfTheContract() throws Exception {
        JsonNode run = json(get("/api/v1/runs?model=churn")).get("runs").get(0);
        assertThat(run.propertyNames())
                .contains("run", "model", "attempt", "status", "startedAt", "finishedAt", "version");

        JsonNode version = json(get("/api/v1/versions")).get("versions").get(0);
        assertThat(version.propertyNames())
                .contains("model", "version", "digest", "run", "createdAt", "metrics", "verdict", "serving");
        assertThat(version.get("metrics").get("auc").get("low").doubleValue()).isEqualTo(0.82);
        assertThat(version.get("serving").get(0).stringValue()).isEqualTo("churn");

        JsonNode lineage = json(get("/api/v1/lineage/churn/v1"));
        assertThat(lineage.propertyNames())
                .contains(
                        "version",
                        "digest",
                        "run",
                        "dataset",
                        "code",
                        "environment",
                        "seed",
                        "metrics",
                        "verdicts",
                        "servedBy");
        assertThat(lineage.get("servedBy").get(0).get("commit").stringValue()).isEqualTo(Sample.REVISION.id());
        assertThat(lineage.get("code").get("specs").get("Training/churn").stringValue())
                .startsWith("sha256:");
    }

    @Test
    void tellsWhatAPredictionTakes() throws Exception {
        JsonNode inputs = json(get("/api/v1/resources/serving/churn")).get("inputs");

        assertThat(inputs.get("label").stringValue()).isEqualTo("churn");
        assertThat(inputs.get("identifiers").get(0).stringValue()).isEqualTo("id");
        assertThat(inputs.get("features").get(0).get("name").stringValue()).isEqualTo("tenure");
        assertThat(inputs.get("features").get(0).get("type").stringValue()).isEqualTo("integer");
    }

    @Test
    void describesTheMeasuredBaselineOfATraining() throws Exception {
        JsonNode baseline = json(get("/api/v1/resources/Training/churn")).get("baseline");

        assertThat(baseline.get("metrics").get("auc").get("value").doubleValue())
                .isEqualTo(0.84);
        assertThat(baseline.get("confusion").get(1).get(1).intValue()).isEqualTo(250);
        assertThat(baseline.get("fairness").get("attributes").get(0).stringValue())
                .isEqualTo("gender");
        assertThat(baseline.get("dataset").get("rows").intValue()).isEqualTo(7_043);
    }

    @Test
    void describesEveryRouteInTheOpenApiDocumentAndNothingElse() throws Exception {
        JsonNode document = json(get("/api/v1/openapi.json"));
        Set<String> described = new TreeSet<>();
        document.get("paths")
                .properties()
                .forEach(path -> path.getValue()
                        .propertyNames()
                        .forEach(method -> described.add(method.toUpperCase(Locale.ROOT) + " " + path.getKey())));

        Set<String> routes = new TreeSet<>();
        ApiServer.endpoints(operations, new PrometheusMeterRegistry(PrometheusConfig.DEFAULT), SETTINGS)
                .forEach(endpoint -> routes.add(endpoint.method() + " " + endpoint.path()));
        routes.add("POST " + WebhookRoute.PATH);

        assertThat(described).isEqualTo(routes);
        assertThat(document.get("info").get("version").stringValue()).isEqualTo("1.2.3");
    }

    @Test
    void tellsWhoPushedWhatWasAdmitted() throws Exception {
        HttpRequest hint = HttpRequest.newBuilder(uri("/api/v1/hint?revision=" + Sample.REVISION.id() + "&wait=5s"))
                .header("Accept", "text/plain")
                .POST(HttpRequest.BodyPublishers.noBody())
                .build();

        assertThat(client.send(hint, BodyHandlers.ofString()).body()).isEqualTo("""
            plumbline: 11111111: 1 spec changed, none held back, 1 problem
            plumbline: models/other.yaml:3:7: error: there is no field taks
            plumbline:   did you mean task?
            """);
    }

    @Test
    void refusesAHintThatNamesNoCommitOrNoTime() throws Exception {
        HttpResponse<String> noCommit = post("/api/v1/hint?revision=main", "");
        HttpResponse<String> noTime = post("/api/v1/hint?wait=soon", "");

        assertThat(noCommit.statusCode()).isEqualTo(400);
        assertThat(noCommit.body()).contains("revision is a full commit id");
        assertThat(noTime.statusCode()).isEqualTo(400);
        assertThat(noTime.body()).contains("wait is a");
    }

    @Test
    void writesThePromotionThatAPersonAsksFor() throws Exception {
        HttpResponse<String> answer =
                post("/api/v1/servings/churn/promote", "{\"to\":\"v2\",\"requestedBy\":\"ann@example.com\"}");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(Json.read(answer.body().getBytes(StandardCharsets.UTF_8))
                        .get("version")
                        .stringValue())
                .isEqualTo("v2");
        assertThat(operations.changes().getFirst().requestedBy()).isEqualTo("ann@example.com");
    }

    @Test
    void saysWhyAChangeIsRefused() throws Exception {
        operations.refuse(new Operations.Refused("denied", "churn/v2 has no verdict", Optional.of("look at the run")));

        HttpResponse<String> answer = post("/api/v1/servings/churn/promote", "{\"to\":\"v2\"}");

        assertThat(answer.statusCode()).isEqualTo(403);
        assertThat(answer.body())
                .contains("{\"error\":{\"code\":\"denied\",\"message\":\"churn/v2 has no verdict\",\"hint\":");
    }

    @Test
    void looksAgainAtWhatIsNamed() throws Exception {
        assertThat(post("/api/v1/reconcile", "{\"resource\":\"training/churn\"}")
                        .statusCode())
                .isEqualTo(202);
        assertThat(operations.asked()).containsExactly(Optional.of(Sample.TRAINING));
        assertThat(post("/api/v1/reconcile", "{\"resource\":\"Training/nobody\"}")
                        .statusCode())
                .isEqualTo(404);
    }

    @Test
    void refusesWhatIsWrongInOneForm() throws Exception {
        record Case(String path, int status, String part) {}
        List<Case> cases = List.of(
                new Case("/api/v1/nothing", 404, "openapi.json"),
                new Case("/api/v1/resources/modle/churn", 404, "kinds are Model"),
                new Case("/api/v1/resources/Model/nobody", 404, "there is no Model/nobody"),
                new Case("/api/v1/runs/12", 400, "too short"),
                new Case("/api/v1/runs/1234567", 404, "there is no run"),
                new Case("/api/v1/verdicts/x", 400, "not a verdict's id"),
                new Case("/api/v1/events?limit=many", 400, "not a number"),
                new Case("/api/v1/status?wait=soon", 400, "not a time"),
                new Case("/api/v1/history/nobody", 404, "nothing is recorded"));
        for (Case each : cases) {
            HttpResponse<String> answer = get(each.path());
            assertThat(answer.statusCode()).as(each.path()).isEqualTo(each.status());
            JsonNode error =
                    Json.read(answer.body().getBytes(StandardCharsets.UTF_8)).get("error");
            assertThat(error.get("code").stringValue()).isNotBlank();
            assertThat(answer.body()).contains(each.part());
        }
    }

    @Test
    void refusesBodiesThatAreTooLargeOrNotJson() throws Exception {
        assertThat(post("/api/v1/reconcile", " ".repeat(70_000)).statusCode()).isEqualTo(413);
        assertThat(post("/api/v1/reconcile", "{").statusCode()).isEqualTo(400);
        assertThat(post("/api/v1/reconcile", "[]").statusCode()).isEqualTo(400);
        assertThat(post("/api/v1/reconcile", "{\"resource\":3}").statusCode()).isEqualTo(400);
    }

    @Test
    void refusesOtherHostsOriginsAndForms() throws Exception {
        assertThat(raw("GET /api/v1/status HTTP/1.1\r\nHost: evil.example:" + server.port() + "\r\n\r\n"))
                .startsWith("HTTP/1.1 403");
        assertThat(raw("GET /api/v1/status HTTP/1.1\r\nHost: LOCALHOST:1\r\n\r\n"))
                .startsWith("HTTP/1.1 200");

        HttpRequest form = HttpRequest.newBuilder(uri("/api/v1/reconcile"))
                .header("Content-Type", "text/plain")
                .POST(HttpRequest.BodyPublishers.ofString("{}"))
                .build();
        assertThat(client.send(form, BodyHandlers.ofString()).statusCode()).isEqualTo(415);

        HttpRequest foreign = HttpRequest.newBuilder(uri("/api/v1/reconcile"))
                .header("Content-Type", "application/json")
                .header("Origin", "https://evil.example")
                .POST(HttpRequest.BodyPublishers.ofString("{}"))
                .build();
        assertThat(client.send(foreign, BodyHandlers.ofString()).statusCode()).isEqualTo(403);
        assertThat(operations.asked()).isEmpty();
    }

    @Test
    void sendsHeadersThatKeepBrowsersInBounds() throws Exception {
        HttpResponse<String> page = get("/");

        assertThat(page.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
        assertThat(page.headers().firstValue("Content-Security-Policy").orElse(""))
                .contains("frame-ancestors 'none'");
        assertThat(page.body()).contains("/api/v1/openapi.json").contains("/metrics");
    }

    @Test
    void streamsEventsAsTheyHappen() throws Exception {
        HttpRequest follow =
                HttpRequest.newBuilder(uri("/api/v1/events?follow=true")).build();
        HttpResponse<InputStream> answer = client.send(follow, BodyHandlers.ofInputStream());
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(answer.body(), StandardCharsets.UTF_8))) {
            assertThat(event(lines)).contains("\"Promoted\"");
            operations.become(new Sample(
                    true,
                    List.of(
                            Sample.event("Live", "v1 answers"),
                            Sample.usual().events().getFirst())));
            assertThat(event(lines)).contains("\"Live\"");
        }
    }

    private static String event(BufferedReader lines) throws IOException {
        String line = lines.readLine();
        while (line != null && line.isEmpty()) {
            line = lines.readLine();
        }
        return String.valueOf(line);
    }

    @Test
    void answersAWaitingReaderWhenSomethingChanges() throws Exception {
        var answer = client.sendAsync(
                HttpRequest.newBuilder(uri("/api/v1/status?after=1&wait=30s")).build(), BodyHandlers.ofString());
        operations.become(new Sample(false, List.of()));

        assertThat(json(answer.get()).get("generation").intValue()).isEqualTo(2);
    }

    @Test
    void isReadyOnceTheRepositoryWasRead() throws Exception {
        assertThat(get("/health/ready").statusCode()).isEqualTo(200);
        operations.become(new Sample(false, List.of()));
        HttpResponse<String> answer = get("/health/ready");
        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.body()).contains("the remote does not answer");
        assertThat(get("/health/live").statusCode()).isEqualTo(200);
    }

    @Test
    void staysReadyWhileSomethingFreezesAndNamesIt() throws Exception {
        operations.warn(new Operations.Warning("LedgerUnsigned", "no key signs the ledger"));
        assertThat(get("/health/ready").body()).doesNotContain("frozen");

        operations.warn(new Operations.Warning("HistoryRewritten", "the history of main was rewritten"));
        HttpResponse<String> answer = get("/health/ready");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(json(answer).get("frozen").stringValue()).isEqualTo("HistoryRewritten");
        assertThat(answer.body()).as("which asks for no token").doesNotContain("main");
    }

    @Test
    void givesTheOutputOfARunFromAnOffset(@TempDir Path folder) throws Exception {
        operations.output(Files.writeString(folder.resolve("output.log"), "one\ntwo\n"));

        HttpResponse<String> rest = get("/api/v1/runs/" + Sample.run().shortened() + "/output?offset=4");

        assertThat(rest.body()).isEqualTo("two\n");
        assertThat(rest.headers().firstValue("X-Plumbline-Offset")).contains("8");
        assertThat(rest.headers().firstValue("X-Plumbline-Run-Status")).contains("succeeded");
    }

    @Test
    void measuresWhatIsAsked() throws Exception {
        get("/api/v1/status");
        assertThat(get("/metrics").body()).contains("plumbline_api_requests_seconds_count");
    }

    @Test
    void refusesToListenToTheWorld() {
        assertThatThrownBy(() -> start("0.0.0.0", 0))
                .isInstanceOf(ListenException.class)
                .hasMessageContaining("auth.tokensFile");
    }

    @Test
    void refusesWhatIsMeantForTheControlPlaneOfAnEnvironment() throws Exception {
        HttpRequest astray = HttpRequest.newBuilder(uri("/api/v1/versions"))
                .header("X-Plumbline-Environment", "production")
                .build();

        HttpResponse<String> answer = client.send(astray, BodyHandlers.ofString());

        assertThat(answer.statusCode()).isEqualTo(409);
        assertThat(answer.body())
                .contains("\"code\":\"other-environment\"")
                .contains("this control plane is of no named environment, and production was asked for");
    }

    @Test
    void saysThatAPortIsTaken() throws Exception {
        // Servers of one Vert.x share a port, so somebody else must hold it.
        try (ServerSocket holder = new ServerSocket()) {
            holder.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            assertThatThrownBy(() -> start("127.0.0.1", holder.getLocalPort()))
                    .isInstanceOf(ListenException.class)
                    .hasMessageContaining("is taken");
        }
    }

    private ApiServer start(String bind, int port) throws Exception {
        return ApiServer.start(
                vertx,
                operations,
                new PrometheusMeterRegistry(PrometheusConfig.DEFAULT),
                new ApiSettings(bind, port, Optional::empty, "1"));
    }

    private URI uri(String path) {
        return URI.create("http://127.0.0.1:" + server.port() + path);
    }

    private HttpResponse<String> get(String path) throws Exception {
        return client.send(HttpRequest.newBuilder(uri(path)).build(), BodyHandlers.ofString());
    }

    private HttpResponse<String> post(String path, String body) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(uri(path))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        return client.send(request, BodyHandlers.ofString());
    }

    private String raw(String request) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
            OutputStream out = socket.getOutputStream();
            out.write(request.getBytes(StandardCharsets.ISO_8859_1));
            out.flush();
            byte[] start = socket.getInputStream().readNBytes(12);
            return new String(start, StandardCharsets.ISO_8859_1);
        }
    }

    private static JsonNode json(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return Json.read(answer.body().getBytes(StandardCharsets.UTF_8));
    }
}
