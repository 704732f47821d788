package dev.plumbline.reconciler.ledger;

import java.time.Instant;
import java.util.Optional;

/**
 * Who writes the ledger.
 *
 * @param epoch grows with every start; whoever sees a higher one than their own acts no more
 * @param holder id of the state folder that holds it
 * @param name who that is, for people
 * @param incarnation which start of that folder it is, told from those of its copies; empty in a ledger of a version that
 *     wrote none
 */
public record Holder(long epoch, String holder, String name, Instant since, Optional<String> incarnation) {
    /** Whether both are the same start of the same state folder. */
    public boolean sameStart(Holder other) {
        return epoch == other.epoch && holder.equals(other.holder) && incarnation.equals(other.incarnation);
    }
}
