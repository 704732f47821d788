package dev.plumbline.reconciler.report;

import dev.plumbline.reconciler.ledger.LedgerView;
import dev.plumbline.reconciler.ledger.RunEntry;
import dev.plumbline.reconciler.ledger.RunStatus;
import dev.plumbline.runtime.TrainingProgress;
import dev.plumbline.schemas.json.Json;
import java.util.Map;
import java.util.Optional;
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
        ObjectNode json = Json.object();
        ArrayNode runs = json.putArray("runs");
        ledger.runs().stream()
                .filter(run -> model.isEmpty() || model.get().equals(run.model()))
                .forEach(run -> runs.add(summary(run, progress)));
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
        run.version().ifPresent(version -> json.put("version", version.label()));
        return json;
    }
}
