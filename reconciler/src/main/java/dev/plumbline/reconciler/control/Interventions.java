package dev.plumbline.reconciler.control;

import dev.plumbline.reconciler.ledger.RunEntry;
import dev.plumbline.reconciler.ledger.SuspensionEntry;
import dev.plumbline.runtime.RunId;
import dev.plumbline.schemas.model.ResourceId;
import java.time.Duration;
import java.util.Optional;

/** What a person on call may order. Every order names who gives it. Thread-safe. */
public interface Interventions {
    /**
     * Asks for another look at one resource, or at all of them, also at what is stalled: what failed too often, would fail
     * again or was cancelled is tried once more.
     *
     * @throws Operations.Refused while nothing may be done at all
     */
    void reconcile(Optional<ResourceId> resource, String actor) throws Operations.Refused;

    /**
     * Stops acting on one resource, or on all of them. What serves goes on serving, and what trains goes on to its end.
     *
     * @param time after which it ends by itself; empty: when somebody resumes it
     * @throws Operations.Refused when there is no such resource or it cannot be recorded
     */
    SuspensionEntry suspend(Optional<ResourceId> resource, String actor, String reason, Optional<Duration> time)
            throws Operations.Refused, InterruptedException;

    /**
     * Goes on acting.
     *
     * @return what is still suspended and why, if anything
     * @throws Operations.Refused when it was not suspended by this word, with what to do
     */
    Optional<String> resume(Optional<ResourceId> resource, String actor, String reason)
            throws Operations.Refused, InterruptedException;

    /**
     * Ends a run that trains or waits for its turn. It is not begun again before a person asks for it or what it is made
     * from changes.
     *
     * @throws Operations.Refused when nothing of it is under way
     */
    RunEntry cancel(RunId run, String actor, String reason) throws Operations.Refused, InterruptedException;
}
