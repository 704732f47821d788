package dev.plumbline.reconciler.plan;

import dev.plumbline.reconciler.catalog.AdmittedCatalog;
import dev.plumbline.schemas.model.Resource;
import dev.plumbline.schemas.model.VersionName;
import java.util.Optional;

/** The version of the run that the current specs ask for; never simply the highest number. */
public final class Candidate {
    private Candidate() {}

    /** The candidate of a model; empty while its run has not become a version. */
    public static Optional<VersionName> of(String model, AdmittedCatalog catalog, ActualState actual) {
        return catalog.trainingOf(model)
                .map(Resource::id)
                .flatMap(id -> Optional.ofNullable(actual.asked().get(id)))
                .flatMap(run -> actual.ledger().versionOf(model, run));
    }
}
