package dev.plumbline.reconciler.plan;

import dev.plumbline.reconciler.catalog.AdmittedCatalog;
import dev.plumbline.reconciler.ledger.RunEntry;
import dev.plumbline.schemas.model.Digest;
import dev.plumbline.schemas.model.Kind;
import dev.plumbline.schemas.model.Resource;
import dev.plumbline.schemas.model.ResourceId;
import dev.plumbline.schemas.model.TrainingSpec;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** The specs that a run is made from: its Training and what that refers to. */
public final class RunSpecs {
    /** After so many failed attempts in a row nothing is tried any more before a person or a commit says so. */
    public static final int MOST_FAILURES = 5;

    private RunSpecs() {}

    /** Their digests now. */
    public static SortedMap<ResourceId, Digest> of(Resource training, AdmittedCatalog catalog) {
        TrainingSpec spec = (TrainingSpec) training.spec();
        SortedMap<ResourceId, Digest> specs = new TreeMap<>();
        specs.put(training.id(), training.digest());
        for (ResourceId id :
                List.of(new ResourceId(Kind.MODEL, spec.model()), new ResourceId(Kind.DATASET, spec.dataset()))) {
            catalog.resource(id).ifPresent(each -> specs.put(id, each.digest()));
        }
        return specs;
    }

    /** The digests now of those that say what a trained model must be like to be registered: its Training and its Model. */
    public static SortedMap<ResourceId, Digest> judging(Resource training, AdmittedCatalog catalog) {
        SortedMap<ResourceId, Digest> specs = of(training, catalog);
        specs.remove(new ResourceId(Kind.DATASET, ((TrainingSpec) training.spec()).dataset()));
        return specs;
    }

    /** Whether a run is not tried any more: it would fail again, it failed too often, or a person cancelled it. */
    public static boolean stopped(RunEntry run, Resource training, AdmittedCatalog catalog) {
        return stopped(run) && run.specs().equals(of(training, catalog));
    }

    /** The same of a run that is made again for a lost artifact, whose specs nothing changes any more. */
    public static boolean stopped(RunEntry run) {
        return switch (run.status()) {
            case FAILED, CANCELLED ->
                run.permanent()
                        || run.failures() >= MOST_FAILURES
                        || run.actor().isPresent();
            case QUEUED, RUNNING, SUCCEEDED, REFUSED -> false;
        };
    }
}
