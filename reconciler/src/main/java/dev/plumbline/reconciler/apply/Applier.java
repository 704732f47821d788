package dev.plumbline.reconciler.apply;

import dev.plumbline.reconciler.catalog.AdmittedCatalog;
import dev.plumbline.reconciler.clock.ClockWatch;
import dev.plumbline.reconciler.ledger.Ledger;
import dev.plumbline.reconciler.plan.Action;
import dev.plumbline.reconciler.status.Outcome;
import dev.plumbline.runtime.Endpoints;
import java.time.Clock;

/**
 * Does one action. What goes wrong is an outcome, never an exception, so that the rest of a plan goes on. Thread-safe;
 * actions on one resource are applied one at a time.
 */
public final class Applier {
    private final TrainAction training;
    private final RestoreAction restoring;
    private final RegisterAction registration;
    private final PromoteAction promotion;
    private final ServeAction serving;
    private final WatchAction watching;
    private final RemoveAction removal;

    /**
     * Actions through these ports.
     *
     * @param lookEarly asks for an early look at the source, after a commit of ours
     */
    public Applier(
            TrainAction training,
            RestoreAction restoring,
            Promotion promotion,
            PromotionGate gate,
            Verdicts verdicts,
            VersionComparisons comparisons,
            Ledger ledger,
            Endpoints endpoints,
            Clock clock,
            ClockWatch watch,
            Runnable lookEarly) {
        Events events = new Events(clock);
        EndpointLocks locks = new EndpointLocks();
        this.training = training;
        this.restoring = restoring;
        this.registration = new RegisterAction(ledger, verdicts, comparisons, events, clock);
        this.promotion = new PromoteAction(ledger, promotion, lookEarly);
        this.serving = new ServeAction(ledger, gate, endpoints, events, clock, locks);
        this.watching = new WatchAction(endpoints, locks);
        this.removal = new RemoveAction(ledger, endpoints, events, clock, watch, locks);
    }

    /** Does the action. */
    public Outcome apply(Action action, AdmittedCatalog catalog) throws InterruptedException {
        try {
            return switch (action) {
                case Action.Train train -> training.train(train, catalog);
                case Action.Restore restore -> restoring.restore(restore, catalog);
                case Action.Cancel cancel -> training.cancel(cancel);
                case Action.Register register -> registration.register(register, catalog);
                case Action.Promote promote -> promotion.promote(promote, catalog);
                case Action.Serve serve -> serving.serve(serve, catalog);
                case Action.Watch watch -> watching.watch(watch);
                case Action.Remove remove -> removal.remove(remove, catalog.revision());
            };
        } catch (Ledger.LedgerException failure) {
            return new Outcome.Failed("Ledger" + failure.reason(), failure.getMessage());
        } catch (DataFiles.Unavailable unavailable) {
            return unavailable.permanent()
                    ? new Outcome.Stalled(unavailable.reason(), unavailable.getMessage())
                    : new Outcome.Failed(unavailable.reason(), unavailable.getMessage());
        }
    }
}
