package dev.plumbline.reconciler.ledger.git;

import dev.plumbline.reconciler.ledger.Holder;
import dev.plumbline.reconciler.ledger.Ledger.LedgerException;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
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

    /** Why this start is refused. */
    LedgerException held(Holder holder, Instant lastWritten) {
        return new LedgerException(
                "Fenced",
                isOfThisFolder(holder)
                        ? copied(holder, lastWritten)
                        : "The ledger is held by " + who(holder, lastWritten)
                                + "Stop that control plane if it still runs, then start this one with --take-over.");
    }

    /** Why nothing is done any more by this control plane, which runs. */
    LedgerException displaced(Holder holder, Instant lastWritten) {
        return new LedgerException(
                "Fenced",
                isOfThisFolder(holder)
                        ? copied(holder, lastWritten)
                        : "The ledger was taken over: it is held by " + who(holder, lastWritten)
                                + "Endpoints here go on serving, and nothing else is done. If that was meant, stop this"
                                + " control plane. If not, stop that one, and start this one again with --take-over.");
    }

    private static String copied(Holder holder, Instant lastWritten) {
        return "This state folder was started again elsewhere: the ledger is now held by " + who(holder, lastWritten)
                + "One of the two folders is a copy of the other, and only one may act. To go on there, end this control"
                + " plane and delete this copy. To go on here, stop that control plane, then start this one with"
                + " --take-over.";
    }

    private static String who(Holder holder, Instant lastWritten) {
        return holder.name() + " since " + holder.since().truncatedTo(ChronoUnit.SECONDS) + " (epoch " + holder.epoch()
                + "), which last wrote it at " + lastWritten.truncatedTo(ChronoUnit.SECONDS) + ". ";
    }
}
