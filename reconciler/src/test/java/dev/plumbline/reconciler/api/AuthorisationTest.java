package dev.plumbline.reconciler.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.schemas.json.Json;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AuthorisationTest {
    private static final Path MATRIX = Path.of("..", "docs", "security.md");
    private static final Pattern ROW = Pattern.compile("\\| `([A-Z]+ /[^`]*)` \\| (\\w+) \\|.*");
    private static final List<String> ROLES = List.of("read", "operate", "approve", "policy");
    private static final Map<String, String> PARTS = Map.of(
            "kind", "Serving",
            "name", "churn",
            "serving", "churn",
            "model", "churn",
            "version", "v1",
            "revision", "1".repeat(40),
            "id", "sha256:" + "0".repeat(64));

    private static Vertx vertx;
    private static HttpClient client;

    @TempDir
    private Path folder = Path.of("");

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
        server = ApiServer.start(vertx, operations, metrics(), settings("127.0.0.1"));
    }

    @AfterEach
    void close() {
        server.close();
    }

    private ApiSettings settings(String bind) {
        return new ApiSettings(
                bind,
                0,
                () -> Optional.of(URI.create("http://127.0.0.1:8081")),
                "1.2.3",
                Optional.empty(),
                Optional.of(Tokens.open(folder)));
    }

    private static PrometheusMeterRegistry metrics() {
        return new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    }

    @Test
    void holdsToTheMatrixOfTheHandbook() throws Exception {
        Map<String, String> matrix = matrix();
        List<Endpoint> endpoints = ApiServer.endpoints(operations, metrics(), settings("127.0.0.1"));

        assertThat(endpoints.stream().map(AuthorisationTest::route).collect(Collectors.toSet()))
                .as("every route has a row in docs/security.md, and every row a route")
                .isEqualTo(matrix.keySet());
        for (Endpoint endpoint : endpoints) {
            hold(endpoint, String.valueOf(matrix.get(route(endpoint))));
        }
    }

    private void hold(Endpoint endpoint, String needed) throws Exception {
        String route = route(endpoint);
        boolean tokenless = Set.of("open", "signed").contains(needed);
        for (Optional<String> header : List.of(
                Optional.<String>empty(),
                Optional.of("Bearer wrong-" + "x".repeat(40)),
                Optional.of("Bearer "),
                Optional.of("Basic " + Tokens.of("operate")))) {
            HttpResponse<String> answer = ask(endpoint, header);
            assertThat(denied(answer)).as(route + " as " + header).isEqualTo(!tokenless);
            if (!tokenless) {
                assertThat(answer.statusCode()).as(route).isEqualTo(401);
                assertThat(answer.headers().firstValue("WWW-Authenticate").orElse(""))
                        .startsWith("Bearer realm=\"plumbline\"");
            }
        }
        for (String role : ROLES) {
            HttpResponse<String> answer = ask(endpoint, Optional.of("Bearer " + Tokens.of(role)));
            boolean may = tokenless || (needed.equals("read") && !role.equals("policy")) || needed.equals(role);
            assertThat(denied(answer)).as(route + " as " + role).isEqualTo(!may);
            if (!may) {
                assertThat(answer.statusCode()).as(route).isEqualTo(403);
                assertThat(answer.headers().firstValue("WWW-Authenticate").orElse(""))
                        .contains("error=\"insufficient_scope\", scope=\"" + needed + "\"");
            }
        }
    }

    private static boolean denied(HttpResponse<String> answer) {
        return (answer.statusCode() == 401 || answer.statusCode() == 403)
                && Set.of("unauthenticated", "unknown-token", "forbidden").contains(code(answer));
    }

    private static String code(HttpResponse<String> answer) {
        return Json.read(answer.body().getBytes(StandardCharsets.UTF_8))
                .get("error")
                .get("code")
                .stringValue();
    }

    private static Map<String, String> matrix() throws IOException {
        Map<String, String> rows = new LinkedHashMap<>();
        for (String line : Files.readAllLines(MATRIX)) {
            var row = ROW.matcher(line);
            if (row.matches()) {
                rows.put(row.group(1), row.group(2));
            }
        }
        return rows;
    }

    private static String route(Endpoint endpoint) {
        return endpoint.method() + " " + endpoint.path();
    }

    private HttpResponse<String> ask(Endpoint endpoint, Optional<String> authorization) throws Exception {
        String path = Pattern.compile("\\{([a-z]+)}")
                .matcher(endpoint.path())
                .replaceAll(part -> PARTS.getOrDefault(part.group(1), "churn"));
        HttpRequest.Builder request = HttpRequest.newBuilder(uri(path));
        authorization.ifPresent(value -> request.header("Authorization", value));
        if (endpoint.method().equals("POST")) {
            request.header("Content-Type", "application/json")
                    .POST(HttpRequest.BodyPublishers.ofString("{\"to\":\"v1\"}"));
        }
        return client.send(request.build(), BodyHandlers.ofString());
    }

    @Test
    void leavesNoRuleForARouteThatIsGone() {
        Set<String> routes = ApiServer.endpoints(operations, metrics(), settings("127.0.0.1")).stream()
                .map(AuthorisationTest::route)
                .collect(Collectors.toSet());

        assertThat(routes).containsAll(Permissions.routes().keySet());
    }

    @Test
    void answersNobodyWhereNobodySaidWhoMay() {
        Endpoint fresh = Endpoint.get("/api/v1/fresh", call -> Reply.json(Json.object()));

        assertThat(Permissions.of(fresh)).isEmpty();
        assertThat(Permissions.tokenless("/api/v1/fresh")).isFalse();
    }

    @Test
    void tellsStrangersNothingOfWhatThereIs() throws Exception {
        for (String path : List.of("/api/v1/nothing", "/admin", "/health", "/health/live/x", "/HEALTH/LIVE", "//")) {
            assertThat(raw("GET " + path + " HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n"))
                    .as(path)
                    .startsWith("HTTP/1.1 401");
        }
        assertThat(raw("DELETE /api/v1/status HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n"))
                .startsWith("HTTP/1.1 401");
    }

    @Test
    void cannotBeReachedPastTheOpenPaths() throws Exception {
        for (String path : List.of(
                "/webhooks/../api/v1/status",
                "/webhooks/%2e%2e/api/v1/status",
                "/webhooks/..%2fapi/v1/status",
                "/health/live/../../api/v1/status",
                "/health/live/%2e%2e/%2e%2e/api/v1/status",
                "//api/v1/status",
                "/api/v1/status/",
                "/api/v1/./status",
                "/api//v1/status",
                "/%61pi/v1/status",
                "/api/v1/status;x=/health/live",
                "/api/v1/status?/health/live")) {
            String answer = raw("GET " + path + " HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n");
            assertThat(answer).as(path).doesNotContain("\"resources\"").doesNotStartWith("HTTP/1.1 200");
        }
    }

    @Test
    void takesOneTokenAndOnlyFromItsHeader() throws Exception {
        String good = "Authorization: Bearer " + Tokens.of("read") + "\r\n";
        String head = "GET /api/v1/status HTTP/1.1\r\nHost: 127.0.0.1\r\n";

        assertThat(raw(head + good + "\r\n")).startsWith("HTTP/1.1 200");
        assertThat(raw(head + good.replace("Bearer", "bearer") + "\r\n")).startsWith("HTTP/1.1 200");
        assertThat(raw(head + good + "Authorization: Bearer other\r\n\r\n")).startsWith("HTTP/1.1 401");
        assertThat(raw("GET /api/v1/status?access_token=" + Tokens.of("read") + " HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n"))
                .startsWith("HTTP/1.1 401");
        assertThat(raw(head + "Cookie: token=" + Tokens.of("read") + "\r\n\r\n"))
                .startsWith("HTTP/1.1 401");
    }

    @Test
    void recordsWhoTheTokenStandsForAndNotWhoTheySayTheyAre() throws Exception {
        HttpRequest request = HttpRequest.newBuilder(uri("/api/v1/servings/churn/promote"))
                .header("Content-Type", "application/json")
                .header("Authorization", "Bearer " + Tokens.of("operate"))
                .POST(HttpRequest.BodyPublishers.ofString("{\"to\":\"v2\",\"requestedBy\":\"ceo@example.com\"}"))
                .build();

        assertThat(client.send(request, BodyHandlers.ofString()).statusCode()).isEqualTo(200);
        assertThat(operations.changes().getFirst().requestedBy()).isEqualTo("operate@example.com");
    }

    @Test
    void countsWhatItTurnsAway() throws Exception {
        raw("GET /api/v1/status HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n");
        raw("GET /api/v1/status HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer x\r\n\r\n");

        String scraped = get("/metrics", "read").body();

        assertThat(scraped)
                .contains("plumbline_api_denied_total{reason=\"unauthenticated\"} 1.0")
                .contains("plumbline_api_denied_total{reason=\"unknown-token\"} 1.0")
                .contains("plumbline_api_tokens_outdated 0.0");
    }

    @Test
    void saysInTheStatusThatTheTokensFileIsBroken() throws Exception {
        assertThat(get("/api/v1/status", "read").body()).contains("\"authentication\":{\"callers\":4}");

        Files.writeString(folder.resolve("tokens.yaml"), "callers: nobody");

        assertThat(get("/api/v1/status", "read").body())
                .contains("\"callers\":4,\"problem\":\"the tokens file tokens.yaml cannot be used");
        assertThat(get("/metrics", "read").body()).contains("plumbline_api_tokens_outdated 1.0");
    }

    @Test
    void listensBeyondLoopbackUnderAnyNameOnceThereAreTokens() throws Exception {
        try (ApiServer open = ApiServer.start(vertx, operations, metrics(), settings("0.0.0.0"))) {
            String proxied = "GET /api/v1/status HTTP/1.1\r\nHost: plumbline.example.com\r\n";
            assertThat(raw(open.port(), proxied + "\r\n")).startsWith("HTTP/1.1 401");
            assertThat(raw(open.port(), proxied + "Authorization: Bearer " + Tokens.of("read") + "\r\n\r\n"))
                    .startsWith("HTTP/1.1 200");
            assertThat(raw(open.port(), "GET /health/live HTTP/1.1\r\nHost: 10.0.0.7:8080\r\n\r\n"))
                    .startsWith("HTTP/1.1 200");
        }
    }

    @Test
    void stillRefusesOtherOrigins() throws Exception {
        String post = "POST /api/v1/reconcile HTTP/1.1\r\nHost: plumbline.example.com\r\nContent-Length: 2\r\n"
                + "Content-Type: application/json\r\nAuthorization: Bearer " + Tokens.of("operate") + "\r\n";

        assertThat(raw(post + "Origin: https://evil.example\r\n\r\n{}")).startsWith("HTTP/1.1 403");
        assertThat(raw(post + "Origin: https://evil.plumbline.example.com\r\n\r\n{}"))
                .startsWith("HTTP/1.1 403");
        assertThat(raw(post + "Origin: null\r\n\r\n{}")).startsWith("HTTP/1.1 403");
        assertThat(raw(post + "Origin: https://plumbline.example.com\r\n\r\n{}"))
                .startsWith("HTTP/1.1 202");
    }

    private HttpResponse<String> get(String path, String role) throws Exception {
        return client.send(
                HttpRequest.newBuilder(uri(path))
                        .header("Authorization", "Bearer " + Tokens.of(role))
                        .build(),
                BodyHandlers.ofString());
    }

    private URI uri(String path) {
        return URI.create("http://127.0.0.1:" + server.port() + path);
    }

    private String raw(String request) throws IOException {
        return raw(server.port(), request);
    }

    private static String raw(int port, String request) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(5_000);
            socket.getOutputStream()
                    .write(request.replaceFirst("\r\n", "\r\nConnection: close\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
