package dev.plumbline.runtime.monitoring;

/**
 * A logarithmic scale for durations: eight equal steps in each doubling, so a bucket is at most 12.5 % wide.
 * Durations over 68 seconds share the last bucket.
 */
final class LatencyBuckets {
    private static final int STEP_BITS = 3;
    private static final int STEPS = 1 << STEP_BITS;
    private static final int LARGEST_EXPONENT = 36;

    /** How many buckets there are. */
    static final int COUNT = (LARGEST_EXPONENT - STEP_BITS + 1) * STEPS;

    private LatencyBuckets() {}

    /** The bucket of a duration. */
    static int of(long nanoseconds) {
        if (nanoseconds < STEPS) {
            return (int) Math.max(0, nanoseconds);
        }
        int exponent = 63 - Long.numberOfLeadingZeros(nanoseconds);
        int step = (int) (nanoseconds >>> (exponent - STEP_BITS)) & (STEPS - 1);
        return Math.min(COUNT - 1, (exponent - STEP_BITS + 1) * STEPS + step);
    }

    /** The smallest duration of a bucket, in nanoseconds. */
    static long lowerBound(int bucket) {
        if (bucket < STEPS) {
            return bucket;
        }
        int exponent = bucket / STEPS + STEP_BITS - 1;
        return (long) (STEPS + bucket % STEPS) << (exponent - STEP_BITS);
    }

    /**
     * The duration below which a share of the counted ones lies, in seconds, interpolated within its bucket; 0 when
     * nothing was counted.
     */
    static double quantile(long[] counts, double share) {
        long total = 0;
        for (long count : counts) {
            total += count;
        }
        if (total == 0) {
            return 0;
        }
        double rank = share * total;
        long below = 0;
        for (int bucket = 0; bucket < counts.length; bucket++) {
            if (counts[bucket] > 0 && below + counts[bucket] >= rank) {
                double within = Math.max(0, rank - below) / counts[bucket];
                long low = lowerBound(bucket);
                return (low + within * (lowerBound(bucket + 1) - low)) / 1e9;
            }
            below += counts[bucket];
        }
        throw new IllegalStateException("a share is at most 1, not " + share);
    }
}
