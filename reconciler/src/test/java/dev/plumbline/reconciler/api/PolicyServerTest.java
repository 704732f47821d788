package dev.plumbline.reconciler.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.policy.PolicyBundle;
import dev.plumbline.schemas.json.Json;
import dev.plumbline.schemas.model.Digest;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Vertx;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class PolicyServerTest {
    private static final PolicyBundle BUNDLE = new PolicyBundle(Digest.of(new byte[] {1}), new byte[] {0, -1, 2, 3});

    private static Vertx vertx;
    private static HttpClient client;

    @TempDir
    private Path folder = Path.of("");

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
        server = start(Optional.of(BUNDLE));
    }

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void givesTheBundleAwayWhole() throws Exception {
        HttpResponse<byte[]> answer = bundle("");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo(BUNDLE.bytes());
        assertThat(answer.headers().firstValue("ETag"))
                .contains("\"" + BUNDLE.digest().hex() + "\"");
    }

    @Test
    void saysNoMoreToWhoeverHasIt() throws Exception {
        HttpResponse<byte[]> known = bundle("\"" + BUNDLE.digest().hex() + "\"");
        HttpResponse<byte[]> other = bundle("\"" + "0".repeat(64) + "\"");

        assertThat(known.statusCode()).isEqualTo(304);
        assertThat(known.body()).isEmpty();
        assertThat(other.statusCode()).isEqualTo(200);
    }

    @Test
    void hasNoneWithoutAKey() throws Exception {
        server.close();
        server = start(Optional.empty());

        HttpResponse<byte[]> answer = bundle("");

        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(new String(answer.body(), StandardCharsets.UTF_8)).contains("policy.signingKeyFile");
    }

    @Test
    void logsEachDecisionWithoutWhatItWasAbout() throws Exception {
        String events = """
                [{"decision_id":"8b979c66-53ae-45a7-9641-7f05c4393459","path":"plumbline/decision",
                "bundles":{"plumbline":{"revision":"sha256:%s"}},"requested_by":"canary",
                "input":{"gate":"admission","note":"canary"},"result":{"allow":true,"gate":"admission","findings":[]}},
                {"decision_id":"two\\nlines","input":{"b":1,"a":"canary"},"result":{"allow":false}},
                {"decision_id":"3","error":{"message":"canary"}},
                {"decision_id":"4"},
                {"decision_id":"5","result":7}]""".formatted("a".repeat(64));

        HttpResponse<String> answer = post(packed(events), "gzip", "policy");

        assertThat(answer.statusCode()).isEqualTo(204);
        for (String outcome : List.of("allowed", "denied", "error", "undefined", "other")) {
            assertThat(metrics.scrape()).contains("plumbline_policy_logged_total{outcome=\"" + outcome + "\"} 1.0");
        }
        List<LoggedDecision> logged = LoggedDecision.read(packed(events), true);
        assertThat(logged)
                .extracting(Object::toString)
                .allSatisfy(line -> assertThat(line).doesNotContain("canary", "\n"));
        assertThat(logged.getFirst())
                .isEqualTo(new LoggedDecision(
                        "8b979c66-53ae-45a7-9641-7f05c4393459",
                        "sha256:" + "a".repeat(64),
                        "allowed",
                        Optional.of(
                                Json.digest(Json.object().put("note", "canary").put("gate", "admission"))),
                        Optional.of(Json.digest(Json.read("{\"gate\":\"admission\",\"allow\":true,\"findings\":[]}"
                                .getBytes(StandardCharsets.UTF_8))))));
    }

    @Test
    void takesDecisionsThatAreNotPacked() throws Exception {
        HttpResponse<String> answer = post("[{}]".getBytes(StandardCharsets.UTF_8), "identity", "policy");

        assertThat(answer.statusCode()).isEqualTo(204);
        assertThat(taken()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{}", "[1]", "[{}", "null"})
    void refusesWhatIsNoListOfDecisions(String body) throws Exception {
        assertThat(post(packed(body), "gzip", "policy").statusCode()).isEqualTo(400);
        assertThat(post("not packed".getBytes(StandardCharsets.UTF_8), "gzip", "policy")
                        .statusCode())
                .isEqualTo(400);
        assertThat(taken()).isFalse();
    }

    @Test
    void refusesWhatIsTooLargeBeforeAndAfterItIsUnpacked() throws Exception {
        byte[] bomb = packed("[\"" + " ".repeat(9 << 20) + "\"]");

        assertThat(bomb.length).isLessThan(64 * 1024);
        assertThat(post(bomb, "gzip", "policy").statusCode()).isEqualTo(413);
        assertThat(post(new byte[65 * 1024], "identity", "policy").statusCode()).isEqualTo(413);
        assertThat(taken()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"read", "operate", "approve"})
    void takesNoDecisionsFromAnybodyElse(String role) throws Exception {
        assertThat(post(packed("[{}]"), "gzip", role).statusCode()).isEqualTo(403);
        assertThat(taken()).isFalse();
    }

    private ApiServer start(Optional<PolicyBundle> bundle) throws Exception {
        return ApiServer.start(
                vertx,
                new SteadyOperations(Sample.usual()),
                metrics,
                new ApiSettings(
                        "127.0.0.1",
                        0,
                        Optional::empty,
                        "1",
                        Optional.empty(),
                        Optional.of(Tokens.open(folder)),
                        bundle));
    }

    private HttpResponse<byte[]> bundle(String known) throws Exception {
        HttpRequest.Builder request = request("/policy/bundle.tar.gz", "policy");
        if (!known.isEmpty()) {
            request.header("If-None-Match", known);
        }
        return client.send(request.build(), BodyHandlers.ofByteArray());
    }

    private HttpResponse<String> post(byte[] body, String encoding, String role) throws Exception {
        return client.send(
                request("/policy/logs", role)
                        .header("Content-Type", "application/json")
                        .header("Content-Encoding", encoding)
                        .POST(BodyPublishers.ofByteArray(body))
                        .build(),
                BodyHandlers.ofString());
    }

    private HttpRequest.Builder request(String path, String role) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path))
                .header("Authorization", "Bearer " + Tokens.of(role));
    }

    private boolean taken() {
        return metrics.scrape().contains("plumbline_policy_logged_total");
    }

    private static byte[] packed(String text) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream stream = new GZIPOutputStream(bytes)) {
            stream.write(text.getBytes(StandardCharsets.UTF_8));
        }
        return bytes.toByteArray();
    }
}
