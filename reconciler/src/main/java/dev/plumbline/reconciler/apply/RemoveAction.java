package dev.plumbline.reconciler.apply;

import dev.plumbline.reconciler.ledger.Ledger;
import dev.plumbline.reconciler.ledger.Transition;
import dev.plumbline.reconciler.plan.Action;
import dev.plumbline.reconciler.status.Outcome;
import dev.plumbline.runtime.DeployOutcome;
import dev.plumbline.runtime.Endpoints;
import java.util.Optional;

/** Takes an endpoint down, and forgets it only once that is confirmed. */
final class RemoveAction {
    private final Ledger ledger;
    private final Endpoints endpoints;
    private final Events events;
    private final EndpointLocks locks;

    RemoveAction(Ledger ledger, Endpoints endpoints, Events events, EndpointLocks locks) {
        this.ledger = ledger;
        this.endpoints = endpoints;
        this.events = events;
        this.locks = locks;
    }

    Outcome remove(Action.Remove action) throws Ledger.LedgerException, InterruptedException {
        String serving = action.resource().name();
        DeployOutcome outcome = locks.locked(serving, () -> endpoints.remove(serving));
        return switch (outcome) {
            case DeployOutcome.Failed failed -> new Outcome.Failed(failed.reason(), failed.message());
            case DeployOutcome.Done done -> {
                ledger.record(Transition.of(
                        "remove endpoint " + serving,
                        events.of(action.resource(), "Removed", action.reason(), Optional.empty())));
                ledger.forgetEndpoint(serving);
                yield new Outcome.Ready("Removed", action.reason());
            }
        };
    }
}
