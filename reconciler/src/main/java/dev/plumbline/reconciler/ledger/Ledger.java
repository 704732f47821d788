package dev.plumbline.reconciler.ledger;

import dev.plumbline.reconciler.source.BranchPush;
import dev.plumbline.reconciler.source.CodedException;
import dev.plumbline.reconciler.source.Writer.PushOutcome;
import java.util.Optional;
import java.util.function.Function;

/** The record of what was learned and decided. Thread-safe; blocking. */
public interface Ledger extends AutoCloseable {
    /** What is recorded now. */
    LedgerView view();

    /**
     * Records the transition. When this returns it is committed and durable in the local mirror, together with whatever
     * other threads recorded meanwhile (group commit); pushing follows.
     *
     * @throws LedgerException when it could not be recorded; then it was not
     */
    void record(Transition transition) throws LedgerException, InterruptedException;

    /**
     * Decides and records under the ledger's lock, and returns when the remote holds it too: for what must be unique in
     * the world, such as the number of a version.
     *
     * @param decide sees the view that the transition will be recorded over
     * @throws LedgerException when the remote could not be reached or another control plane has taken over; then nothing
     *     was recorded
     */
    void recordUnique(Function<LedgerView, Transition> decide) throws LedgerException, InterruptedException;

    /** Moves a branch of the remote, together with a commit of the record. */
    @FunctionalInterface
    interface Move {
        /**
         * Pushes.
         *
         * @param record the push of the record that belongs to it; empty for a record that is not in Git
         */
        PushOutcome push(Optional<BranchPush> record) throws InterruptedException;
    }

    /**
     * Decides and records as {@link #recordUnique} does, and moves another branch of the remote in the same push: both
     * happen or neither, so that whoever has lost the ledger moves nothing. A remote that cannot do so gets the record
     * first.
     *
     * @return what became of the branch; only when that is accepted is the transition sure to be recorded
     * @throws LedgerException when another control plane has taken over or the record could not be written
     */
    PushOutcome recordWith(Function<LedgerView, Transition> decide, Move move)
            throws LedgerException, InterruptedException;

    /** Why the record cannot be brought together with its remote now; empty while it can. */
    default Optional<String> trouble() {
        return Optional.empty();
    }

    /** Why what the remote holds of the record could not be vouched for when that was tried last; empty when it was. */
    default Optional<String> unvouched() {
        return Optional.empty();
    }

    /** Why nothing is to be done any more; empty while all is well. */
    default Optional<Fence> fence() {
        return Optional.empty();
    }

    /**
     * What keeps this control plane from acting.
     *
     * @param reason {@code Fenced}: another one has taken over; {@code LedgerForeign}: a stranger wrote the record;
     *     {@code LedgerRewound}: records were taken away from it;
     *     {@code LedgerDamaged}: entries were lost before they were pushed
     * @param message who, since when, and what to do
     */
    record Fence(String reason, String message) {
        /** Whether another control plane acts in place of this one, which does not end before a restart. */
        public boolean lost() {
            return reason.equals("Fenced");
        }
    }

    /** The mirror was mended: what of the record was lost with it is found out. */
    default void mended() {}

    /** Whether commits of the record are signed, so that those of a stranger are told apart. */
    default boolean signed() {
        return true;
    }

    /** Pushes what waits, stops, and releases everything held. */
    @Override
    void close();

    /** The ledger could not be read or written. */
    final class LedgerException extends CodedException {
        /**
         * Why, for people.
         *
         * @param reason fixed code: {@code Unreachable}, {@code Fenced}, {@code Refused}, {@code Damaged},
         *     {@code OtherRepository}, {@code Storage}, {@code Foreign}, {@code Rewound}, {@code Signing}
         */
        public LedgerException(String reason, String message, Throwable cause) {
            super(reason, message, cause);
        }

        /** Why, without a cause. */
        public LedgerException(String reason, String message) {
            super(reason, message);
        }
    }
}
