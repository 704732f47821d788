package dev.plumbline.schemas.catalog;

import dev.plumbline.schemas.model.DatasetSpec;
import dev.plumbline.schemas.model.Kind;
import dev.plumbline.schemas.model.ModelSpec;
import dev.plumbline.schemas.model.MonitoringSpec;
import dev.plumbline.schemas.model.Resource;
import dev.plumbline.schemas.model.ResourceId;
import dev.plumbline.schemas.model.ServingSpec;
import dev.plumbline.schemas.model.Spec;
import dev.plumbline.schemas.model.TrainingSpec;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The specs of one revision by id. Immutable; resources are shared with the files that they were read from and with other
 * catalogs. Two catalogs are equal when their resources are.
 */
public final class Catalog {
    /** No specs at all. */
    public static final Catalog EMPTY = new Catalog(new TreeMap<>());

    private final NavigableMap<ResourceId, Resource> resources;
    private volatile @Nullable DependencyGraph graph;

    private Catalog(NavigableMap<ResourceId, Resource> resources) {
        this.resources = Collections.unmodifiableNavigableMap(resources);
    }

    /** The catalog of these resources; of several with one id, the first. */
    public static Catalog of(Collection<Resource> resources) {
        NavigableMap<ResourceId, Resource> byId = new TreeMap<>();
        resources.forEach(resource -> byId.putIfAbsent(resource.id(), resource));
        return new Catalog(byId);
    }

    /** The resource with this id. */
    public Optional<Resource> find(ResourceId id) {
        return Optional.ofNullable(resources.get(id));
    }

    /** All resources; each comes after those that it names. */
    public Collection<Resource> resources() {
        return resources.values();
    }

    /** The resources of one kind, by name. */
    public List<Resource> resources(Kind kind) {
        return resources.values().stream()
                .filter(resource -> resource.id().kind() == kind)
                .toList();
    }

    /** The ids of all resources. */
    public NavigableSet<ResourceId> ids() {
        return resources.navigableKeySet();
    }

    /** The spec of the Model with this name. */
    public Optional<ModelSpec> model(String name) {
        return spec(Kind.MODEL, name, ModelSpec.class);
    }

    /** The spec of the Dataset with this name. */
    public Optional<DatasetSpec> dataset(String name) {
        return spec(Kind.DATASET, name, DatasetSpec.class);
    }

    /** The spec of the Training with this name. */
    public Optional<TrainingSpec> training(String name) {
        return spec(Kind.TRAINING, name, TrainingSpec.class);
    }

    /** The spec of the Serving with this name. */
    public Optional<ServingSpec> serving(String name) {
        return spec(Kind.SERVING, name, ServingSpec.class);
    }

    /** The spec of the Monitoring with this name. */
    public Optional<MonitoringSpec> monitoring(String name) {
        return spec(Kind.MONITORING, name, MonitoringSpec.class);
    }

    private <S extends Spec> Optional<S> spec(Kind kind, String name, Class<S> type) {
        return find(new ResourceId(kind, name)).map(Resource::spec).map(type::cast);
    }

    /** Which of them names which. */
    public DependencyGraph graph() {
        DependencyGraph known = graph;
        if (known == null) {
            known = DependencyGraph.of(resources.values());
            graph = known;
        }
        return known;
    }

    /** This catalog with the resource in the place of the one with its id, if there is one. */
    public Catalog with(Resource resource) {
        NavigableMap<ResourceId, Resource> copy = new TreeMap<>(resources);
        copy.put(resource.id(), resource);
        return new Catalog(copy);
    }

    /** This catalog without some resources. */
    public Catalog without(Collection<ResourceId> ids) {
        NavigableMap<ResourceId, Resource> copy = new TreeMap<>(resources);
        ids.forEach(copy::remove);
        return new Catalog(copy);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Catalog catalog && resources.equals(catalog.resources);
    }

    @Override
    public int hashCode() {
        return resources.hashCode();
    }

    @Override
    public String toString() {
        return "Catalog" + resources.keySet();
    }
}
