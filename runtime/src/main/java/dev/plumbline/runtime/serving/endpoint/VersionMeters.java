package dev.plumbline.runtime.serving.endpoint;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;

/** The counters and histograms of one version of one endpoint. Thread-safe. */
public final class VersionMeters {
    private static final Duration[] LATENCY_BUCKETS = durations(
            100,
            250,
            500,
            1_000,
            2_500,
            5_000,
            10_000,
            25_000,
            50_000,
            100_000,
            250_000,
            500_000,
            1_000_000,
            2_500_000,
            5_000_000,
            10_000_000);

    private final MeterRegistry registry;
    private final Tags tags;
    private final Timer latency;
    private final Timer runTime;
    private final Counter rows;
    private final Counter invalidOutputs;
    private final Map<Integer, Counter> errors = new ConcurrentHashMap<>();
    private final Queue<Meter> all = new ConcurrentLinkedQueue<>();

    VersionMeters(MeterRegistry registry, String serving, String version) {
        this.registry = registry;
        this.tags = Tags.of("serving", serving, "version", version);
        this.latency = kept(Timer.builder("plumbline_serving_latency")
                .description("Time from a request's head to its answer, errors included; its count is the requests")
                .tags(tags)
                .serviceLevelObjectives(LATENCY_BUCKETS)
                .register(registry));
        this.runTime = kept(Timer.builder("plumbline_serving_run")
                .description("Time that ONNX Runtime computed, per request")
                .tags(tags)
                .register(registry));
        this.rows = kept(Counter.builder("plumbline_serving_rows")
                .description("Rows answered")
                .tags(tags)
                .register(registry));
        this.invalidOutputs = kept(Counter.builder("plumbline_serving_invalid_outputs")
                .description("Requests answered 500 because the model gave a number that is none")
                .tags(tags)
                .register(registry));
    }

    /** A request was answered. */
    public void answered(int status, int rowCount, long nanoseconds) {
        latency.record(nanoseconds, TimeUnit.NANOSECONDS);
        if (status < 400) {
            rows.increment(rowCount);
        } else {
            errors.computeIfAbsent(status, this::errorCounter).increment();
        }
    }

    /** The model computed. */
    public void ran(long nanoseconds) {
        runTime.record(nanoseconds, TimeUnit.NANOSECONDS);
    }

    /** The model answered NaN or infinity. */
    public void invalidOutput() {
        invalidOutputs.increment();
    }

    /** Takes them out of the registry. */
    void remove() {
        for (Meter meter = all.poll(); meter != null; meter = all.poll()) {
            registry.remove(meter);
        }
    }

    private Counter errorCounter(int status) {
        return kept(Counter.builder("plumbline_serving_errors")
                .description("Requests answered with this HTTP status")
                .tags(tags.and("code", Integer.toString(status)))
                .register(registry));
    }

    private <M extends Meter> M kept(M meter) {
        all.add(meter);
        return meter;
    }

    private static Duration[] durations(long... microseconds) {
        Duration[] durations = new Duration[microseconds.length];
        for (int index = 0; index < microseconds.length; index++) {
            durations[index] = Duration.ofNanos(microseconds[index] * 1_000);
        }
        return durations;
    }
}
