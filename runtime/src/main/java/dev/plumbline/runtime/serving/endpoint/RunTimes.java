package dev.plumbline.runtime.serving.endpoint;

import java.util.concurrent.atomic.AtomicLongArray;

/**
 * How long a version computes, learnt from its own runs: a moving average for each doubling of the number of rows.
 * Thread-safe; two runs that end at once may lose one of their measurements, which an average bears.
 */
public final class RunTimes {
    private static final int SIZES = 32;
    private static final int WEIGHT_BITS = 3;

    private final AtomicLongArray averages = new AtomicLongArray(SIZES);

    /** Learns from a run. */
    public void measured(int rows, long nanoseconds) {
        int size = size(rows);
        long before = averages.getOpaque(size);
        long after = before == 0 ? nanoseconds : before + ((nanoseconds - before) >> WEIGHT_BITS);
        averages.setOpaque(size, Math.max(1, after));
    }

    /**
     * What a run of so many rows will take, in nanoseconds; scaled up from fewer rows where that size was not seen, and
     * the longest time there is when nothing was.
     */
    public long expected(int rows) {
        int size = size(rows);
        for (int seen = size; seen >= 0; seen--) {
            long average = averages.getOpaque(seen);
            if (average != 0) {
                return average << Math.min(size - seen, 20);
            }
        }
        return Long.MAX_VALUE;
    }

    private static int size(int rows) {
        return 31 - Integer.numberOfLeadingZeros(Math.max(1, rows));
    }
}
