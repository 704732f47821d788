package dev.plumbline.reconciler.api;

import dev.plumbline.reconciler.control.Operations;
import dev.plumbline.reconciler.ledger.EventEntry;
import dev.plumbline.reconciler.report.EventReport;
import dev.plumbline.schemas.json.Json;
import dev.plumbline.schemas.model.ResourceId;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** Events as they happen, oldest first: what there is, then what comes. */
final class EventStream {
    private static final Duration LOOK_AGAIN = Duration.ofSeconds(2);

    private final Operations operations;
    private final Optional<ResourceId> resource;
    private final int limit;
    private Set<EventEntry> seen = new HashSet<>();

    EventStream(Operations operations, Optional<ResourceId> resource, int limit) {
        this.operations = operations;
        this.resource = resource;
        this.limit = limit;
    }

    /** Writes until interrupted; an empty line tells a reader that has gone from one that waits. */
    void writeTo(Consumer<String> sink) throws InterruptedException {
        long generation = operations.state().generation();
        while (!Thread.currentThread().isInterrupted()) {
            List<EventEntry> now = operations.ledger().events(resource, limit);
            boolean wrote = false;
            for (EventEntry event : now.reversed()) {
                if (!seen.contains(event)) {
                    sink.accept(Json.line(EventReport.of(event)));
                    wrote = true;
                }
            }
            seen = new HashSet<>(now);
            if (!wrote) {
                sink.accept("");
            }
            generation = operations.awaitChange(generation, LOOK_AGAIN).generation();
        }
    }
}
