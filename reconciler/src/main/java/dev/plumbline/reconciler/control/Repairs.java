package dev.plumbline.reconciler.control;

import dev.plumbline.reconciler.apply.Events;
import dev.plumbline.reconciler.ledger.EventEntry;
import dev.plumbline.reconciler.ledger.Ledger;
import dev.plumbline.reconciler.ledger.Transition;
import dev.plumbline.reconciler.source.Source;
import dev.plumbline.schemas.model.ResourceId;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Has a damaged mirror mended, not too often, and records what came of it on every endpoint. One thread. */
final class Repairs {
    private static final Logger LOG = LoggerFactory.getLogger(Repairs.class);

    /** It reads the whole mirror and clones the remote: a disk that goes on failing is not asked for that all the time. */
    private static final Duration BETWEEN = Duration.ofMinutes(5);

    private static final Set<String> MENDED = Set.of("Damaged", "AdmissionLost");

    private final Source source;
    private final Ledger ledger;
    private final Events events;
    private final Clock clock;
    private final List<String> untold = new ArrayList<>();
    private Optional<Instant> last = Optional.empty();

    Repairs(Source source, Ledger ledger, Clock clock) {
        this.source = source;
        this.ledger = ledger;
        this.events = new Events(clock);
        this.clock = clock;
    }

    /**
     * Mends the mirror if that may end the failure and was not tried just now.
     *
     * @return whether to look again at once
     */
    boolean mended(Source.SourceException failure) throws InterruptedException {
        if (!MENDED.contains(failure.reason()) || !due()) {
            return false;
        }
        last = Optional.of(clock.instant());
        LOG.warn("the mirror is examined and mended, since it cannot be read message={}", failure.getMessage());
        try {
            source.repair();
            ledger.mended();
            return true;
        } catch (Source.SourceException unable) {
            LOG.warn("the mirror cannot be mended now reason={} message={}", unable.reason(), unable.getMessage());
            return false;
        }
    }

    /** A clock that was set back makes the wait no longer than it is. */
    private boolean due() {
        return last.map(before -> Duration.between(before, clock.instant()).abs())
                .filter(since -> since.compareTo(BETWEEN) < 0)
                .isEmpty();
    }

    /**
     * Records what was mended, now or before the loop began; what cannot be recorded now is another time.
     *
     * @param endpoints whose record tells it; they are thousands, so they are asked for only when there is something to tell
     */
    void tell(Supplier<? extends Collection<ResourceId>> endpoints) throws InterruptedException {
        untold.addAll(source.repairs());
        if (untold.isEmpty()) {
            return;
        }
        String message = String.join("; ", untold);
        List<EventEntry> entries = endpoints.get().stream()
                .map(id -> events.of(id, "MirrorRepaired", message, Optional.empty()))
                .toList();
        if (entries.isEmpty()) {
            return;
        }
        try {
            ledger.record(new Transition("tell that the mirror was mended", List.copyOf(entries)));
            untold.clear();
        } catch (Ledger.LedgerException failure) {
            LOG.warn("what was mended cannot be recorded now message={}", failure.getMessage());
        }
    }
}
