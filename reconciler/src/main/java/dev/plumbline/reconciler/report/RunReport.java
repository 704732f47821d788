package dev.plumbline.reconciler.report;

import dev.plumbline.reconciler.ledger.LedgerView;
import dev.plumbline.reconciler.ledger.RunEntry;
import dev.plumbline.reconciler.ledger.RunStatus;
import dev.plumbline.reconciler.queue.Place;
import dev.plumbline.runtime.RunId;
import dev.plumbline.runtime.TrainingProgress;
import dev.plumbline.schemas.json.Json;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Training runs, as {@code plumb runs} shows them. */
public final class RunReport {
    private RunReport() {}

    /**
     * The runs of the ledger's head, newest first.
     *
     * @param model only of this model
     * @param progress of what trains now, by the name of the Training
     */
    public static ObjectNode of(LedgerView ledger, Optional<String> model, Map<String, TrainingProgress> progress) {
        return of(ledger, model, progress, List.of());
    }

    /**
     * The same, and first the runs that wait for their turn.
     *
     * @param queue the next one first
     */
    public static ObjectNode of(
            LedgerView ledger, Optional<String> model, Map<String, TrainingProgress> progress, List<Place> queue) {
        ObjectNode json = Json.object();
        ArrayNode runs = json.putArray("runs");
        Set<RunId> waiting = new HashSet<>();
        for (Place place : queue) {
            RunEntry entry = place.run().entry();
            if (model.isEmpty() || model.get().equals(entry.model())) {
                waiting.add(entry.run());
                ObjectNode run = summary(entry, progress);
                run.put("startedAt", (String) null);
                run.set("queue", queued(place));
                runs.add(run);
            }
        }
        ledger.runs().stream()
                .filter(run -> model.isEmpty() || model.get().equals(run.model()))
                .filter(run -> !waiting.contains(run.run()))
                .forEach(run -> runs.add(summary(run, progress)));
        return json;
    }

    /** Where a run stands in the queue. */
    static ObjectNode queued(Place place) {
        ObjectNode json = Json.object();
        json.put("place", place.place());
        json.put("of", place.of());
        json.put("since", place.since().toString());
        json.put("priority", place.run().priority().name().toLowerCase(Locale.ROOT));
        place.startsIn().ifPresent(time -> json.put("startsInSeconds", time.toSeconds()));
        return json;
    }

    /** One run with what it was made from and what it measured. */
    public static ObjectNode detail(RunEntry run, Map<String, TrainingProgress> progress) {
        ObjectNode json = summary(run, progress);
        json.set("inputs", Json.tree(run.inputs()));
        json.set("specs", Json.tree(run.specs()));
        run.result().ifPresent(result -> {
            json.put("digest", result.artifact().value());
            json.set("evaluation", Json.tree(result.evaluation()));
            json.set("parity", Json.tree(result.parity()));
            json.set("environment", Json.tree(result.environment()));
        });
        run.verdict().ifPresent(verdict -> json.put("verdict", verdict.value()));
        return json;
    }

    private static ObjectNode summary(RunEntry run, Map<String, TrainingProgress> progress) {
        ObjectNode json = Json.object();
        json.put("run", run.run().toString());
        json.put("model", run.model());
        json.put("training", run.training());
        json.put("dataset", run.dataset());
        json.put("attempt", run.attempt());
        json.put("status", run.status().label());
        json.put("startedAt", run.startedAt().toString());
        json.put("finishedAt", run.finishedAt().map(Object::toString).orElse(null));
        json.put("revision", run.revision().id());
        TrainingProgress now = progress.get(run.training());
        if (run.status() == RunStatus.RUNNING && now != null) {
            json.set("progress", StatusReport.progress(now));
        }
        run.reason().ifPresent(reason -> json.put("reason", reason));
        run.message().ifPresent(message -> json.put("message", message));
        run.actor().ifPresent(actor -> json.put("cancelledBy", actor));
        run.version().ifPresent(version -> json.put("version", version.label()));
        return json;
    }
}
