package dev.plumbline.policy.opa;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import dev.plumbline.schemas.json.Json;
import dev.plumbline.schemas.model.Digest;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.UnaryOperator;
import tools.jackson.databind.node.ObjectNode;

/** A server that speaks as OPA does, except where a test wants it to do otherwise. */
final class FakeOpa implements AutoCloseable {
    static final Digest POLICY = Digest.of(new byte[] {1});

    /** Not an attribute of the exchange: those belong to the context, and so to every request at once. */
    private static final ScopedValue<Integer> NUMBER = ScopedValue.newInstance();

    private final HttpServer server;
    private final String scheme;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final CountDownLatch closing = new CountDownLatch(1);

    final List<String> authorizations = new CopyOnWriteArrayList<>();
    final List<ObjectNode> inputs = new CopyOnWriteArrayList<>();
    final List<URI> asked = new CopyOnWriteArrayList<>();

    volatile HttpHandler decision = answering(answer -> answer);
    volatile String configuration = """
            {"result":{"labels":{"version":"1.21.3"},"bundles":{"plumbline":{"signing":{"keyid":"plumbline"}}}}}""";
    volatile String status = """
            {"result":{"bundles":{"plumbline":{"name":"plumbline"}}}}""";

    FakeOpa(HttpServer server, String scheme) {
        this.server = server;
        this.scheme = scheme;
        server.createContext("/v1/data/plumbline/decision", this::decide);
        server.createContext("/v1/config", exchange -> send(exchange, 200, configuration));
        server.createContext("/v1/status", exchange -> send(exchange, 200, status));
        server.setExecutor(threads);
        server.start();
    }

    URI url() {
        return URI.create(scheme + "://localhost:" + server.getAddress().getPort());
    }

    private void decide(HttpExchange exchange) throws IOException {
        authorizations.add(String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")));
        asked.add(exchange.getRequestURI());
        ObjectNode input =
                (ObjectNode) Json.read(exchange.getRequestBody().readAllBytes()).path("input");
        inputs.add(input);
        ScopedValue.where(NUMBER, input.path("number").asInt(-1)).call(() -> {
            decision.handle(exchange);
            return input;
        });
    }

    /** Allows, in an answer that is then changed. */
    static HttpHandler answering(UnaryOperator<ObjectNode> change) {
        return exchange -> send(exchange, 200, Json.line(change.apply(allowed())));
    }

    static HttpHandler answering(int status, String body) {
        return exchange -> send(exchange, status, body);
    }

    /** The number in the input that the calling handler is asked about. */
    static int number() {
        return NUMBER.get();
    }

    /** Says how long the answer is, and begins with it. */
    HttpHandler stoppingShort() {
        return exchange -> {
            exchange.sendResponseHeaders(200, 100);
            exchange.getResponseBody().write('{');
            exchange.getResponseBody().flush();
            awaitClosing();
        };
    }

    HttpHandler silence() {
        return exchange -> awaitClosing();
    }

    private void awaitClosing() {
        try {
            closing.await();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    static ObjectNode allowed() {
        return (ObjectNode) Json.read("""
                {"decision_id":"8b979c66-53ae-45a7-9641-7f05c4393459",
                "provenance":{"version":"1.21.3","bundles":{"plumbline":{"revision":"%s"}}},
                "result":{"gate":"admission","allow":true,"findings":[]}}""".formatted(POLICY).getBytes(StandardCharsets.UTF_8));
    }

    private static void send(HttpExchange exchange, int status, String body) throws IOException {
        try (exchange) {
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }

    @Override
    public void close() {
        closing.countDown();
        server.stop(0);
        threads.close();
    }
}
