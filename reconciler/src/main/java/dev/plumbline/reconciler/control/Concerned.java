package dev.plumbline.reconciler.control;

import dev.plumbline.reconciler.catalog.AdmittedCatalog;
import dev.plumbline.schemas.model.Kind;
import dev.plumbline.schemas.model.MonitoringSpec;
import dev.plumbline.schemas.model.Resource;
import dev.plumbline.schemas.model.ResourceId;
import dev.plumbline.schemas.model.ServingSpec;
import dev.plumbline.schemas.model.TrainingSpec;
import java.util.Collection;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Says which resources must be looked at because some are other than they were: everything about a model, from its data to
 * what watches its endpoints, since a run follows from three specs and an endpoint from the run. Pure.
 */
final class Concerned {
    private final AdmittedCatalog catalog;
    private final NavigableSet<ResourceId> all = new TreeSet<>();

    private Concerned(AdmittedCatalog catalog) {
        this.catalog = catalog;
    }

    /** These, and everything about the models that they are about, now or before. */
    static NavigableSet<ResourceId> by(Collection<ResourceId> changed, AdmittedCatalog now, AdmittedCatalog before) {
        NavigableSet<ResourceId> all = new TreeSet<>(changed);
        for (AdmittedCatalog catalog : List.of(now, before)) {
            Concerned concerned = new Concerned(catalog);
            Set<String> models = new TreeSet<>();
            changed.forEach(id -> models.addAll(concerned.models(id)));
            models.forEach(concerned::about);
            all.addAll(concerned.all);
        }
        return all;
    }

    /** The models that a resource is about. */
    private List<String> models(ResourceId id) {
        return switch (id.kind()) {
            case MODEL -> List.of(id.name());
            case DATASET ->
                catalog.trainingsOn(id.name()).stream().map(Concerned::fitted).toList();
            case TRAINING ->
                catalog.resource(id).map(Concerned::fitted).stream().toList();
            case SERVING -> catalog.resource(id).map(Concerned::served).stream().toList();
            case MONITORING ->
                catalog
                        .resource(id)
                        .map(each -> ((MonitoringSpec) each.spec()).serving())
                        .flatMap(serving -> catalog.resource(new ResourceId(Kind.SERVING, serving)))
                        .map(Concerned::served)
                        .stream()
                        .toList();
        };
    }

    private static String fitted(Resource training) {
        return ((TrainingSpec) training.spec()).model();
    }

    private static String served(Resource serving) {
        return ((ServingSpec) serving.spec()).model();
    }

    private void about(String model) {
        add(Optional.of(new ResourceId(Kind.MODEL, model)).flatMap(catalog::resource));
        Optional<Resource> training = catalog.trainingOf(model);
        add(training);
        add(training.map(each -> new ResourceId(Kind.DATASET, ((TrainingSpec) each.spec()).dataset()))
                .flatMap(catalog::resource));
        for (Resource serving : catalog.servingsOf(model)) {
            all.add(serving.id());
            catalog.monitoringsOf(serving.id().name()).forEach(each -> all.add(each.id()));
        }
    }

    private void add(Optional<Resource> resource) {
        resource.map(Resource::id).ifPresent(all::add);
    }
}
