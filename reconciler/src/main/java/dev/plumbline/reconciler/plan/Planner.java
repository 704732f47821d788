package dev.plumbline.reconciler.plan;

import dev.plumbline.reconciler.catalog.AdmittedCatalog;
import dev.plumbline.reconciler.ledger.EndpointEntry;
import dev.plumbline.schemas.model.Kind;
import dev.plumbline.schemas.model.Resource;
import dev.plumbline.schemas.model.ResourceId;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Says what must be done so that what is becomes what is desired. Pure: the same catalog and state give the same plan.
 *
 * <p>Actions come in the order of kinds, so that a model is trained before an endpoint moves to it, and within a kind by
 * name.
 */
public final class Planner {
    private final TrainingPlanner trainings = new TrainingPlanner();
    private final ServingPlanner servings = new ServingPlanner();
    private final MonitoringPlanner monitorings = new MonitoringPlanner();

    /** Everything that is to be done. */
    public Plan plan(AdmittedCatalog catalog, ActualState actual) {
        List<Action> actions = new ArrayList<>();
        for (ResourceId id : concerned(catalog, actual)) {
            actions.addAll(actions(id, catalog, actual));
        }
        return plan(catalog, actions);
    }

    /** What is to be done about one resource. */
    public Plan plan(ResourceId id, AdmittedCatalog catalog, ActualState actual) {
        return plan(catalog, actions(id, catalog, actual));
    }

    /** The resources that are or should be: the catalog's, and those of the inventory that it no longer names. */
    public static SortedSet<ResourceId> concerned(AdmittedCatalog catalog, ActualState actual) {
        SortedSet<ResourceId> all = new TreeSet<>(catalog.specs().keySet());
        actual.ledger().inventory().stream()
                .map(EndpointEntry::serving)
                .forEach(name -> all.add(new ResourceId(Kind.SERVING, name)));
        actual.endpoints().keySet().forEach(name -> all.add(new ResourceId(Kind.SERVING, name)));
        all.addAll(actual.running().keySet());
        return all;
    }

    private static Plan plan(AdmittedCatalog catalog, List<Action> actions) {
        return new Plan(
                "live", catalog.revision().map(revision -> revision.id()).orElse("nothing"), actions);
    }

    private List<Action> actions(ResourceId id, AdmittedCatalog catalog, ActualState actual) {
        return catalog.resource(id)
                .map(resource -> desired(resource, catalog, actual))
                .orElseGet(() -> catalog.held().containsKey(id) ? List.of() : gone(id, actual));
    }

    private List<Action> desired(Resource resource, AdmittedCatalog catalog, ActualState actual) {
        return switch (resource.id().kind()) {
            case MODEL, DATASET -> List.of();
            case TRAINING -> trainings.plan(resource, catalog, actual);
            case SERVING -> servings.plan(resource, catalog, actual);
            case MONITORING -> monitorings.plan(resource, actual);
        };
    }

    private List<Action> gone(ResourceId id, ActualState actual) {
        return switch (id.kind()) {
            case MODEL, DATASET, MONITORING -> List.of();
            case TRAINING -> trainings.gone(id, actual);
            case SERVING -> servings.gone(id, actual);
        };
    }
}
