package dev.plumbline.reconciler.control;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How long to wait before trying again: twice as long after each failure, up to a bound, and up to a fifth less so that
 * what failed together is not tried again together.
 */
record Backoff(Duration first, Duration most, RandomGenerator random) {
    private static final int MOST_DOUBLINGS = 30;

    /** How long to wait after this many failures in a row, from 1. */
    Duration after(int failures) {
        long doubled = first.toMillis() << Math.min(failures - 1, MOST_DOUBLINGS);
        long bounded = Math.min(doubled, most.toMillis());
        return Duration.ofMillis(Math.round(bounded * (1 - random.nextDouble() / 5)));
    }
}
