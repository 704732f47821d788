package dev.plumbline.reconciler.control;

import dev.plumbline.reconciler.ledger.Ledger;
import dev.plumbline.reconciler.ledger.LedgerView;
import dev.plumbline.reconciler.ledger.Transition;
import dev.plumbline.reconciler.source.Writer.PushOutcome;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;

/** A ledger that records so many transitions more and then none, as of a process that ends there. Thread-safe. */
final class MortalLedger implements Ledger {
    private final Ledger ledger;
    private final AtomicLong left;

    MortalLedger(Ledger ledger, long left) {
        this.ledger = ledger;
        this.left = new AtomicLong(left);
    }

    boolean dead() {
        return left.get() < 0;
    }

    /** Records no more. */
    void die() {
        left.set(0);
    }

    /** Records for ever. */
    void revive() {
        left.set(Long.MAX_VALUE);
    }

    private void live() throws LedgerException {
        if (left.decrementAndGet() < 0) {
            throw new LedgerException("Storage", "the disk is full");
        }
    }

    @Override
    public LedgerView view() {
        return ledger.view();
    }

    @Override
    public void record(Transition transition) throws LedgerException, InterruptedException {
        live();
        ledger.record(transition);
    }

    @Override
    public void recordUnique(Function<LedgerView, Transition> decide) throws LedgerException, InterruptedException {
        live();
        ledger.recordUnique(decide);
    }

    @Override
    public PushOutcome recordWith(Function<LedgerView, Transition> decide, Move move)
            throws LedgerException, InterruptedException {
        live();
        return ledger.recordWith(decide, move);
    }

    @Override
    public Optional<Fence> fence() {
        return ledger.fence();
    }

    @Override
    public void close() {
        ledger.close();
    }
}
