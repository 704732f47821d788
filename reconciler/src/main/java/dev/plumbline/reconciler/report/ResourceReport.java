package dev.plumbline.reconciler.report;

import dev.plumbline.reconciler.control.Operations;
import dev.plumbline.reconciler.ledger.LedgerView;
import dev.plumbline.reconciler.ledger.RunEntry;
import dev.plumbline.reconciler.status.ResourceStatus;
import dev.plumbline.runtime.RunInputs;
import dev.plumbline.runtime.TrainingProgress;
import dev.plumbline.schemas.json.Json;
import dev.plumbline.schemas.model.DatasetSpec;
import dev.plumbline.schemas.model.ModelSpec;
import dev.plumbline.schemas.model.MonitoringSpec;
import dev.plumbline.schemas.model.Resource;
import dev.plumbline.schemas.model.ResourceId;
import dev.plumbline.schemas.model.ServingSpec;
import dev.plumbline.schemas.model.TrainingSpec;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Everything that is known of one resource, as {@code plumb describe} shows it. */
public final class ResourceReport {
    private static final int EVENTS = 20;

    private final Operations.State state;
    private final LedgerView ledger;
    private final List<Resource> resources;

    /** Reports on one moment of a control plane. */
    public ResourceReport(Operations operations) {
        this.state = operations.state();
        this.ledger = operations.ledger();
        this.resources = operations.resources();
    }

    /** What is known of it; empty when there is neither a spec nor anything live of this name. */
    public Optional<ObjectNode> of(ResourceId id) {
        Optional<Resource> spec =
                resources.stream().filter(each -> each.id().equals(id)).findFirst();
        Optional<ResourceStatus> status =
                state.resources().stream().filter(each -> each.id().equals(id)).findFirst();
        return spec.isEmpty() && status.isEmpty() ? Optional.empty() : Optional.of(report(id, spec, status));
    }

    /** What trains now, by the name of the Training. */
    public static Map<String, TrainingProgress> progress(Operations.State state) {
        return state.resources().stream()
                .flatMap(each -> each.progress().map(now -> Map.entry(each.id().name(), now)).stream())
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue, (first, second) -> first));
    }

    private ObjectNode report(ResourceId id, Optional<Resource> spec, Optional<ResourceStatus> status) {
        ObjectNode json = Json.object();
        json.put("kind", id.kind().label());
        json.put("name", id.name());
        spec.ifPresent(resource -> {
            json.put("file", resource.file());
            json.put("line", resource.line());
            json.put("digest", resource.digest().value());
            json.set("metadata", Json.tree(resource.metadata()));
            json.set("spec", Json.tree(resource.spec()));
        });
        status.ifPresent(now -> json.set("status", StatusReport.of(now)));
        spec.ifPresent(resource -> {
            switch (resource.spec()) {
                case ModelSpec model ->
                    json.set(
                            "versions",
                            VersionReport.of(ledger, Optional.of(id.name())).get("versions"));
                case TrainingSpec training -> training(json, id.name());
                case ServingSpec serving -> serving(json, id.name(), serving);
                case DatasetSpec dataset -> json.set("features", Json.tree(dataset.features()));
                case MonitoringSpec monitoring -> json.put("serving", monitoring.serving());
            }
        });
        json.set("events", EventReport.of(ledger, Optional.of(id), EVENTS).get("events"));
        return json;
    }

    private void training(ObjectNode json, String name) {
        List<RunEntry> runs = ledger.runs().stream()
                .filter(run -> run.training().equals(name))
                .toList();
        if (!runs.isEmpty()) {
            json.set("run", RunReport.detail(runs.getFirst(), progress(state)));
        }
        runs.stream()
                .filter(run -> run.result().isPresent())
                .findFirst()
                .ifPresent(run -> json.set("baseline", baseline(run)));
    }

    private ObjectNode baseline(RunEntry run) {
        ObjectNode json = Json.object();
        json.put("run", run.run().toString());
        json.put("status", run.status().label());
        run.version().ifPresent(version -> json.put("version", version.label()));
        run.result().ifPresent(result -> {
            json.set("metrics", Json.tree(result.evaluation().metrics()));
            json.set("classes", Json.tree(result.evaluation().classes()));
            json.set("confusion", Json.tree(result.evaluation().confusion()));
            json.set("groups", Json.tree(result.evaluation().groups()));
            result.evaluation().fairness().ifPresent(fairness -> json.set("fairness", Json.tree(fairness)));
        });
        json.put("algorithm", run.inputs().algorithm().label());
        json.set("parameters", Json.tree(run.inputs().parameters()));
        json.put("seed", run.inputs().seed());
        json.putObject("dataset")
                .put("name", run.dataset())
                .put("digest", run.inputs().dataset().value())
                .put("rows", run.rows());
        return json;
    }

    private void serving(ObjectNode json, String name, ServingSpec serving) {
        ledger.endpoint(name).ifPresent(endpoint -> {
            json.set("endpoint", HistoryReport.of(endpoint, ledger));
            endpoint.stable()
                    .flatMap(stable -> ledger.version(stable.version()))
                    .ifPresent(version -> json.set("inputs", inputs(version.inputs(), version.dataset())));
        });
        json.put("model", serving.model());
    }

    private ObjectNode inputs(RunInputs inputs, String dataset) {
        ObjectNode json = Json.object();
        json.put("task", inputs.task().label());
        json.put("label", inputs.label());
        ArrayNode identifiers = json.putArray("identifiers");
        ArrayNode missing = json.putArray("missing");
        resources.stream()
                .filter(each -> each.id().name().equals(dataset))
                .map(Resource::spec)
                .filter(DatasetSpec.class::isInstance)
                .map(DatasetSpec.class::cast)
                .forEach(spec -> {
                    spec.identifiers().forEach(identifiers::add);
                    spec.source().missing().forEach(missing::add);
                    json.put("decimal", spec.source().decimal());
                });
        json.set("features", Json.tree(inputs.features()));
        return json;
    }
}
