package dev.plumbline.reconciler.control;

import dev.plumbline.runtime.ArtifactStore;
import dev.plumbline.runtime.Comparison;
import dev.plumbline.runtime.Comparisons;
import dev.plumbline.runtime.MetricValue;
import dev.plumbline.schemas.model.Digest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;

/** Says of every candidate what a test wants. Thread-safe. */
public final class FakeComparisons implements Comparisons {
    private final ArtifactStore artifacts;
    private final AtomicInteger made = new AtomicInteger();
    private volatile boolean broken;
    private volatile double difference = 0.01;
    private volatile CompletableFuture<Void> answered = CompletableFuture.completedFuture(null);

    /** Comparisons of what is in this store. */
    public FakeComparisons(ArtifactStore artifacts) {
        this.artifacts = artifacts;
    }

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

    /** Every comparison ends by a bug from now on. */
    void breakDown() {
        broken = true;
    }

    public int made() {
        return made.get();
    }

    @Override
    public Comparison compare(Request request) {
        made.incrementAndGet();
        answered.join();
        if (broken) {
            throw new IllegalStateException("a bug");
        }
        for (Digest digest : List.of(request.servingTrainingRows(), request.serving())) {
            if (lost(digest)) {
                return new Comparison.ServingLost(request.metric(), digest);
            }
        }
        if (lost(request.candidate())) {
            return new Comparison.CandidateLost(request.candidate());
        }
        return new Comparison.Measured(
                request.metric(),
                0.8 + difference,
                0.8,
                new MetricValue(difference, difference - 0.005, difference + 0.005, 100));
    }

    private boolean lost(Digest digest) {
        try {
            return artifacts.find(digest).isEmpty();
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }
}
