package dev.plumbline.reconciler.api;

import dev.plumbline.reconciler.control.Operations;
import dev.plumbline.reconciler.ledger.RunEntry;
import dev.plumbline.reconciler.ledger.SuspensionEntry;
import dev.plumbline.reconciler.oncall.Suspension;
import dev.plumbline.reconciler.status.ResourceStatus;
import dev.plumbline.schemas.json.Json;
import dev.plumbline.schemas.model.Durations;
import dev.plumbline.schemas.model.Resource;
import dev.plumbline.schemas.model.ResourceId;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What people on call order: to look again, to stop acting and to go on, to end a run. */
final class Orders {
    private final Operations operations;
    private final RunLookup runs;

    Orders(Operations operations) {
        this.operations = operations;
        this.runs = new RunLookup(operations);
    }

    List<Endpoint> endpoints() {
        return List.of(
                Endpoint.post("/api/v1/reconcile", this::reconcile),
                Endpoint.post("/api/v1/suspend", this::suspend),
                Endpoint.post("/api/v1/resume", this::resume),
                Endpoint.post("/api/v1/runs/{run}/cancel", this::cancel));
    }

    private Reply reconcile(Call call) throws ApiError {
        JsonNode body = call.json();
        Optional<ResourceId> resource = resource(body);
        long generation = operations.state().generation();
        try {
            operations.interventions().reconcile(resource, call.actor(body));
        } catch (Operations.Refused refused) {
            throw Requests.error(refused);
        }
        return Reply.json(202, Json.object().put("generation", generation));
    }

    private Reply suspend(Call call) throws ApiError, InterruptedException {
        JsonNode body = call.json();
        Optional<ResourceId> resource = scope(body);
        Optional<Duration> time = time(body);
        Optional<String> unfit = time.flatMap(Suspension::unfit);
        if (unfit.isPresent()) {
            throw ApiError.badRequest(unfit.get(), "write it as 30m, 4h or 2d, or leave it out to wait for a resume");
        }
        try {
            SuspensionEntry entry = operations.interventions().suspend(resource, call.actor(body), needed(body), time);
            ObjectNode json = json(resource);
            json.put("actor", entry.actor());
            json.put("since", entry.since().toString());
            entry.until().ifPresent(until -> json.put("until", until.toString()));
            return Reply.json(json);
        } catch (Operations.Refused refused) {
            throw Requests.error(refused);
        }
    }

    private Reply resume(Call call) throws ApiError, InterruptedException {
        JsonNode body = call.json();
        Optional<ResourceId> resource = scope(body);
        try {
            Optional<String> still = operations.interventions().resume(resource, call.actor(body), reason(body));
            ObjectNode json = json(resource);
            still.ifPresent(words -> json.put("note", words));
            return Reply.json(json);
        } catch (Operations.Refused refused) {
            throw Requests.error(refused);
        }
    }

    private Reply cancel(Call call) throws ApiError, InterruptedException {
        JsonNode body = call.json();
        try {
            RunEntry run = operations
                    .interventions()
                    .cancel(runs.find(call.named("run")).run(), call.actor(body), reason(body));
            return Reply.json(Json.object()
                    .put("run", run.run().toString())
                    .put("model", run.model())
                    .put("status", run.status().label())
                    .put("message", run.message().orElse("")));
        } catch (Operations.Refused refused) {
            throw Requests.error(refused);
        }
    }

    private static ObjectNode json(Optional<ResourceId> resource) {
        return Json.object().put("resource", resource.map(ResourceId::toString).orElse("all"));
    }

    private static String reason(JsonNode body) throws ApiError {
        return Call.text(body, "reason").filter(text -> !text.isBlank()).orElse("no reason was given");
    }

    private static String needed(JsonNode body) throws ApiError {
        return Call.text(body, "reason")
                .filter(text -> !text.isBlank())
                .orElseThrow(() -> ApiError.badRequest("why?", "give the reason as \"reason\""));
    }

    private static Optional<Duration> time(JsonNode body) throws ApiError {
        Optional<String> text = Call.text(body, "for");
        if (text.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(Durations.parse(text.get())
                .orElseThrow(
                        () -> ApiError.badRequest("'" + text.get() + "' is not a time", "write it as 30m, 4h or 2d")));
    }

    /** One resource, or {@code "all": true}: everything is never meant by leaving something out. */
    private Optional<ResourceId> scope(JsonNode body) throws ApiError {
        Optional<ResourceId> resource = resource(body);
        JsonNode all = body.get("all");
        boolean everything = all != null && all.isBoolean() && all.booleanValue();
        if (resource.isPresent() == everything) {
            throw ApiError.badRequest("which resource?", "give \"resource\": \"Kind/name\", or \"all\": true");
        }
        return resource;
    }

    private Optional<ResourceId> resource(JsonNode body) throws ApiError {
        Optional<String> text = Call.text(body, "resource");
        if (text.isEmpty()) {
            return Optional.empty();
        }
        ResourceId id = ResourceId.parse(text.get())
                .orElseThrow(() -> ApiError.badRequest("'" + text.get() + "' is not a resource", "write Kind/name"));
        boolean known = Stream.concat(
                        operations.resources().stream().map(Resource::id),
                        operations.state().resources().stream().map(ResourceStatus::id))
                .anyMatch(id::equals);
        if (!known) {
            throw ApiError.notFound("there is no " + id);
        }
        return Optional.of(id);
    }
}
