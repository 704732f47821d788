package dev.plumbline.reconciler.apply;

import dev.plumbline.reconciler.plan.Action;
import dev.plumbline.reconciler.status.Outcome;
import dev.plumbline.runtime.DeployOutcome;
import dev.plumbline.runtime.EndpointConfiguration;
import dev.plumbline.runtime.EndpointObservation;
import dev.plumbline.runtime.Endpoints;
import dev.plumbline.schemas.model.Durations;
import java.time.Duration;
import java.util.Optional;

/** Changes the window that an endpoint is watched over, and nothing of what it serves. */
final class WatchAction {
    private final Endpoints endpoints;
    private final EndpointLocks locks;

    WatchAction(Endpoints endpoints, EndpointLocks locks) {
        this.endpoints = endpoints;
        this.locks = locks;
    }

    Outcome watch(Action.Watch action) throws InterruptedException {
        return locks.locked(action.serving(), () -> change(action));
    }

    private Outcome change(Action.Watch action) throws InterruptedException {
        Optional<EndpointConfiguration> live;
        try {
            live = endpoints.observe(action.serving()).map(EndpointObservation::configuration);
        } catch (Endpoints.Unreachable unreachable) {
            return new Outcome.Failed("Unreachable", unreachable.getMessage());
        }
        if (live.isEmpty()) {
            return new Outcome.Waiting(
                    "EndpointMissing", "there is no endpoint " + action.serving() + " yet", Duration.ofSeconds(30));
        }
        EndpointConfiguration is = live.get();
        DeployOutcome outcome = endpoints.deploy(new EndpointConfiguration(
                is.serving(), is.stable(), is.reason(), is.limits(), Optional.of(action.window())));
        return switch (outcome) {
            case DeployOutcome.Done done ->
                new Outcome.Ready("Watching", "watched over " + Durations.text(action.window()));
            case DeployOutcome.Failed failed -> new Outcome.Failed(failed.reason(), failed.message());
        };
    }
}
