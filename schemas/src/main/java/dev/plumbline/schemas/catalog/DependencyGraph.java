package dev.plumbline.schemas.catalog;

import dev.plumbline.schemas.model.Resource;
import dev.plumbline.schemas.model.ResourceId;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeSet;

/**
 * Which spec names which. It has no circles, because a kind names earlier kinds only. Names of specs that do not exist are
 * part of it. Immutable.
 */
public final class DependencyGraph {
    private final Map<ResourceId, NavigableSet<ResourceId>> dependencies = new HashMap<>();
    private final Map<ResourceId, NavigableSet<ResourceId>> dependents = new HashMap<>();
    private final List<ResourceId> order;

    private DependencyGraph(Collection<Resource> resources) {
        for (Resource resource : resources) {
            for (Reference reference : Reference.of(resource.spec())) {
                dependencies
                        .computeIfAbsent(resource.id(), id -> new TreeSet<>())
                        .add(reference.target());
                dependents
                        .computeIfAbsent(reference.target(), id -> new TreeSet<>())
                        .add(resource.id());
            }
        }
        order = resources.stream().map(Resource::id).sorted().toList();
    }

    /** The graph of these specs. */
    public static DependencyGraph of(Collection<Resource> resources) {
        return new DependencyGraph(resources);
    }

    /** What this spec names. */
    public NavigableSet<ResourceId> dependencies(ResourceId id) {
        return new TreeSet<>(dependencies.getOrDefault(id, new TreeSet<>()));
    }

    /** Who names this spec. */
    public NavigableSet<ResourceId> dependents(ResourceId id) {
        return new TreeSet<>(dependents.getOrDefault(id, new TreeSet<>()));
    }

    /** Who names one of these specs, directly or through others; not the specs themselves. */
    public NavigableSet<ResourceId> allDependents(Collection<ResourceId> ids) {
        return reachable(ids, dependents);
    }

    /** What these specs name, directly or through others; not the specs themselves. */
    public NavigableSet<ResourceId> allDependencies(Collection<ResourceId> ids) {
        return reachable(ids, dependencies);
    }

    /** Every spec after all that it names. */
    public List<ResourceId> order() {
        return order;
    }

    private static NavigableSet<ResourceId> reachable(
            Collection<ResourceId> from, Map<ResourceId, NavigableSet<ResourceId>> edges) {
        NavigableSet<ResourceId> found = new TreeSet<>();
        Deque<ResourceId> open = new ArrayDeque<>(from);
        while (!open.isEmpty()) {
            for (ResourceId next : edges.getOrDefault(open.pop(), new TreeSet<>())) {
                if (found.add(next)) {
                    open.push(next);
                }
            }
        }
        from.forEach(found::remove);
        return found;
    }
}
