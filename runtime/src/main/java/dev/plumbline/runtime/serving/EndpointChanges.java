package dev.plumbline.runtime.serving;

import dev.plumbline.runtime.ArtifactStore;
import dev.plumbline.runtime.DeployOutcome;
import dev.plumbline.runtime.EndpointConfiguration;
import dev.plumbline.runtime.EndpointConfiguration.ServedVersion;
import dev.plumbline.runtime.monitoring.EndpointWindow;
import dev.plumbline.runtime.onnx.InferenceException;
import dev.plumbline.runtime.onnx.ModelRefusedException;
import dev.plumbline.runtime.onnx.OnnxModel;
import dev.plumbline.runtime.serving.endpoint.Endpoint;
import dev.plumbline.runtime.serving.endpoint.Gate;
import dev.plumbline.runtime.serving.endpoint.LiveEndpoints;
import dev.plumbline.runtime.serving.endpoint.ServedModel;
import dev.plumbline.runtime.serving.endpoint.ServingMeters;
import dev.plumbline.runtime.serving.endpoint.TableState;
import dev.plumbline.runtime.serving.endpoint.VersionMeters;
import dev.plumbline.runtime.serving.endpoint.WarmUp;
import dev.plumbline.schemas.fault.Failpoint;
import dev.plumbline.schemas.model.Digest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Applies changes to endpoints: probe, load, warm, write the table, swap. Whatever fails before the swap leaves what
 * serves as it is. One change of an endpoint at a time; others go on beside it, and readers never wait. Thread-safe.
 */
final class EndpointChanges {
    private static final Logger LOG = LoggerFactory.getLogger(EndpointChanges.class);

    private final LiveEndpoints live;
    private final ArtifactStore artifacts;
    private final ArtifactProbe probe;
    private final TableFile file;
    private final ServingMeters meters;
    private final Clock clock;
    private final LongSupplier nanoTime;
    private final int workers;
    private final Map<String, ReentrantLock> changing = new ConcurrentHashMap<>();
    private final Object tableLock = new Object();

    private RoutingTable table = RoutingTable.EMPTY;

    EndpointChanges(
            LiveEndpoints live,
            ArtifactStore artifacts,
            ArtifactProbe probe,
            TableFile file,
            ServingMeters meters,
            Clock clock,
            LongSupplier nanoTime,
            int workers) {
        this.live = live;
        this.artifacts = artifacts;
        this.probe = probe;
        this.file = file;
        this.meters = meters;
        this.clock = clock;
        this.nanoTime = nanoTime;
        this.workers = workers;
    }

    /**
     * Puts back what the table on disk says, several endpoints at once. One whose version cannot be loaded says so and
     * harms no other.
     */
    void restore() throws IOException, InterruptedException {
        TableFile.Reading reading = file.read();
        RoutingTable last = reading.table();
        live.table(reading.state());
        synchronized (tableLock) {
            table = last;
        }
        try (ExecutorService threads =
                Executors.newFixedThreadPool(workers, Thread.ofVirtual().factory())) {
            List<Callable<Void>> restores = last.endpoints().values().stream()
                    .<Callable<Void>>map(configuration -> () -> {
                        restore(configuration);
                        return null;
                    })
                    .toList();
            for (Future<Void> restored : threads.invokeAll(restores)) {
                restored.get();
            }
        } catch (ExecutionException failure) {
            throw new IOException("the endpoints of the last start could not be restored", failure.getCause());
        }
        live.restored();
    }

    private void restore(EndpointConfiguration configuration) throws InterruptedException {
        Loaded loaded = load(configuration, null);
        if (loaded.failure() != null) {
            LOG.error(
                    "endpoint was not restored serving={} reason={} message={}",
                    configuration.serving(),
                    loaded.failure().reason(),
                    loaded.failure().message());
        }
        swap(configuration, loaded, null);
    }

    /** Makes an endpoint serve this. */
    DeployOutcome deploy(EndpointConfiguration configuration) throws InterruptedException {
        ReentrantLock change = lock(configuration.serving());
        try {
            Endpoint before = live.find(configuration.serving());
            if (before != null && before.ready() && before.configuration().equals(configuration)) {
                return new DeployOutcome.Done();
            }
            Loaded loaded = load(configuration, before);
            return loaded.failure() != null ? loaded.failure() : keepAndSwap(configuration, loaded, before);
        } finally {
            change.unlock();
        }
    }

    /** Ends an endpoint. */
    DeployOutcome remove(String serving) throws InterruptedException {
        ReentrantLock change = lock(serving);
        try {
            keep(last -> last.without(serving));
            if (live.find(serving) != null) {
                live.remove(serving);
                meters.forget(serving);
                LOG.info("endpoint removed serving={}", serving);
            }
            return new DeployOutcome.Done();
        } catch (IOException failure) {
            return notWritten(failure);
        } finally {
            change.unlock();
        }
    }

    private ReentrantLock lock(String serving) throws InterruptedException {
        ReentrantLock lock = changing.computeIfAbsent(serving, _ -> new ReentrantLock());
        lock.lockInterruptibly();
        return lock;
    }

