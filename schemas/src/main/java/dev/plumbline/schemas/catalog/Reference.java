package dev.plumbline.schemas.catalog;

import dev.plumbline.schemas.model.DatasetSpec;
import dev.plumbline.schemas.model.Kind;
import dev.plumbline.schemas.model.ModelSpec;
import dev.plumbline.schemas.model.MonitoringSpec;
import dev.plumbline.schemas.model.ResourceId;
import dev.plumbline.schemas.model.ServingSpec;
import dev.plumbline.schemas.model.Spec;
import dev.plumbline.schemas.model.TrainingSpec;
import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * One spec that another one names.
 *
 * @param pointer of the field that names it
 */
public record Reference(String pointer, ResourceId target) {
    private static final Field MODEL = new Field("/spec/model", Kind.MODEL);
    private static final Field DATASET = new Field("/spec/dataset", Kind.DATASET);
    private static final Field SERVING = new Field("/spec/serving", Kind.SERVING);

    /** A field that names a spec of a kind. */
    private record Field(String pointer, Kind kind) {
        Reference to(String name) {
            return new Reference(pointer, new ResourceId(kind, name));
        }
    }

    /** All specs that this one names. */
    static List<Reference> of(Spec spec) {
        return switch (spec) {
            case ModelSpec ignored -> List.of();
            case DatasetSpec ignored -> List.of();
            case TrainingSpec training -> List.of(MODEL.to(training.model()), DATASET.to(training.dataset()));
            case ServingSpec serving -> List.of(MODEL.to(serving.model()));
            case MonitoringSpec monitoring -> List.of(SERVING.to(monitoring.serving()));
        };
    }

    /**
     * All specs that a document of this kind names, as far as it can be told: a field that is absent or holds no text
     * names nothing.
     *
     * @param document of which nobody knows yet whether it fits its schema
     */
    public static List<Reference> in(Kind kind, JsonNode document) {
        return fields(kind).stream()
                .filter(field -> document.at(field.pointer()).isString())
                .map(field -> field.to(document.at(field.pointer()).stringValue()))
                .toList();
    }

    private static List<Field> fields(Kind kind) {
        return switch (kind) {
            case MODEL, DATASET -> List.of();
            case TRAINING -> List.of(MODEL, DATASET);
            case SERVING -> List.of(MODEL);
            case MONITORING -> List.of(SERVING);
        };
    }
}
