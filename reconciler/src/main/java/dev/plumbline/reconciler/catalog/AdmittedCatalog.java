package dev.plumbline.reconciler.catalog;

import dev.plumbline.reconciler.ledger.AdmissionEntry.Form;
import dev.plumbline.schemas.model.DatasetSpec;
import dev.plumbline.schemas.model.Kind;
import dev.plumbline.schemas.model.ModelSpec;
import dev.plumbline.schemas.model.MonitoringSpec;
import dev.plumbline.schemas.model.Resource;
import dev.plumbline.schemas.model.ResourceId;
import dev.plumbline.schemas.model.Revision;
import dev.plumbline.schemas.model.ServingSpec;
import dev.plumbline.schemas.model.TrainingSpec;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The specs that are acted on: those of the revision, but for what is held back at an earlier form. Immutable.
 *
 * @param revision that was admitted; empty before the first one
 * @param held why a resource is not acted on in the form that the revision gives it; a resource that was never admitted
 *     is only here
 */
public record AdmittedCatalog(
        Optional<Revision> revision, SortedMap<ResourceId, Admitted> specs, SortedMap<ResourceId, Held> held) {
    public AdmittedCatalog {
        specs = Collections.unmodifiableSortedMap(new TreeMap<>(specs));
        held = Collections.unmodifiableSortedMap(new TreeMap<>(held));
    }

    /** Nothing was admitted yet. */
    public static final AdmittedCatalog EMPTY = new AdmittedCatalog(Optional.empty(), new TreeMap<>(), new TreeMap<>());

    /** A spec and where the form that is acted on stands. */
    public record Admitted(Resource resource, Form form) {}

    /**
     * Why a spec is held back.
     *
     * @param reason fixed code: {@code Invalid}, {@code AdmissionDenied}, {@code DependencyHeldBack}, {@code Unreadable},
     *     {@code StillReferenced}
     * @param file where the form that is held back stands
     */
    public record Held(String reason, String message, String file) {}

    /** The spec of this resource. */
    public Optional<Resource> resource(ResourceId id) {
        return Optional.ofNullable(specs.get(id)).map(Admitted::resource);
    }

    /** Every spec of a kind, by name. */
    public List<Resource> all(Kind kind) {
        return specs.values().stream()
                .map(Admitted::resource)
                .filter(each -> each.id().kind() == kind)
                .toList();
    }

    /** The Model of this name. */
    public Optional<ModelSpec> model(String name) {
        return resource(new ResourceId(Kind.MODEL, name)).map(each -> (ModelSpec) each.spec());
    }

    /** The Dataset of this name. */
    public Optional<DatasetSpec> dataset(String name) {
        return resource(new ResourceId(Kind.DATASET, name)).map(each -> (DatasetSpec) each.spec());
    }

    /** The Training that fits this model; there is one at most. */
    public Optional<Resource> trainingOf(String model) {
        return all(Kind.TRAINING).stream()
                .filter(each -> ((TrainingSpec) each.spec()).model().equals(model))
                .findFirst();
    }

    /** The Servings of this model. */
    public List<Resource> servingsOf(String model) {
        return all(Kind.SERVING).stream()
                .filter(each -> ((ServingSpec) each.spec()).model().equals(model))
                .toList();
    }

    /** What watches this endpoint; there is one at most. */
    public Optional<MonitoringSpec> monitoringOf(String serving) {
        return all(Kind.MONITORING).stream()
                .map(each -> (MonitoringSpec) each.spec())
                .filter(each -> each.serving().equals(serving))
                .findFirst();
    }
}
