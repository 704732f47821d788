package dev.plumbline.schemas.binding;

import dev.plumbline.schemas.json.Json;
import dev.plumbline.schemas.model.Kind;
import dev.plumbline.schemas.model.Metadata;
import dev.plumbline.schemas.model.Metric;
import dev.plumbline.schemas.model.ModelSpec;
import dev.plumbline.schemas.model.MonitoringSpec;
import dev.plumbline.schemas.model.PromotionMode;
import dev.plumbline.schemas.model.Resource;
import dev.plumbline.schemas.model.ResourceId;
import dev.plumbline.schemas.model.RiskTier;
import dev.plumbline.schemas.model.ServingSpec;
import dev.plumbline.schemas.model.Spec;
import dev.plumbline.schemas.model.Task;
import dev.plumbline.schemas.yaml.PositionedDocument;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * Turns documents that fit their schema into records. Every default is the schema's; a document with its defaults written
 * out is the same resource as one without. Thread-safe.
 */
public final class ResourceBinder {
    /**
     * A document as a record and as canonical JSON.
     *
     * @param json the document with defaults filled in; what the resource's digest is taken over
     */
    public record Bound(Resource resource, JsonNode json) {}

    /**
     * Binds a document.
     *
     * @param document one that fits the schema of its kind
     */
    public Bound bind(String file, Kind kind, PositionedDocument document) {
        JsonNode json = Defaults.filled(kind, document);
        Metadata metadata = metadata(json.path("metadata"));
        Resource resource = new Resource(
                new ResourceId(kind, metadata.name()),
                metadata,
                spec(kind, new Fields(json.path("spec"))),
                file,
                document.line(),
                document.index(),
                Json.digest(json));
        return new Bound(resource, json);
    }

    private static Metadata metadata(JsonNode node) {
        Map<String, String> labels = new HashMap<>();
        node.path("labels")
                .properties()
                .forEach(each -> labels.put(each.getKey(), each.getValue().stringValue()));
        Fields metadata = new Fields(node);
        return new Metadata(metadata.text("name"), metadata.optionalText("owner"), labels, metadata.truth("suspend"));
    }

    private static Spec spec(Kind kind, Fields spec) {
        return switch (kind) {
            case MODEL -> model(spec);
            case DATASET -> DatasetBinder.bind(spec);
            case TRAINING -> TrainingBinder.bind(spec);
            case SERVING -> serving(spec);
            case MONITORING -> new MonitoringSpec(spec.text("serving"), spec.duration("window"));
        };
    }

    private static ModelSpec model(Fields spec) {
        return new ModelSpec(
                spec.oneOf("task", Task.values(), Task::label),
                spec.oneOf("riskTier", RiskTier.values(), RiskTier::label),
                spec.optionalText("card"),
                spec.texts("sensitive"));
    }

    private static ServingSpec serving(Fields spec) {
        Fields promotion = spec.in("promotion");
        Fields limits = spec.in("limits");
        Optional<Metric> metric = promotion.has("metric") ? Metric.named(promotion.text("metric")) : Optional.empty();
        return new ServingSpec(
                spec.text("model"),
                spec.text("version"),
                new ServingSpec.Promotion(
                        promotion.oneOf("mode", PromotionMode.values(), PromotionMode::label),
                        metric,
                        promotion.number("tolerance")),
                new ServingSpec.Limits(
                        Math.toIntExact(limits.whole("queue")),
                        limits.duration("timeout"),
                        Math.toIntExact(limits.whole("maxRows"))),
                spec.duration("gracePeriod"));
    }
}
