package dev.plumbline.reconciler.cli;

import dev.plumbline.reconciler.api.ApiServer;
import dev.plumbline.reconciler.api.ApiSettings;
import dev.plumbline.reconciler.api.Sample;
import dev.plumbline.reconciler.api.SteadyOperations;
import dev.plumbline.schemas.json.Json;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Verbs that ask a control plane of the environment staging which holds still, and an endpoint that says yes to every row. */
abstract class ServerCase {
    private static Vertx vertx;

    @TempDir
    Path folder = Path.of("");

    final SteadyOperations operations = new SteadyOperations(Sample.usual());
    final List<JsonNode> predicted = new CopyOnWriteArrayList<>();
    private ApiServer server;
    private HttpServer serving;

    @BeforeAll
    static void begin() {
        vertx = Vertx.vertx();
    }

    @AfterAll
    static void end() {
        vertx.close();
    }

    @BeforeEach
    void open() throws Exception {
        serving = vertx.createHttpServer()
                .requestHandler(request -> request.body().onSuccess(body -> {
                    JsonNode asked = Json.read(body.getBytes());
                    predicted.add(asked);
                    StringBuilder answers = new StringBuilder();
                    asked.get("instances")
                            .forEach(row -> answers.append(answers.isEmpty() ? "" : ",")
                                    .append("{\"label\":\"Yes\",\"probabilities\":{\"No\":0.25,\"Yes\":0.75}}"));
                    request.response().end("{\"predictions\":[" + answers + "]}");
                }))
                .listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .get();
        URI address = URI.create("http://127.0.0.1:" + serving.actualPort());
        server = ApiServer.start(
                vertx,
                operations,
                new PrometheusMeterRegistry(PrometheusConfig.DEFAULT),
                new ApiSettings(
                        "127.0.0.1", 0, () -> Optional.of(address), "1", Optional.of("staging"), Optional.empty()));
    }

    @AfterEach
    void close() {
        server.close();
        serving.close();
    }

    /** The command, told of the server. */
    final Bench bench() {
        return new Bench(folder).with("PLUMBLINE_SERVER", "http://127.0.0.1:" + server.port());
    }
}
