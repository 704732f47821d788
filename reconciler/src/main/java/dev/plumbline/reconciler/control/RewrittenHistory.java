package dev.plumbline.reconciler.control;

import dev.plumbline.reconciler.apply.Events;
import dev.plumbline.reconciler.catalog.AdmittedCatalog;
import dev.plumbline.reconciler.ledger.AdmissionEntry;
import dev.plumbline.reconciler.ledger.EventEntry;
import dev.plumbline.reconciler.ledger.Ledger;
import dev.plumbline.reconciler.ledger.Transition;
import dev.plumbline.reconciler.source.Source;
import dev.plumbline.schemas.model.ResourceId;
import dev.plumbline.schemas.model.Revision;
import java.time.Clock;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Records on each of its witnesses that a rewritten history freezes promotion, and who ended that and why. */
final class RewrittenHistory {
    private static final Logger LOG = LoggerFactory.getLogger(RewrittenHistory.class);

    private static final String ACCEPTED = "HistoryAccepted";
    private static final int EVENTS = 100;

    private final Source source;
    private final Ledger ledger;
    private final Events events;
    private Optional<String> noted = Optional.empty();
    /** What a person took in place of what was admitted last, where nothing keeps the record of it. */
    private volatile Optional<Revision> waived = Optional.empty();

    RewrittenHistory(Source source, Ledger ledger, Clock clock) {
        this.source = source;
        this.ledger = ledger;
        this.events = new Events(clock);
    }

    /**
     * Records who takes the rewritten history as it is, up to this revision of it, and takes it.
     *
     * @param lost whether what was admitted last cannot be read, which is done without then
     */
    void accept(
            Revision revision,
            String actor,
            String reason,
            AdmittedCatalog catalog,
            Collection<ResourceId> witnesses,
            boolean lost)
            throws Source.SourceException, Ledger.LedgerException, InterruptedException {
        boolean awaited = source.awaits(revision);
        if (lost) {
            source.at(revision);
        }
        if (awaited || lost) {
            record(
                    "accept the rewritten history at " + revision.shortened() + " (" + actor + ")",
                    witnesses,
                    ACCEPTED,
                    "the history of the branch was " + (awaited ? "rewritten" : "lost") + " from "
                            + catalog.revision()
                                    .or(() -> ledger.view().admission().map(AdmissionEntry::revision))
                                    .map(Revision::shortened)
                                    .orElse("nothing")
                            + " to " + revision.shortened() + " and accepted: " + reason,
                    Optional.of(revision),
                    Optional.of(actor));
        }
        if (lost) {
            waived = Optional.of(revision);
        }
        if (awaited || !lost) {
            source.acceptHistory(revision);
        }
        LOG.warn("rewritten history accepted revision={} actor={} reason={}", revision.shortened(), actor, reason);
    }

    /** Whether a person took the branch up to here, or to where it was before, after what is lost had been admitted. */
    boolean waived(Revision head, Collection<ResourceId> witnesses) throws Source.SourceException {
        Optional<AdmissionEntry> last = ledger.view().admission();
        Optional<Revision> recorded = accepted(witnesses)
                .filter(event ->
                        last.filter(before -> event.at().isBefore(before.at())).isEmpty())
                .flatMap(EventEntry::revision);
        for (Optional<Revision> taken : List.of(waived, recorded)) {
            if (taken.isPresent()
                    && !taken.equals(last.map(AdmissionEntry::revision))
                    && source.includes(head, taken.get())) {
                return true;
            }
        }
        return false;
    }

    /** Takes the history that was recorded as accepted, and is not yet: the process ended between the two. */
    private boolean finished(AdmittedCatalog catalog, Collection<ResourceId> witnesses) {
        try {
            Optional<Revision> accepted = accepted(witnesses).flatMap(EventEntry::revision);
            // One that was in force already says nothing about a history that was rewritten after it.
            if (accepted.isEmpty()
                    || catalog.revision().isEmpty()
                    || source.includes(catalog.revision().get(), accepted.get())
                    || !source.awaits(accepted.get())) {
                return false;
            }
            source.acceptHistory(accepted.get());
            return true;
        } catch (Source.SourceException failure) {
            LOG.warn(
                    "an accepted history could not be taken reason={} message={}",
                    failure.reason(),
                    failure.getMessage());
            return false;
        }
    }

    /** What was accepted last. */
    private Optional<EventEntry> accepted(Collection<ResourceId> witnesses) {
        return witnesses.stream()
                .flatMap(serving -> ledger.view().events(Optional.of(serving), EVENTS).stream())
                .filter(event -> event.reason().equals(ACCEPTED))
                .max(Comparator.comparing(EventEntry::at));
    }

    /** Records a freeze, once. Called by the loop's thread only. */
    void note(AdmittedCatalog catalog, Collection<ResourceId> witnesses) throws InterruptedException {
        Optional<String> why = source.frozen();
        if (why.isPresent() && finished(catalog, witnesses)) {
            return;
        }
        if (why.isPresent() && !why.equals(noted)) {
            try {
                record(
                        "promotion is frozen by a rewritten history",
                        witnesses,
                        "HistoryRewritten",
                        why.get(),
                        Optional.empty(),
                        Optional.empty());
            } catch (Ledger.LedgerException failure) {
                LOG.warn(
                        "the freeze could not be recorded reason={} message={}",
                        failure.reason(),
                        failure.getMessage());
                return;
            }
        }
        noted = why;
    }

    private void record(
            String subject,
            Collection<ResourceId> witnesses,
            String reason,
            String message,
            Optional<Revision> revision,
            Optional<String> actor)
            throws Ledger.LedgerException, InterruptedException {
        List<EventEntry> entries = witnesses.stream()
                .map(serving -> events.by(serving, reason, message, revision, actor))
                .toList();
        if (!entries.isEmpty()) {
            ledger.record(new Transition(subject, List.copyOf(entries)));
        }
    }
}
