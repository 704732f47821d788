package dev.plumbline.reconciler.api;

import dev.plumbline.reconciler.control.Operations;
import dev.plumbline.reconciler.status.Reason;
import dev.plumbline.schemas.json.Json;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/** What machines ask of any server: health, metrics, the description of the interface; and a page for people. */
final class Surroundings {
    private final Operations operations;
    private final PrometheusMeterRegistry metrics;
    private final ApiSettings settings;

    Surroundings(Operations operations, PrometheusMeterRegistry metrics, ApiSettings settings) {
        this.operations = operations;
        this.metrics = metrics;
        this.settings = settings;
    }

    List<Endpoint> endpoints() {
        return List.of(
                Endpoint.get("/", call -> Reply.text("text/html; charset=utf-8", resource("index.html"))),
                Endpoint.get("/metrics", call -> metrics()),
                Endpoint.get("/health/live", call -> Reply.json(Json.object().put("live", true))),
                Endpoint.get("/health/ready", call -> ready()),
                Endpoint.get("/api/v1/serving", call -> serving()),
                Endpoint.get("/api/v1/openapi.json", call -> Reply.text("application/json", openApi())));
    }

    private Reply metrics() {
        return Reply.text("text/plain; version=0.0.4; charset=utf-8", metrics.scrape());
    }

    private Reply ready() {
        boolean ready = operations.state().lastFetch().isPresent();
        ObjectNode json = Json.object().put("ready", ready);
        if (!ready) {
            json.put("reason", operations.state().sourceProblem().orElse("the repository has not been read yet"));
        }
        operations.warnings().stream()
                .filter(Operations.Warning::freezes)
                .findFirst()
                .ifPresent(warning -> json.put("frozen", warning.reason()));
        operations.warnings().stream()
                .filter(warning -> warning.reason().equals(Reason.POLICY_UNAVAILABLE.label()))
                .findFirst()
                .ifPresent(warning -> json.put("policy", warning.message()));
        return Reply.json(ready ? 200 : 503, json);
    }

    private Reply serving() throws ApiError {
        return settings.serving()
                .get()
                .map(address -> Reply.json(Json.object().put("url", address.toString())))
                .orElseThrow(() -> new ApiError(503, "unavailable", "the data plane is not running yet"));
    }

    private String openApi() {
        return resource("openapi.json").replace("@version@", settings.version());
    }

    private static String resource(String name) {
        try (InputStream open = Surroundings.class.getResourceAsStream(name)) {
            if (open == null) {
                throw new IllegalStateException(name + " is not on the class path");
            }
            return new String(open.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
