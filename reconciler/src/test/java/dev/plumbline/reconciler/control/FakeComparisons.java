package dev.plumbline.reconciler.control;

import dev.plumbline.runtime.ArtifactStore;
import dev.plumbline.runtime.Comparison;
import dev.plumbline.runtime.Comparisons;
import dev.plumbline.runtime.Fairness;
import dev.plumbline.runtime.MetricValue;
import dev.plumbline.schemas.model.Digest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/** Says of every candidate what a test wants. Thread-safe. */
public final class FakeComparisons implements Comparisons {
    private final ArtifactStore artifacts;
    private final AtomicInteger made = new AtomicInteger();
    private final List<List<String>> grouped = new CopyOnWriteArrayList<>();
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

    /** The columns that models were compared by, in turn. */
    List<List<String>> grouped() {
        return List.copyOf(grouped);
    }

    /** All groups are treated alike. */
    @Override
    public Optional<Fairness> groups(GroupsRequest request) {
        grouped.add(request.sensitive());
        return Optional.of(new Fairness(
                request.sensitive(),
                Optional.empty(),
                request.sensitive().stream().map(FakeComparisons::alike).toList()));
    }

    private static Fairness.Partition alike(String column) {
        List<Fairness.Group> groups = Stream.of("1", "2")
                .map(value -> new Fairness.Group(List.of(value), 100, new Fairness.Counts(50, 0, 0, 50), Map.of()))
                .toList();
        return new Fairness.Partition(
                List.of(column),
                "Yes",
                Optional.empty(),
                groups,
                Map.of(
                        Fairness.Gap.DEMOGRAPHIC_PARITY_RATIO,
                        gap(1, 0.9, 1),
                        Fairness.Gap.EQUAL_OPPORTUNITY_DIFFERENCE,
                        gap(0, 0, 0.05)),
                List.of());
    }

    private static Fairness.Difference gap(double value, double low, double high) {
        return new Fairness.Difference(value, low, high, Fairness.Rate.SELECTION, List.of("1"), List.of("2"));
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
