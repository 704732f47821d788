package dev.plumbline.reconciler.apply;

import dev.plumbline.reconciler.clock.ClockWatch;
import dev.plumbline.reconciler.ledger.Entry;
import dev.plumbline.reconciler.ledger.Ledger;
import dev.plumbline.reconciler.ledger.Transition;
import dev.plumbline.reconciler.plan.Action;
import dev.plumbline.reconciler.status.Outcome;
import dev.plumbline.runtime.DeployOutcome;
import dev.plumbline.runtime.Endpoints;
import dev.plumbline.schemas.fault.Failpoint;
import dev.plumbline.schemas.model.Revision;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Takes an endpoint down once its grace period is over, and notes it as removed only when that is confirmed; what it served
 * stays on record.
 */
final class RemoveAction {
    private final Ledger ledger;
    private final Endpoints endpoints;
    private final Events events;
    private final Clock clock;
    private final ClockWatch watch;
    private final EndpointLocks locks;

    RemoveAction(
            Ledger ledger, Endpoints endpoints, Events events, Clock clock, ClockWatch watch, EndpointLocks locks) {
        this.ledger = ledger;
        this.endpoints = endpoints;
        this.events = events;
        this.clock = clock;
        this.watch = watch;
        this.locks = locks;
    }

    Outcome remove(Action.Remove action, Optional<Revision> revision)
            throws Ledger.LedgerException, InterruptedException {
        Optional<Instant> until = ledger.view().leaving(action.resource()).map(watch::end);
        Instant now = clock.instant();
        if (until.isPresent() && now.isBefore(until.get())) {
            return new Outcome.Waiting(
                    "Leaving",
                    "no spec asks for this endpoint any more; it answers until "
                            + until.get().truncatedTo(ChronoUnit.SECONDS) + ", and stays if its spec comes back before",
                    Duration.between(now, until.get()));
        }
        String serving = action.resource().name();
        DeployOutcome outcome = locks.locked(serving, () -> endpoints.remove(serving));
        return switch (outcome) {
            case DeployOutcome.Failed failed -> new Outcome.Failed(failed.reason(), failed.message());
            case DeployOutcome.Done done -> {
                Failpoint.ENDPOINT_REMOVED.hit();
                List<Entry> entries = new ArrayList<>();
                ledger.view()
                        .endpoint(serving)
                        .ifPresent(entry -> entries.add(entry.removed(clock.instant(), revision)));
                entries.add(events.of(action.resource(), "Removed", action.reason(), revision));
                ledger.record(new Transition("remove endpoint " + serving, entries));
                Failpoint.REMOVAL_RECORDED.hit();
                yield new Outcome.Ready("Removed", action.reason());
            }
        };
    }
}
