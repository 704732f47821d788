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
    private final Map<ResourceId, Told> told = new ConcurrentHashMap<>();
    private volatile String unable = "";

    Troubles(Ledger ledger, Events events) {
        this.ledger = ledger;
        this.events = events;
    }

    /**
     * What was found last.
     *
     * @param at when the look began that found it
     * @param event what was recorded of it here
     */
    private record Told(String words, Instant at, Optional<EventEntry> event) {}

    /**
     * Notes what came of a look at a resource.
     *
     * @param began when the look began
     */
    void note(ResourceId id, Outcome outcome, Optional<Revision> revision, Instant began) throws InterruptedException {
        switch (outcome) {
            case Outcome.Ready ready -> told.put(id, new Told("", began, Optional.empty()));
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
        Optional<Told> before = Optional.ofNullable(told.put(id, new Told(words, began, Optional.empty())));
        if (before.filter(known -> known.words().equals(words)).isPresent() || recorded(id, outcome, before)) {
            return;
        }
        try {
            EventEntry event = events.of(id, outcome.reason(), outcome.message(), revision);
            told.put(id, new Told(words, began, Optional.of(event)));
            ledger.record(Transition.of(id + " is " + outcome.reason(), event));
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

    /** Whether the action that failed, whoever ordered it, or a former process has recorded it since. */
    private boolean recorded(ResourceId id, Outcome outcome, Optional<Told> before) {
        Instant since = before.map(Told::at).orElse(Instant.MIN);
        return ledger.view().events(Optional.of(id), 1).stream()
                .filter(event -> !event.at().isBefore(since))
                .filter(event -> !before.flatMap(Told::event).equals(Optional.of(event)))
                .filter(event -> event.reason().equals(outcome.reason()))
                .map(EventEntry::message)
                .anyMatch(outcome.message()::contains);
    }

    /** Forgets a resource that is no more. */
    void forget(ResourceId id) {
        told.remove(id);
    }
}
