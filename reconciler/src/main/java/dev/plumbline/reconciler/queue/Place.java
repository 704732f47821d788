package dev.plumbline.reconciler.queue;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Where a run stands in the queue.
 *
 * @param place from 1: the next one to start
 * @param of how many wait
 * @param since when it has waited
 * @param startsIn as far as earlier runs tell; empty when nothing was trained yet that could
 */
public record Place(QueuedRun run, int place, int of, Instant since, Optional<Duration> startsIn) {}
