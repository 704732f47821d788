package dev.plumbline.reconciler.apply;

import dev.plumbline.reconciler.catalog.AdmittedCatalog;
import dev.plumbline.reconciler.ledger.Ledger;
import dev.plumbline.reconciler.ledger.RunEntry;
import dev.plumbline.reconciler.ledger.RunStatus;
import dev.plumbline.reconciler.ledger.Transition;
import dev.plumbline.reconciler.plan.RunSpecs;
import dev.plumbline.reconciler.queue.QueuedRun;
import dev.plumbline.reconciler.queue.TrainingQueue;
import dev.plumbline.runtime.RunId;
import dev.plumbline.runtime.TrainingOutcome;
import dev.plumbline.schemas.model.Resource;
import dev.plumbline.schemas.model.ResourceId;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** Does with a run what a person orders: ends it, or lets it be tried again. To be called with its Training's lock held. */
public final class RunOrders {
    /** The reason of a run that a person cancelled. */
    public static final String CANCELLED = "CancelledByPerson";

    private final Ledger ledger;
    private final Attempts attempts;
    private final TrainingQueue queue;
    private final Events events;
    private final Clock clock;

    /** Orders about these attempts. */
    public RunOrders(Ledger ledger, Attempts attempts, TrainingQueue queue, Events events, Clock clock) {
        this.ledger = ledger;
        this.attempts = attempts;
        this.queue = queue;
        this.events = events;
        this.clock = clock;
    }

    /** The Training whose run this is, while it trains or waits for its turn. */
    public Optional<ResourceId> underWay(RunId run) {
        return attempts.running().entrySet().stream()
                .filter(each -> each.getValue().equals(run))
                .map(Map.Entry::getKey)
                .findFirst()
                .or(() -> queue.find(run).map(QueuedRun::training));
    }

    /**
     * Ends a run while it trains or waits for its turn; it is not begun again before a person asks or what it is made from
     * changes.
     *
     * @return the run as it is recorded now; empty when nothing of it is under way
     */
    public Optional<RunEntry> cancel(ResourceId training, RunId run, String actor, String reason)
            throws Ledger.LedgerException, InterruptedException {
        String words = "cancelled by " + actor + ": " + reason;
        Optional<RunEntry> entry;
        if (run.equals(attempts.running().get(training))) {
            attempts.cancel(training, words);
            entry = attempts.ended(training)
                    .filter(each -> each.outcome() instanceof TrainingOutcome.Cancelled)
                    .flatMap(each -> ledger.view().run(run));
        } else {
            entry = queue.find(run)
                    .filter(each -> each.training().equals(training))
                    .map(QueuedRun::entry);
        }
        if (entry.isEmpty()) {
            return Optional.empty();
        }
        RunEntry cancelled = entry.get().cancelledBy(actor, CANCELLED, words, clock.instant());
        ledger.record(Transition.of(
                "cancel run " + run.shortened() + " of " + cancelled.model() + " (" + actor + ")",
                cancelled,
                events.ofRun(training, run, CANCELLED, words, Optional.of(actor))));
        attempts.take(training);
        queue.leave(training);
        return Optional.of(cancelled);
    }

    /**
     * Lets a run be tried or judged again that was stopped, if there is anything to forgive.
     *
     * @return whether there was
     */
    public boolean forgive(Resource training, RunId run, AdmittedCatalog catalog, String actor)
            throws Ledger.LedgerException, InterruptedException {
        return forgive(
                training.id(),
                run,
                each -> each.status() == RunStatus.REFUSED || RunSpecs.stopped(each, training, catalog),
                actor);
    }

    /** The same of the run that makes the lost artifact of a version again, which this Serving needs. */
    public boolean forgive(ResourceId serving, RunId run, String actor)
            throws Ledger.LedgerException, InterruptedException {
        return forgive(serving, run, RunSpecs::stopped, actor);
    }

    private boolean forgive(ResourceId asker, RunId run, Predicate<RunEntry> is, String actor)
            throws Ledger.LedgerException, InterruptedException {
        Optional<RunEntry> stopped = ledger.view().run(run).filter(is);
        if (stopped.isPresent()) {
            ledger.record(Transition.of(
                    "try run " + run.shortened() + " again (" + actor + ")",
                    stopped.get().forgiven(),
                    events.ofRun(asker, run, "AskedAgain", actor + " asked to try it again", Optional.of(actor))));
        }
        return stopped.isPresent();
    }
}
