package dev.plumbline.reconciler.report;

import dev.plumbline.reconciler.control.Operations;
import dev.plumbline.reconciler.queue.Place;
import dev.plumbline.reconciler.status.Condition;
import dev.plumbline.reconciler.status.ResourceStatus;
import dev.plumbline.runtime.EndpointObservation;
import dev.plumbline.runtime.TrainingProgress;
import dev.plumbline.schemas.json.Json;
import dev.plumbline.schemas.model.ResourceId;
import dev.plumbline.schemas.model.Revision;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What holds now, as {@code plumb status} shows it. */
public final class StatusReport {
    private StatusReport() {}

    /** Every resource, and what is wrong with the files. */
    public static ObjectNode of(Operations.State state) {
        ObjectNode json = Json.object();
        json.put("revision", state.revision().map(Revision::id).orElse(null));
        json.put("generation", state.generation());
        json.put("admittedAt", state.admittedAt().map(Object::toString).orElse(null));
        json.put("lastFetch", state.lastFetch().map(Object::toString).orElse(null));
        state.sourceProblem().ifPresent(problem -> json.put("sourceProblem", problem));
        state.sourceProblemSince().ifPresent(since -> json.put("sourceProblemSince", since.toString()));
        json.set("problems", Json.tree(state.problems()));
        ArrayNode resources = json.putArray("resources");
        Map<ResourceId, Place> queue = state.queue().stream()
                .collect(Collectors.toMap(place -> place.run().training(), Function.identity()));
        state.resources().forEach(resource -> {
            ObjectNode each = of(resource);
            Optional.ofNullable(queue.get(resource.id()))
                    .ifPresent(place -> each.set("queue", RunReport.queued(place)));
            resources.add(each);
        });
        return json;
    }

    /** One resource. */
    public static ObjectNode of(ResourceStatus status) {
        ObjectNode json = Json.object();
        json.put("kind", status.id().kind().label());
        json.put("name", status.id().name());
        json.put("file", status.file().orElse(null));
        json.put("ready", status.ready());
        Condition ready = status.readiness();
        json.put("reason", ready.reason().label());
        json.put("message", ready.message());
        status.version().ifPresent(version -> json.put("model", version.model()).put("version", version.label()));
        status.digest().ifPresent(digest -> json.put("digest", digest.value()));
        put(json, "observedRevision", status.observedRevision());
        put(json, "attemptedRevision", status.attemptedRevision());
        put(json, "appliedRevision", status.appliedRevision());
        status.progress().ifPresent(progress -> json.set("progress", progress(progress)));
        status.window().ifPresent(window -> json.set("window", window(window)));
        ArrayNode conditions = json.putArray("conditions");
        status.conditions()
                .forEach(condition -> conditions
                        .addObject()
                        .put("type", condition.type().label())
                        .put("status", condition.status().label())
                        .put("reason", condition.reason().label())
                        .put("message", condition.message())
                        .put("since", condition.since().toString()));
        return json;
    }

    static ObjectNode progress(TrainingProgress progress) {
        ObjectNode json = Json.object();
        json.put("phase", progress.phase());
        json.put("fraction", progress.fraction());
        json.put("detail", progress.detail());
        progress.remaining().ifPresent(remaining -> json.put("remainingSeconds", remaining.toSeconds()));
        return json;
    }

    private static ObjectNode window(EndpointObservation.Window window) {
        ObjectNode json = Json.object();
        json.put("lengthSeconds", window.length().toSeconds());
        json.put("requests", window.requests());
        json.put("rows", window.rows());
        json.put("errors", window.errors());
        json.put("latencyP50Seconds", window.latencyP50Seconds());
        json.put("latencyP99Seconds", window.latencyP99Seconds());
        json.set("predictions", Json.tree(window.predictions()));
        return json;
    }

    private static void put(ObjectNode json, String key, Optional<Revision> revision) {
        json.put(key, revision.map(Revision::id).orElse(null));
    }
}
