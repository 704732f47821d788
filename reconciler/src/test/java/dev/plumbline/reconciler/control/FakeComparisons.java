package dev.plumbline.reconciler.control;

import dev.plumbline.runtime.Comparison;
import dev.plumbline.runtime.Comparisons;
import dev.plumbline.runtime.MetricValue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;

/** Says of every candidate what a test wants. Thread-safe. */
public final class FakeComparisons implements Comparisons {
    private final AtomicInteger made = new AtomicInteger();
    private volatile double difference = 0.01;
    private volatile CompletableFuture<Void> answered = CompletableFuture.completedFuture(null);

    /** How much better every candidate is from now on. */
    public void difference(double now) {
        difference = now;
    }

    /** Answers nothing any more before the future is completed. */
    CompletableFuture<Void> hold() {
        CompletableFuture<Void> held = new CompletableFuture<>();
        answered = held;
        return held;
    }

    public int made() {
        return made.get();
    }

    @Override
    public Comparison compare(Request request) {
        made.incrementAndGet();
        answered.join();
        return new Comparison.Measured(
                request.metric(),
                0.8 + difference,
                0.8,
                new MetricValue(difference, difference - 0.005, difference + 0.005, 100));
    }
}
