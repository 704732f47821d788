package dev.plumbline.reconciler.apply;

import dev.plumbline.reconciler.ledger.Entry;
import dev.plumbline.reconciler.ledger.Ledger;
import dev.plumbline.reconciler.ledger.RunEntry;
import dev.plumbline.reconciler.ledger.RunStatus;
import dev.plumbline.reconciler.ledger.Transition;
import dev.plumbline.schemas.model.Kind;
import dev.plumbline.schemas.model.ResourceId;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;

/**
 * Records attempts as ended that a former process left under way: no process runs them any more, whatever the specs ask
 * for now. To be done before anything is reconciled.
 */
public final class LostAttempts {
    private static final String REASON = "ControlPlaneLost";

    private final Ledger ledger;
    private final Events events;
    private final Clock clock;

    /** Attempts of this ledger. */
    public LostAttempts(Ledger ledger, Events events, Clock clock) {
        this.ledger = ledger;
        this.events = events;
        this.clock = clock;
    }

    /**
     * Ends them.
     *
     * @throws Ledger.LedgerException when it could not be recorded; then nothing was
     */
    public void end() throws Ledger.LedgerException, InterruptedException {
        List<RunEntry> lost =
                ledger.view().runs().stream().filter(RunEntry::underWay).toList();
        if (lost.isEmpty()) {
            return;
        }
        List<Entry> entries = new ArrayList<>();
        for (RunEntry run : lost) {
            String message = "attempt " + run.attempt() + " at run " + run.run().shortened()
                    + " ended with the control plane that ran it";
            entries.add(run.ended(RunStatus.CANCELLED, REASON, message, false, run.result(), clock.instant()));
            entries.add(events.ofRun(new ResourceId(Kind.TRAINING, run.training()), run.run(), REASON, message));
        }
        ledger.record(new Transition("end what a former control plane left under way", entries));
    }
}
