package dev.plumbline.reconciler.control;

import dev.plumbline.runtime.Comparison;
import dev.plumbline.runtime.Comparisons;
import dev.plumbline.runtime.MetricValue;
import java.util.concurrent.atomic.AtomicInteger;

/** Says of every candidate what a test wants. Thread-safe. */
public final class FakeComparisons implements Comparisons {
    private final AtomicInteger made = new AtomicInteger();
    private volatile double difference = 0.01;

    /** How much better every candidate is from now on. */
    public void difference(double now) {
        difference = now;
    }

    public int made() {
        return made.get();
    }

    @Override
    public Comparison compare(Request request) {
        made.incrementAndGet();
        return new Comparison.Measured(
                request.metric(),
                0.8 + difference,
                0.8,
                new MetricValue(difference, difference - 0.005, difference + 0.005, 100));
    }
}
