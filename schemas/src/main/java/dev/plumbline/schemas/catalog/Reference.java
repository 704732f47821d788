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

/**
 * One spec that another one names.
 *
 * @param pointer of the field that names it
 */
record Reference(String pointer, ResourceId target) {
    /** All specs that this one names. */
    static List<Reference> of(Spec spec) {
        return switch (spec) {
            case ModelSpec ignored -> List.of();
            case DatasetSpec ignored -> List.of();
            case TrainingSpec training ->
                List.of(
                        to("/spec/model", Kind.MODEL, training.model()),
                        to("/spec/dataset", Kind.DATASET, training.dataset()));
            case ServingSpec serving -> List.of(to("/spec/model", Kind.MODEL, serving.model()));
            case MonitoringSpec monitoring -> List.of(to("/spec/serving", Kind.SERVING, monitoring.serving()));
        };
    }

    private static Reference to(String pointer, Kind kind, String name) {
        return new Reference(pointer, new ResourceId(kind, name));
    }
}
