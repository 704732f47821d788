package dev.plumbline.runtime.serving.endpoint;

import java.util.concurrent.atomic.AtomicLongArray;

/**
 * How long a version computes, learnt from its own runs: an estimate for each doubling of the number of rows. Now and
 * then a thread is interrupted for longer than a run takes, so the estimate follows shorter runs quickly and longer ones
 * only step by step: it stays near what a run takes when nothing comes between. Thread-safe; of two runs that end at
 * once one measurement may be lost, which an estimate bears.
 */
public final class RunTimes {
    private static final int SIZES = 32;
    private static final int DOWN_BITS = 2;
    private static final int UP_BITS = 4;

    private final AtomicLongArray estimates = new AtomicLongArray(SIZES);

    /** Learns from a run. */
    public void measured(int rows, long nanoseconds) {
        int size = size(rows);
        long before = estimates.getOpaque(size);
        long after;
        if (before == 0) {
            after = nanoseconds;
        } else if (nanoseconds < before) {
            after = before - ((before - nanoseconds) >> DOWN_BITS);
        } else {
            after = before + (Math.min(nanoseconds - before, before) >> UP_BITS);
        }
        estimates.setOpaque(size, Math.max(1, after));
    }

    /**
     * What a run of so many rows will take, in nanoseconds; scaled up from fewer rows where that size was not seen, and
     * the longest time there is when nothing was.
     */
    public long expected(int rows) {
        int size = size(rows);
        for (int seen = size; seen >= 0; seen--) {
            long estimate = estimates.getOpaque(seen);
            if (estimate != 0) {
                return estimate << Math.min(size - seen, 20);
            }
        }
        return Long.MAX_VALUE;
    }

    private static int size(int rows) {
        return 31 - Integer.numberOfLeadingZeros(Math.max(1, rows));
    }
}
