package dev.plumbline.reconciler.control;

import dev.plumbline.reconciler.fixture.WatchedLedger;
import dev.plumbline.reconciler.ledger.Ledger;
import java.util.concurrent.atomic.AtomicLong;

/** A ledger that records so many transitions more and then none, as of a process that ends there. Thread-safe. */
final class MortalLedger extends WatchedLedger {
    private final AtomicLong left;

    MortalLedger(Ledger ledger, long left) {
        super(ledger);
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

    @Override
    protected void before() throws LedgerException {
        if (left.decrementAndGet() < 0) {
            throw new LedgerException("Storage", "the disk is full");
        }
    }
}