    private void keep(UnaryOperator<RoutingTable> change) throws IOException {
        synchronized (tableLock) {
            RoutingTable next = change.apply(table);
            if (!next.equals(table)) {
                file.write(next);
                Failpoint.TABLE_MOVED.hit();
                table = next;
                live.table(TableState.LAST);
            }
        }
    }

    /** What loading gave: a version, none because none is asked for, or why not. */
    private record Loaded(@Nullable ServedModel model, DeployOutcome.@Nullable Failed failure) {
        static Loaded failed(String reason, String message, boolean permanent) {
            return new Loaded(null, new DeployOutcome.Failed(reason, message, permanent));
        }
    }

    private Loaded load(EndpointConfiguration configuration, @Nullable Endpoint before) throws InterruptedException {
        Optional<ServedVersion> stable = configuration.stable();
        if (stable.isEmpty()) {
            return new Loaded(null, null);
        }
        if (before != null && before.model() != null && before.model().served().equals(stable.get())) {
            return new Loaded(before.model(), null);
        }
        ServedVersion version = stable.get();
        try {
            Optional<Path> artifact = artifacts.find(version.digest());
            if (artifact.isEmpty()) {
                return Loaded.failed(
                        "ArtifactMissing",
                        "The artifact " + version.digest().shortened() + " of " + version.version()
                                + " is not in the artifact store, or its bytes are damaged. Restore the store from a"
                                + " backup, or train the version's run again.",
                        false);
            }
            Optional<DeployOutcome.Failed> refused = probe.probe(artifact.get(), version.digest());
            Failpoint.ARTIFACT_PROBED.hit();
            return refused.isPresent() ? new Loaded(null, refused.get()) : load(version, artifact.get());
        } catch (IOException failure) {
            LOG.warn(
                    "artifact was not read serving={} version={}", configuration.serving(), version.version(), failure);
            return Loaded.failed(
                    "LoadFailed", "The artifact of " + version.version() + " could not be read from disk.", false);
        }
    }

    /** The digest is checked again over the very bytes that are loaded. */
    private Loaded load(ServedVersion version, Path artifact) throws IOException {
        byte[] bytes = Files.readAllBytes(artifact);
        if (!Digest.of(bytes).equals(version.digest())) {
            return Loaded.failed(
                    "LoadFailed",
                    "The artifact of " + version.version() + " changed on disk while it was being loaded.",
                    false);
        }
        try {
            ServedModel model = new ServedModel(version, OnnxModel.load(bytes));
            try {
                WarmUp.run(model, nanoTime);
                return new Loaded(model, null);
            } catch (InferenceException | IllegalStateException cold) {
                LOG.warn("version did not warm up version={}", version.version(), cold);
                model.release();
                return Loaded.failed(
                        "LoadFailed", version.version() + " loads but does not answer made-up rows.", true);
            }
        } catch (ModelRefusedException refused) {
            return Loaded.failed("LoadFailed", String.valueOf(refused.getMessage()), true);
        }
    }

    /** The table is on disk before traffic moves, so a restart never goes back to what was replaced. */
    private DeployOutcome keepAndSwap(EndpointConfiguration configuration, Loaded loaded, @Nullable Endpoint before) {
        try {
            keep(last -> last.with(configuration));
        } catch (IOException failure) {
            if (loaded.model() != null && (before == null || before.model() != loaded.model())) {
                loaded.model().release();
            }
            return notWritten(failure);
        }
        swap(configuration, loaded, before);
        Failpoint.TABLE_SWAPPED.hit();
        LOG.info(
                "endpoint changed serving={} version={}",
                configuration.serving(),
                configuration.stable().map(each -> each.version().toString()).orElse("none"));
        return new DeployOutcome.Done();
    }

    private void swap(EndpointConfiguration configuration, Loaded loaded, @Nullable Endpoint before) {
        String serving = configuration.serving();
        Gate gate = before == null ? new Gate(workers) : before.gate();
        EndpointWindow window = window(configuration, before);
        ServedModel model = loaded.model();
        VersionMeters counted = model == null ? null : meters.of(serving, model.label());
        String fault = loaded.failure() == null ? "" : loaded.failure().message();
        live.put(new Endpoint(configuration, model, fault, gate, window, counted));
        meters.show(
                serving, gate, window, model == null ? List.of() : model.scale().groups());
    }

    private @Nullable EndpointWindow window(EndpointConfiguration configuration, @Nullable Endpoint before) {
        EndpointWindow last = before == null ? null : before.window();
        if (configuration.window().isEmpty()) {
            return null;
        }
        return last != null && last.length().equals(configuration.window().get())
                ? last
                : new EndpointWindow(clock, configuration.window().get());
    }

    private static DeployOutcome notWritten(IOException failure) {
        LOG.error("routing table was not written", failure);
        return new DeployOutcome.Failed(
                "LoadFailed",
                "The routing table could not be written to the state folder (is the disk full?). What served before"
                        + " goes on.",
                false);
    }
}
