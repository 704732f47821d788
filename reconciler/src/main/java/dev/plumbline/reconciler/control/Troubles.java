package dev.plumbline.reconciler.control;

import dev.plumbline.reconciler.apply.Events;
import dev.plumbline.reconciler.ledger.EventEntry;
import dev.plumbline.reconciler.ledger.Ledger;
import dev.plumbline.reconciler.ledger.Transition;
import dev.plumbline.reconciler.status.Outcome;
import dev.plumbline.schemas.model.ResourceId;
import dev.plumbline.schemas.model.Revision;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Records what goes wrong with a resource as an event: once for each reason and message, however often it is tried again.
 * Thread-safe; one resource is noted by one thread at a time.
 */
final class Troubles {
    private static final Logger LOG = LoggerFactory.getLogger(Troubles.class);

    private final Ledger ledger;
    private final Events events;
    private final Map<ResourceId, String> told = new ConcurrentHashMap<>();
    private volatile String unable = "";

    Troubles(Ledger ledger, Events events) {
        this.ledger = ledger;
        this.events = events;
    }

    /**
     * Notes what came of a look at a resource.
     *
     * @param began when the look began
     */
    void note(ResourceId id, Outcome outcome, Optional<Revision> revision, Instant began) throws InterruptedException {
        switch (outcome) {
            case Outcome.Ready ready -> told.put(id, "");
            case Outcome.Waiting waiting -> {
                // What it waits for says more than that it waits.
            }
            // Attempts and times are counted in the words of a failure that is otherwise the same.
            case Outcome.Failed failed ->
                tell(id, failed, failed.reason() + failed.message().replaceAll("[0-9]+", "#"), revision, began);
            case Outcome.Stalled stalled -> tell(id, stalled, stalled.reason() + stalled.message(), revision, began);
        }
    }

    private void tell(ResourceId id, Outcome outcome, String words, Optional<Revision> revision, Instant began)
            throws InterruptedException {
        // What keeps everything from being recorded is told once for all resources, by whoever looks at the ledger.
        if (ledger.fence().isPresent()) {
            return;
        }
        String before = told.put(id, words);
        if (words.equals(before) || recorded(id, outcome, before == null ? Instant.MIN : began)) {
            return;
        }
        try {
            ledger.record(Transition.of(
                    id + " is " + outcome.reason(), events.of(id, outcome.reason(), outcome.message(), revision)));
            unable = "";
        } catch (Ledger.LedgerException failure) {
            told.remove(id);
            unable(id, outcome, String.valueOf(failure.getMessage()));
        }
    }

    /** A ledger that takes nothing takes nothing of ten thousand resources: why is told once. */
    private void unable(ResourceId id, Outcome outcome, String why) {
        if (!why.equals(unable)) {
            unable = why;
            LOG.info(
                    "trouble could not be recorded, which is told once for all resources kind={} name={} reason={} message={}",
                    id.kind().label(),
                    id.name(),
                    outcome.reason(),
                    why);
        }
    }

    /** Whether the action that failed, or a former process, recorded it already. */
    private boolean recorded(ResourceId id, Outcome outcome, Instant since) {
        return ledger.view().events(Optional.of(id), 1).stream()
                .filter(event -> !event.at().isBefore(since))
                .filter(event -> event.reason().equals(outcome.reason()))
                .map(EventEntry::message)
                .anyMatch(outcome.message()::contains);
    }

    /** Forgets a resource that is no more. */
    void forget(ResourceId id) {
        told.remove(id);
    }
}
