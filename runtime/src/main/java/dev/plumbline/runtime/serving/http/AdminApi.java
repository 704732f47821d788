package dev.plumbline.runtime.serving.http;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.plumbline.runtime.DeployOutcome;
import dev.plumbline.runtime.EndpointConfiguration;
import dev.plumbline.runtime.EndpointObservation;
import dev.plumbline.schemas.json.Json;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * The admin port of the data plane, on loopback only: {@code PUT} and {@code DELETE /endpoints/NAME}, {@code GET
 * /endpoints}, or of one of them {@code GET /endpoints?name=NAME}, {@code GET /process}, {@code POST /stop}. Every request carries the token of the state folder. Changes
 * block, each on a virtual thread of its own.
 */
public final class AdminApi implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(AdminApi.class);
    private static final int MOST_BYTES = 1 << 20;
    private static final String ENDPOINT = "/endpoints/";
    private static final String ONE = "name=";
    private static final Pattern NAME = Pattern.compile("[a-z0-9-]{1,63}");

    private final HttpServer server;
    private final ExecutorService threads;

    /** What the port lets its holder do. */
    public interface Actions {
        /** Makes an endpoint serve this. */
        DeployOutcome deploy(EndpointConfiguration configuration) throws InterruptedException;

        /** Ends an endpoint. */
        DeployOutcome remove(String serving) throws InterruptedException;

        /** What serves now, by endpoint. */
        Map<String, EndpointObservation> observe();

        /** What one endpoint does now. */
        Optional<EndpointObservation> observe(String serving);

        /** Ends the process. */
        void stop();
    }

    private AdminApi(HttpServer server, ExecutorService threads) {
        this.server = server;
        this.threads = threads;
    }

    /**
     * Opens a port that the system chooses.
     *
     * @throws IOException when it cannot
     */
    public static AdminApi start(String token, Actions actions) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
        server.setExecutor(threads);
        byte[] expected = ("Bearer " + token).getBytes(StandardCharsets.US_ASCII);
        server.createContext("/", exchange -> {
            try (exchange) {
                handle(exchange, expected, actions);
            }
        });
        server.start();
        return new AdminApi(server, threads);
    }

    /** The port that is open. */
    public int port() {
        return server.getAddress().getPort();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdown();
    }

    private static void handle(HttpExchange exchange, byte[] expected, Actions actions) throws IOException {
        String given = exchange.getRequestHeaders().getFirst("Authorization");
        byte[] bytes = given == null ? new byte[0] : given.getBytes(StandardCharsets.UTF_8);
        if (!MessageDigest.isEqual(expected, bytes)) {
            answer(exchange, 401, error("the request lacks the token of the state folder"));
            return;
        }
        try {
            route(exchange, actions);
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            answer(exchange, 503, error("the data plane is stopping"));
        } catch (RuntimeException unforeseen) {
            LOG.error(
                    "admin request failed unexpectedly path={}",
                    exchange.getRequestURI().getPath(),
                    unforeseen);
            answer(exchange, 500, error("the data plane failed on this request; its log says why"));
        }
    }

    private static void route(HttpExchange exchange, Actions actions) throws IOException, InterruptedException {
        String path = exchange.getRequestURI().getPath();
        switch (exchange.getRequestMethod() + " " + (path.startsWith(ENDPOINT) ? ENDPOINT : path)) {
            case "GET /process" ->
                answer(
                        exchange,
                        200,
                        Json.object().put("pid", ProcessHandle.current().pid()));
            case "GET /endpoints" -> answer(exchange, 200, Json.tree(observed(exchange, actions)));
            case "PUT /endpoints/" -> deploy(exchange, path.substring(ENDPOINT.length()), actions);
            case "DELETE /endpoints/" ->
                answer(exchange, 200, outcome(actions.remove(path.substring(ENDPOINT.length()))));
            case "POST /stop" -> {
                answer(exchange, 202, Json.object());
                // The answer must be out before the port closes.
                exchange.close();
                actions.stop();
            }
            default -> answer(exchange, 404, error("there is nothing here"));
        }
    }

    private static Map<String, EndpointObservation> observed(HttpExchange exchange, Actions actions) {
        String query = exchange.getRequestURI().getQuery();
        if (query == null || !query.startsWith(ONE)) {
            return actions.observe();
        }
        String name = query.substring(ONE.length());
        return actions.observe(name).map(each -> Map.of(name, each)).orElse(Map.of());
    }

    private static void deploy(HttpExchange exchange, String name, Actions actions)
            throws IOException, InterruptedException {
        byte[] body = exchange.getRequestBody().readNBytes(MOST_BYTES + 1);
        if (body.length > MOST_BYTES) {
            answer(exchange, 413, error("the configuration is larger than " + MOST_BYTES + " bytes"));
            return;
        }
        EndpointConfiguration configuration;
        try {
            configuration = Json.read(body, EndpointConfiguration.class);
        } catch (JacksonException malformed) {
            answer(exchange, 400, error("the body is not an endpoint's configuration"));
            return;
        }
        if (!NAME.matcher(name).matches() || !configuration.serving().equals(name)) {
            answer(exchange, 400, error("the path must name the configured endpoint"));
            return;
        }
        answer(exchange, 200, outcome(actions.deploy(configuration)));
    }

    private static JsonNode outcome(DeployOutcome outcome) {
        return switch (outcome) {
            case DeployOutcome.Done _ -> Json.object();
            case DeployOutcome.Failed failed -> Json.object().set("failed", Json.tree(failed));
        };
    }

    /** Reads what {@link #outcome} wrote. */
    public static DeployOutcome outcome(JsonNode answer) {
        JsonNode failed = answer.path("failed");
        return failed.isMissingNode() ? new DeployOutcome.Done() : Json.convert(failed, DeployOutcome.Failed.class);
    }

    private static JsonNode error(String message) {
        return Json.object().put("error", message);
    }

    private static void answer(HttpExchange exchange, int status, JsonNode body) throws IOException {
        byte[] bytes = Json.line(body).getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
    }
}
