package dev.plumbline.runtime.monitoring;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/** What happened in one part of a window. Thread-safe. */
final class WindowSlot {
    final long epoch;
    private final LongAdder requests = new LongAdder();
    private final LongAdder rows = new LongAdder();
    private final LongAdder errors = new LongAdder();
    private final AtomicIntegerArray latencies = new AtomicIntegerArray(LatencyBuckets.COUNT);
    private final AtomicReference<@Nullable Predictions> predictions = new AtomicReference<>();

    WindowSlot(long epoch) {
        this.epoch = epoch;
    }

    void request(int rowCount, long nanoseconds, boolean error) {
        requests.increment();
        latencies.getAndIncrement(LatencyBuckets.of(nanoseconds));
        if (error) {
            errors.increment();
        } else {
            rows.add(rowCount);
        }
    }

    void prediction(PredictionScale scale, int group) {
        predictions(scale).counts.getAndIncrement(group);
    }

    private Predictions predictions(PredictionScale scale) {
        while (true) {
            Predictions first = predictions.get();
            for (Predictions each = first; each != null; each = each.next) {
                if (each.scale.equals(scale)) {
                    return each;
                }
            }
            Predictions fresh =
                    new Predictions(scale, new AtomicIntegerArray(scale.groups().size()), first);
            if (predictions.compareAndSet(first, fresh)) {
                return fresh;
            }
        }
    }

    void addTo(Totals totals) {
        totals.requests += requests.sum();
        totals.rows += rows.sum();
        totals.errors += errors.sum();
        for (int bucket = 0; bucket < LatencyBuckets.COUNT; bucket++) {
            totals.latencies[bucket] += latencies.get(bucket);
        }
        for (Predictions each = predictions.get(); each != null; each = each.next) {
            each.addTo(totals.predictions);
        }
    }

    /** Counts by one scale; versions that served within the same part each have their own. */
    private record Predictions(
            PredictionScale scale,
            AtomicIntegerArray counts,
            @Nullable Predictions next) {
        void addTo(Map<String, Long> sums) {
            for (int group = 0; group < counts.length(); group++) {
                long count = counts.get(group);
                if (count > 0) {
                    sums.merge(scale.groups().get(group), count, Long::sum);
                }
            }
        }
    }

    /** Sums of several slots. */
    static final class Totals {
        long requests;
        long rows;
        long errors;
        final long[] latencies = new long[LatencyBuckets.COUNT];
        final Map<String, Long> predictions = new TreeMap<>();
    }
}
