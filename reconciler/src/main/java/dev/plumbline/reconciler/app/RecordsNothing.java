package dev.plumbline.reconciler.app;

import dev.plumbline.reconciler.ledger.Ledger;
import dev.plumbline.reconciler.ledger.LedgerView;
import dev.plumbline.reconciler.ledger.Transition;
import dev.plumbline.reconciler.source.Writer.PushOutcome;
import java.util.function.Function;

/** A ledger to read for a plan, which records nothing of what it looked at. */
final class RecordsNothing implements Ledger {
    private final LedgerView view;

    RecordsNothing(LedgerView view) {
        this.view = view;
    }

    @Override
    public LedgerView view() {
        return view;
    }

    @Override
    public void record(Transition transition) {
        // What was read for a plan is read again when somebody acts on it.
    }

    @Override
    public void recordUnique(Function<LedgerView, Transition> decide) throws LedgerException {
        throw new LedgerException("Refused", "a plan changes nothing");
    }

    @Override
    public PushOutcome recordWith(Function<LedgerView, Transition> decide, Move move) throws LedgerException {
        throw new LedgerException("Refused", "a plan changes nothing");
    }

    @Override
    public void close() {
        // Holds nothing.
    }
}
