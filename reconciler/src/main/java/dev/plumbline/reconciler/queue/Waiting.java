package dev.plumbline.reconciler.queue;

import java.time.Instant;
import java.util.Comparator;

/**
 * A run in the queue.
 *
 * @param number in which order they asked
 */
record Waiting(QueuedRun run, long number, Instant since) implements Comparable<Waiting> {
    private static final Comparator<Waiting> ORDER =
            Comparator.comparing((Waiting each) -> each.run().priority()).thenComparingLong(Waiting::number);

    @Override
    public int compareTo(Waiting other) {
        return ORDER.compare(this, other);
    }

    Waiting with(QueuedRun wanted) {
        return new Waiting(wanted, number, since);
    }
}
