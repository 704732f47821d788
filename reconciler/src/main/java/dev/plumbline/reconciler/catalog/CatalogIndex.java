package dev.plumbline.reconciler.catalog;

import dev.plumbline.reconciler.catalog.AdmittedCatalog.Admitted;
import dev.plumbline.schemas.model.Kind;
import dev.plumbline.schemas.model.MonitoringSpec;
import dev.plumbline.schemas.model.Resource;
import dev.plumbline.schemas.model.ServingSpec;
import dev.plumbline.schemas.model.TrainingSpec;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Admitted specs by kind and by what they refer to. Immutable. */
final class CatalogIndex {
    private final Map<Kind, List<Resource>> byKind;
    private final Map<String, List<Resource>> trainingsOfModel;
    private final Map<String, List<Resource>> trainingsOnDataset;
    private final Map<String, List<Resource>> servingsOfModel;
    private final Map<String, List<Resource>> monitoringsOfServing;

    /**
     * Of these specs.
     *
     * @param specs by kind and name
     */
    CatalogIndex(Collection<Admitted> specs) {
        byKind = specs.stream()
                .map(Admitted::resource)
                .collect(Collectors.groupingBy(
                        each -> each.id().kind(), () -> new EnumMap<>(Kind.class), Collectors.toUnmodifiableList()));
        trainingsOfModel = index(Kind.TRAINING, TrainingSpec.class, TrainingSpec::model);
        trainingsOnDataset = index(Kind.TRAINING, TrainingSpec.class, TrainingSpec::dataset);
        servingsOfModel = index(Kind.SERVING, ServingSpec.class, ServingSpec::model);
        monitoringsOfServing = index(Kind.MONITORING, MonitoringSpec.class, MonitoringSpec::serving);
    }

    private <S> Map<String, List<Resource>> index(Kind kind, Class<S> type, Function<S, String> refersTo) {
        return all(kind).stream()
                .collect(Collectors.groupingBy(
                        each -> refersTo.apply(type.cast(each.spec())), Collectors.toUnmodifiableList()));
    }

    List<Resource> all(Kind kind) {
        return byKind.getOrDefault(kind, List.of());
    }

    List<Resource> trainingsOf(String model) {
        return trainingsOfModel.getOrDefault(model, List.of());
    }

    List<Resource> trainingsOn(String dataset) {
        return trainingsOnDataset.getOrDefault(dataset, List.of());
    }

    List<Resource> servingsOf(String model) {
        return servingsOfModel.getOrDefault(model, List.of());
    }

    List<Resource> monitoringsOf(String serving) {
        return monitoringsOfServing.getOrDefault(serving, List.of());
    }
}
