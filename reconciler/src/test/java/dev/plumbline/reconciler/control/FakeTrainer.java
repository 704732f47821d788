package dev.plumbline.reconciler.control;

import dev.plumbline.reconciler.fixture.Records;
import dev.plumbline.runtime.ArtifactStore;
import dev.plumbline.runtime.RunId;
import dev.plumbline.runtime.Trainer;
import dev.plumbline.runtime.TrainingOutcome;
import dev.plumbline.runtime.TrainingProgress;
import dev.plumbline.runtime.TrainingRequest;
import dev.plumbline.schemas.model.Algorithm;
import dev.plumbline.schemas.model.Digest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/** Trains at once, or when a test says so; the bytes of a model follow from its run. Thread-safe. */
public final class FakeTrainer implements Trainer {
    private final ArtifactStore artifacts;
    private final List<TrainingRequest> started = new ArrayList<>();
    private final Deque<TrainingOutcome.Failed> failures = new ArrayDeque<>();
    private final List<Pending> held = new ArrayList<>();
    private final Map<Long, Double> aucOfSeed = new HashMap<>();
    private boolean holding;
    private String salt = "";
    private int format = 1;

    public FakeTrainer(ArtifactStore artifacts) {
        this.artifacts = artifacts;
    }

    /** Attempts wait from now on. */
    public synchronized void hold() {
        holding = true;
    }

    /** What waits ends, and nothing waits any more. */
    public void release() {
        List<Pending> all;
        synchronized (this) {
            holding = false;
            all = List.copyOf(held);
            held.clear();
        }
        all.forEach(each -> each.outcome().complete(model(each.request())));
    }

    /** How many wait. */
    synchronized int held() {
        return held.size();
    }

    /** What has waited longest ends. */
    void finishOne() {
        Pending first;
        synchronized (this) {
            first = held.removeFirst();
        }
        first.outcome().complete(model(first.request()));
    }

    /** What waits of the run with this seed ends. */
    void finish(long seed) {
        Pending pending;
        synchronized (this) {
            pending = held.stream()
                    .filter(each -> each.request().inputs().seed() == seed)
                    .filter(each -> !each.outcome().isDone())
                    .findFirst()
                    .orElseThrow();
            held.remove(pending);
        }
        pending.outcome().complete(model(pending.request()));
    }

    /** What was to fail does not. */
    public synchronized void failNoMore() {
        failures.clear();
    }

    /** The next attempt fails. */
    public synchronized void failNext(String reason, boolean permanent) {
        failures.add(new TrainingOutcome.Failed(reason, "it went wrong", permanent));
    }

    /** A run with this seed measures this. */
    public synchronized void measures(long seed, double auc) {
        aucOfSeed.put(seed, auc);
    }

    /** The same runs give other bytes from now on. */
    public synchronized void change() {
        salt = "other ";
    }

    /** The trainer is a later one, of which the same specs ask for other runs. */
    void becomesLater() {
        format++;
    }

    public synchronized List<TrainingRequest> started() {
        return List.copyOf(started);
    }

    public synchronized List<RunId> runs() {
        return started.stream().map(each -> each.inputs().id()).toList();
    }

    private record Pending(TrainingRequest request, CompletableFuture<TrainingOutcome> outcome) implements Attempt {
        @Override
        public void cancel(String reason) {
            outcome.complete(new TrainingOutcome.Cancelled(reason));
        }
    }

    @Override
    public int format() {
        return format;
    }

    @Override
    public Optional<String> lacks(Algorithm algorithm) {
        return Optional.empty();
    }

    @Override
    public synchronized Attempt start(TrainingRequest request, Consumer<TrainingProgress> listener) {
        started.add(request);
        listener.accept(new TrainingProgress("fitting", 0.5, "half", Optional.empty()));
        Pending attempt = new Pending(request, new CompletableFuture<>());
        TrainingOutcome.Failed failure = failures.poll();
        if (failure != null) {
            attempt.outcome().complete(failure);
        } else if (holding) {
            held.add(attempt);
        } else {
            attempt.outcome().complete(model(request));
        }
        return attempt;
    }

    private synchronized TrainingOutcome model(TrainingRequest request) {
        TrainingOutcome.Succeeded usual = Records.trained(request.inputs());
        return new TrainingOutcome.Succeeded(
                store(salt + "model of " + request.inputs().id()),
                100,
                store("training rows of " + request.inputs().dataset()),
                Records.evaluation(aucOfSeed.getOrDefault(request.inputs().seed(), 0.8)),
                usual.parity(),
                new TreeMap<>(Map.of("xgboost", salt.isEmpty() ? "2" : "3")));
    }

    private Digest store(String bytes) {
        try {
            return artifacts.put(new ByteArrayInputStream(bytes.getBytes(StandardCharsets.UTF_8)));
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }
}
