package dev.plumbline.reconciler.control;

import dev.plumbline.reconciler.apply.Events;
import dev.plumbline.reconciler.catalog.AdmittedCatalog;
import dev.plumbline.reconciler.ledger.EventEntry;
import dev.plumbline.reconciler.ledger.Ledger;
import dev.plumbline.reconciler.ledger.Transition;
import dev.plumbline.reconciler.source.Source;
import dev.plumbline.schemas.model.Kind;
import dev.plumbline.schemas.model.Revision;
import java.time.Clock;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Records on every endpoint that a rewritten history freezes promotion, and who ended that and why. */
final class RewrittenHistory {
    private static final Logger LOG = LoggerFactory.getLogger(RewrittenHistory.class);

    private static final String ACCEPTED = "HistoryAccepted";
    private static final int EVENTS = 100;

    private final Source source;
    private final Ledger ledger;
    private final Events events;
    private Optional<String> noted = Optional.empty();

    RewrittenHistory(Source source, Ledger ledger, Clock clock) {
        this.source = source;
        this.ledger = ledger;
        this.events = new Events(clock);
    }

    /** Records who takes the rewritten history as it is, up to this revision of it, and takes it. */
    void accept(Revision revision, String actor, String reason, AdmittedCatalog catalog)
            throws Source.SourceException, Ledger.LedgerException, InterruptedException {
        if (source.awaits(revision)) {
            record(
                    "accept the rewritten history at " + revision.shortened() + " (" + actor + ")",
                    catalog,
                    ACCEPTED,
                    "the history of the branch was rewritten from "
                            + catalog.revision().map(Revision::shortened).orElse("nothing") + " to "
                            + revision.shortened() + " and accepted: " + reason,
                    Optional.of(revision),
                    Optional.of(actor));
        }
        source.acceptHistory(revision);
        LOG.warn("rewritten history accepted revision={} actor={} reason={}", revision.shortened(), actor, reason);
    }

    /** Takes the history that was recorded as accepted, and is not yet: the process ended between the two. */
    private boolean finished(AdmittedCatalog catalog) {
        try {
            Optional<Revision> accepted = recorded(catalog);
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
    private Optional<Revision> recorded(AdmittedCatalog catalog) {
        return catalog.all(Kind.SERVING).stream()
                .flatMap(serving -> ledger.view().events(Optional.of(serving.id()), EVENTS).stream())
                .filter(event -> event.reason().equals(ACCEPTED))
                .max(Comparator.comparing(EventEntry::at))
                .flatMap(EventEntry::revision);
    }

    /** Records a freeze, once. Called by the loop's thread only. */
    void note(AdmittedCatalog catalog) throws InterruptedException {
        Optional<String> why = source.frozen();
        if (why.isPresent() && finished(catalog)) {
            return;
        }
        if (why.isPresent() && !why.equals(noted)) {
            try {
                record(
                        "promotion is frozen by a rewritten history",
                        catalog,
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
            AdmittedCatalog catalog,
            String reason,
            String message,
            Optional<Revision> revision,
            Optional<String> actor)
            throws Ledger.LedgerException, InterruptedException {
        List<EventEntry> entries = catalog.all(Kind.SERVING).stream()
                .map(serving -> events.by(serving.id(), reason, message, revision, actor))
                .toList();
        if (!entries.isEmpty()) {
            ledger.record(new Transition(subject, List.copyOf(entries)));
        }
    }
}
