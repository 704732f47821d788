package dev.plumbline.reconciler.queue;

import dev.plumbline.schemas.model.ResourceId;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;

/** Those who wait, one run a Training, in the order in which they are to start. Not thread-safe: the queue owns it. */
final class WaitingLine {
    private final Map<ResourceId, Waiting> byTraining = new HashMap<>();
    private final NavigableSet<Waiting> order = new TreeSet<>();
    private long asked;

    /** Puts a run into the line, in the place that its Training has already. */
    Waiting put(QueuedRun run, Instant now) {
        Waiting former = byTraining.get(run.training());
        Waiting put = former == null ? new Waiting(run, asked++, now) : former.with(run);
        if (former != null) {
            order.remove(former);
        }
        order.add(put);
        byTraining.put(run.training(), put);
        return put;
    }

    Optional<Waiting> find(ResourceId training) {
        return Optional.ofNullable(byTraining.get(training));
    }

    /** Whether it was there. */
    boolean remove(ResourceId training) {
        Waiting former = byTraining.remove(training);
        return former != null && order.remove(former);
    }

    /** The next one to start first. */
    NavigableSet<Waiting> inOrder() {
        return order;
    }

    /** From 1. */
    int place(Waiting each) {
        return order.headSet(each, true).size();
    }

    boolean isLast(Waiting each) {
        return order.last().equals(each);
    }

    int size() {
        return order.size();
    }
}
