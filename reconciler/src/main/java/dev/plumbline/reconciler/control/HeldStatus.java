package dev.plumbline.reconciler.control;

import dev.plumbline.reconciler.catalog.AdmittedCatalog.Held;
import dev.plumbline.reconciler.status.Conditions;
import dev.plumbline.reconciler.status.Outcome;
import dev.plumbline.reconciler.status.ResourceStatus;
import dev.plumbline.schemas.model.Revision;
import java.time.Clock;
import java.util.Optional;

/** What is reported of a spec that was never admitted: there is nothing to act on yet. */
final class HeldStatus {
    private HeldStatus() {}

    static ResourceStatus of(ResourceStatus known, Held held, Optional<Revision> revision, Clock clock) {
        Outcome outcome = ResourceWorker.stalled(held);
        return new ResourceStatus(
                known.id(),
                Optional.of(held.file()),
                Optional.empty(),
                Optional.empty(),
                revision,
                known.attemptedRevision(),
                known.appliedRevision(),
                new Conditions(clock)
                        .after(outcome, Optional.empty(), Optional.empty(), Optional.empty(), known.conditions()),
                Optional.empty(),
                Optional.empty());
    }
}
