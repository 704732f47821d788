package dev.plumbline.reconciler.control;

import dev.plumbline.reconciler.catalog.AdmittedCatalog;
import dev.plumbline.reconciler.status.Condition;
import dev.plumbline.reconciler.status.Reason;
import dev.plumbline.reconciler.status.ResourceStatus;
import dev.plumbline.schemas.model.Digest;
import dev.plumbline.schemas.model.Kind;
import dev.plumbline.schemas.model.Resource;
import dev.plumbline.schemas.model.ResourceId;
import dev.plumbline.schemas.model.TrainingSpec;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Says who else must be looked at once a resource stands otherwise than before: a new version concerns the endpoints of
 * its model, a new endpoint what watches it. Thread-safe.
 */
final class Neighbours {
    private final Supplier<AdmittedCatalog> catalog;
    private final Consumer<ResourceId> look;
    private final Map<ResourceId, Standing> last = new ConcurrentHashMap<>();

    /**
     * The neighbours of every resource.
     *
     * @param look asks for a look at one
     */
    Neighbours(Supplier<AdmittedCatalog> catalog, Consumer<ResourceId> look) {
        this.catalog = catalog;
        this.look = look;
    }

    private record Standing(List<Reason> reasons, Optional<Digest> digest) {
        static Standing of(ResourceStatus status) {
            return new Standing(
                    status.conditions().stream().map(Condition::reason).toList(), status.digest());
        }
    }

    /** Asks for a look at each of them. */
    void wake(Collection<ResourceId> ids) {
        ids.forEach(look);
    }

    /** The resources that what was found of this one concerns; nothing is found of one that is no more. */
    List<ResourceId> after(ResourceId id, Optional<ResourceStatus> found) {
        Optional<Standing> now = found.map(Standing::of);
        Optional<Standing> before =
                now.isPresent() ? Optional.ofNullable(last.put(id, now.get())) : Optional.ofNullable(last.remove(id));
        return now.equals(before) ? List.of() : concerned(id);
    }

    private List<ResourceId> concerned(ResourceId id) {
        AdmittedCatalog admitted = catalog.get();
        return switch (id.kind()) {
            case MODEL, DATASET -> List.of();
            case TRAINING ->
                admitted.resource(id)
                        .map(each -> ofTraining(id, (TrainingSpec) each.spec(), admitted))
                        .orElse(List.of());
            case SERVING ->
                admitted.monitoringsOf(id.name()).stream().map(Resource::id).toList();
            case MONITORING -> List.of();
        };
    }

    /** Another Training of the same rows may ask for the very same run. */
    private static List<ResourceId> ofTraining(ResourceId id, TrainingSpec spec, AdmittedCatalog admitted) {
        List<ResourceId> all = new ArrayList<>();
        all.add(new ResourceId(Kind.MODEL, spec.model()));
        admitted.servingsOf(spec.model()).forEach(each -> all.add(each.id()));
        admitted.trainingsOn(spec.dataset()).forEach(each -> all.add(each.id()));
        all.remove(id);
        return all;
    }
}
