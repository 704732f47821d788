package dev.plumbline.benchmarks.scale;

import dev.plumbline.runtime.ArtifactStore;
import dev.plumbline.runtime.Comparison;
import dev.plumbline.runtime.Comparisons;
import dev.plumbline.runtime.DataFile;
import dev.plumbline.runtime.DatasetReading;
import dev.plumbline.runtime.Datasets;
import dev.plumbline.runtime.DeployOutcome;
import dev.plumbline.runtime.EndpointConfiguration;
import dev.plumbline.runtime.EndpointObservation;
import dev.plumbline.runtime.Endpoints;
import dev.plumbline.runtime.Evaluation;
import dev.plumbline.runtime.Fairness;
import dev.plumbline.runtime.MetricValue;
import dev.plumbline.runtime.Trainer;
import dev.plumbline.runtime.TrainingOutcome;
import dev.plumbline.runtime.TrainingProgress;
import dev.plumbline.runtime.TrainingRequest;
import dev.plumbline.schemas.model.Algorithm;
import dev.plumbline.schemas.model.DatasetSpec;
import dev.plumbline.schemas.model.Digest;
import dev.plumbline.schemas.model.Metric;
import dev.plumbline.schemas.model.ModelSpec;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/** Data, training and serving that take no time: what remains is the control plane. Thread-safe. */
final class NoOpRuntime implements Datasets, Trainer, Comparisons, Endpoints {
    private final Digest artifact;
    private final Map<String, EndpointConfiguration> live = new ConcurrentHashMap<>();
    private final AtomicInteger attempts = new AtomicInteger();
    private final AtomicInteger deployments = new AtomicInteger();
    private final AtomicInteger observations = new AtomicInteger();

    /** A runtime whose models all have the same bytes. */
    NoOpRuntime(ArtifactStore artifacts) throws IOException {
        artifact = artifacts.put(new ByteArrayInputStream("model".getBytes(StandardCharsets.UTF_8)));
    }

    int attempts() {
        return attempts.get();
    }

    int deployments() {
        return deployments.get();
    }

    int observations() {
        return observations.get();
    }

    @Override
    public DatasetReading read(DatasetSpec dataset, Optional<ModelSpec> model, DataFile file) {
        return new DatasetReading.Accepted(file.digest(), 50, 38, 12);
    }

    @Override
    public int format() {
        return 1;
    }

    @Override
    public Optional<String> lacks(Algorithm algorithm) {
        return Optional.empty();
    }

    @Override
    public Attempt start(TrainingRequest request, Consumer<TrainingProgress> listener) {
        attempts.incrementAndGet();
        return new Done(CompletableFuture.completedFuture(new TrainingOutcome.Succeeded(
                artifact,
                5,
                artifact,
                new Evaluation(
                        Map.of(Metric.AUC, new MetricValue(0.8, 0.78, 0.82, 200)),
                        List.of("no", "yes"),
                        List.of(List.of(100L, 20L), List.of(10L, 70L)),
                        List.of()),
                new TrainingOutcome.Parity(200, 0, 1.5e-7, true),
                new TreeMap<>(Map.of("java", "25")))));
    }

    private record Done(CompletableFuture<TrainingOutcome> outcome) implements Attempt {
        @Override
        public void cancel(String reason) {
            // It ended when it began.
        }
    }

    @Override
    public Comparison compare(Request request) {
        return new Comparison.Measured(request.metric(), 0.81, 0.8, new MetricValue(0.01, 0.005, 0.015, 100));
    }

    @Override
    public Optional<Fairness> groups(GroupsRequest request) {
        return Optional.empty();
    }

    @Override
    public DeployOutcome deploy(EndpointConfiguration configuration) {
        deployments.incrementAndGet();
        live.put(configuration.serving(), configuration);
        return new DeployOutcome.Done();
    }

    @Override
    public DeployOutcome remove(String serving) {
        live.remove(serving);
        return new DeployOutcome.Done();
    }

    @Override
    public Map<String, EndpointObservation> observe() {
        observations.incrementAndGet();
        Map<String, EndpointObservation> all = new HashMap<>();
        live.forEach((name, configuration) -> all.put(name, new EndpointObservation(configuration, Optional.empty())));
        return all;
    }

    @Override
    public Optional<EndpointObservation> observe(String serving) {
        observations.incrementAndGet();
        return Optional.ofNullable(live.get(serving))
                .map(configuration -> new EndpointObservation(configuration, Optional.empty()));
    }
}
