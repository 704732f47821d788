package dev.plumbline.reconciler.ledger.git;

import dev.plumbline.reconciler.ledger.Holder;
import dev.plumbline.reconciler.ledger.Ledger.LedgerException;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * One start of a control plane from a state folder. The folder's id goes along when the folder is copied; what is drawn here
 * does not, so of two processes that call themselves by one id the ledger holds one.
 */
final class Incarnation {
    private final LedgerSettings settings;
    private final Clock clock;
    private final String id = UUID.randomUUID().toString();

    Incarnation(LedgerSettings settings, Clock clock) {
        this.settings = settings;
        this.clock = clock;
    }

    /** This start as the holder of a ledger that another one, or a former start, held before. */
    Holder after(Optional<Holder> former) {
        return new Holder(
                former.map(Holder::epoch).orElse(0L) + 1,
                settings.holder(),
                settings.holderName(),
                clock.instant(),
                Optional.of(id));
    }

    boolean is(Holder holder) {
        return holder.incarnation().equals(Optional.of(id));
    }

    /** Whether the holder is this state folder, by this start, a former one, or one of a copy of it. */
    boolean isOfThisFolder(Holder holder) {
        return holder.holder().equals(settings.holder());
    }

    /** Why nothing is to be done here any more, or at all. */
    LedgerException fenced(Holder holder, Instant lastWritten) {
        String held = "held by " + holder.name() + " since " + holder.since() + " (epoch " + holder.epoch()
                + "), which last wrote it at " + lastWritten + ". ";
        return new LedgerException(
                "Fenced",
                isOfThisFolder(holder)
                        ? "This state folder was started again elsewhere: the ledger is now " + held
                                + "One of the two folders is a copy of the other, and only one may act. To go on there, end"
                                + " this control plane and delete this copy. To go on here, stop that control plane, then"
                                + " start this one with --take-over."
                        : "The ledger is " + held
                                + "Stop that control plane if it still runs, then start this one with --take-over.");
    }
}
