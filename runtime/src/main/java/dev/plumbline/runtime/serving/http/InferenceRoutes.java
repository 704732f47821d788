package dev.plumbline.runtime.serving.http;

import dev.plumbline.runtime.serving.endpoint.Endpoint;
import dev.plumbline.runtime.serving.endpoint.ServedModel;
import dev.plumbline.runtime.serving.endpoint.TableState;
import dev.plumbline.runtime.serving.http.protocol.Cells;
import dev.plumbline.runtime.serving.http.protocol.KServeV1;
import dev.plumbline.runtime.serving.http.protocol.MlflowInvocations;
import dev.plumbline.runtime.serving.http.protocol.OpenInferenceV2;
import dev.plumbline.runtime.serving.http.protocol.Protocol;
import dev.plumbline.runtime.serving.http.protocol.RequestRefused;
import dev.plumbline.schemas.json.Json;
import io.vertx.core.Context;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import java.util.Map;
import java.util.TreeSet;
import tools.jackson.databind.node.ObjectNode;

/** Finds what a path and method ask for. Belongs to one event loop. */
final class InferenceRoutes {
    private static final String V2 = "/v2/models/";
    private static final String V1 = "/v1/models/";
    private static final Protocol OPEN_INFERENCE = new OpenInferenceV2();
    private static final Protocol KSERVE = new KServeV1();
    private static final Protocol MLFLOW = new MlflowInvocations();

    private final ServerParts parts;
    private final InferenceHandler inferences;
    private final ConnectionWatch watch;
    private final Context context;

    InferenceRoutes(ServerParts parts, InferenceHandler inferences, ConnectionWatch watch, Context context) {
        this.parts = parts;
        this.inferences = inferences;
        this.watch = watch;
        this.context = context;
    }

    void handle(HttpServerRequest request) {
        watch.requested(request.connection(), parts.nanoTime().getAsLong());
        String path = request.path();
        try {
            if (path == null) {
                throw unknown("");
            } else if (path.startsWith(V1) && path.endsWith(":predict")) {
                post(request);
                inferences.handle(
                        request, KSERVE, path.substring(V1.length(), path.length() - ":predict".length()), "");
            } else if (path.startsWith(V2)) {
                openInference(request, path.substring(V2.length()));
            } else if (path.equals("/invocations")) {
                post(request);
                inferences.handle(request, MLFLOW, onlyEndpoint(), "");
            } else {
                get(request, path);
            }
        } catch (RequestRefused refusal) {
            Answers.error(request, path != null && path.equals("/invocations") ? MLFLOW : KSERVE, refusal);
            watch.answered(request.connection(), parts.nanoTime().getAsLong());
        }
    }

    /** {@code NAME[/versions/V][/ready|/infer]}. */
    private void openInference(HttpServerRequest request, String rest) throws RequestRefused {
        String[] segments = rest.split("/", -1);
        int verbAt = segments.length > 2 && segments[1].equals("versions") ? 3 : 1;
        String version = verbAt == 3 ? segments[2] : "";
        String verb = segments.length == verbAt ? "" : segments.length == verbAt + 1 ? segments[verbAt] : "?";
        switch (verb) {
            case "infer" -> {
                post(request);
                inferences.handle(request, OPEN_INFERENCE, segments[0], version);
            }
            case "ready" -> {
                model(request, segments[0], version);
                respond(request, 200, Json.object().put("name", segments[0]).put("ready", true));
            }
            case "" ->
                respond(request, 200, OpenInferenceV2.metadata(segments[0], model(request, segments[0], version)));
            default -> throw unknown(V2 + rest);
        }
    }

    private ServedModel model(HttpServerRequest request, String name, String version) throws RequestRefused {
        get(request);
        return InferenceFlow.serving(InferenceFlow.find(parts.endpoints(), name), version);
    }

    private void get(HttpServerRequest request, String path) throws RequestRefused {
        get(request);
        switch (path) {
            case "/v2", "/v2/" -> respond(request, 200, OpenInferenceV2.server());
            case "/v2/health/live", "/health/live" ->
                respond(request, 200, Json.object().put("live", true));
            case "/v2/health/ready", "/health/ready" -> ready(request);
            case "/v2/models", "/v1/models" -> {
                ObjectNode body = Json.object();
                var names = body.putArray("models");
                new TreeSet<>(parts.endpoints().all().keySet()).forEach(names::add);
                respond(request, 200, body);
            }
            case "/metrics" -> metrics(request);
            default -> {
                if (!path.startsWith(V1) || path.indexOf('/', V1.length()) >= 0) {
                    throw unknown(path);
                }
                String name = path.substring(V1.length());
                model(request, name, "");
                respond(request, 200, Json.object().put("name", name).put("ready", true));
            }
        }
    }

    private void ready(HttpServerRequest request) {
        String reason = parts.endpoints().unready();
        ObjectNode body = Json.object().put("ready", reason.isEmpty());
        if (!reason.isEmpty()) {
            body.put("reason", reason);
        }
        if (parts.endpoints().table() == TableState.FORMER) {
            body.put("warning", TableState.FORMER.words());
        }
        respond(request, reason.isEmpty() ? 200 : 503, body);
    }

    /** Gathering all metrics takes a while, so a worker does it. */
    private void metrics(HttpServerRequest request) {
        parts.workers().execute(() -> {
            String text = parts.metrics().get();
            context.runOnContext(_ -> {
                Answers.metrics(request, text);
                watch.answered(request.connection(), parts.nanoTime().getAsLong());
            });
        });
    }

    private String onlyEndpoint() throws RequestRefused {
        Map<String, Endpoint> all = parts.endpoints().all();
        if (all.size() != 1) {
            throw RequestRefused.notFound("/invocations names no model, so it answers only while there is exactly one"
                    + " endpoint; there are " + all.size() + ". Use /v1/models/NAME:predict");
        }
        return all.keySet().iterator().next();
    }

    private void respond(HttpServerRequest request, int status, ObjectNode body) {
        Answers.json(request, status, body);
        watch.answered(request.connection(), parts.nanoTime().getAsLong());
    }

    private static void post(HttpServerRequest request) throws RequestRefused {
        if (!request.method().equals(HttpMethod.POST)) {
            request.response().putHeader(HttpHeaders.ALLOW, "POST");
            throw RequestRefused.of(405, "this path takes POST");
        }
    }

    private static void get(HttpServerRequest request) throws RequestRefused {
        if (!request.method().equals(HttpMethod.GET) && !request.method().equals(HttpMethod.HEAD)) {
            request.response().putHeader(HttpHeaders.ALLOW, "GET");
            throw RequestRefused.of(405, "this path takes GET");
        }
    }

    private static RequestRefused unknown(String path) {
        return RequestRefused.notFound("there is nothing at " + Cells.shown(path));
    }
}
