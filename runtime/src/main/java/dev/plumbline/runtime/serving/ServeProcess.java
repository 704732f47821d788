package dev.plumbline.runtime.serving;

import dev.plumbline.runtime.ArtifactStore;
import dev.plumbline.runtime.artifact.FileArtifactStore;
import dev.plumbline.runtime.serving.endpoint.LiveEndpoints;
import dev.plumbline.runtime.serving.endpoint.ServingMeters;
import dev.plumbline.runtime.serving.http.AdminApi;
import dev.plumbline.runtime.serving.http.HttpLimits;
import dev.plumbline.runtime.serving.http.InferenceServer;
import dev.plumbline.schemas.fault.Failpoint;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.HexFormat;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The data plane: answers from the routing table and artifacts on disk, and takes changes through its admin port. It
 * needs no control plane to start or to go on. Thread-safe.
 */
public final class ServeProcess implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ServeProcess.class);

    private final ServeFolder folder;
    private final FileChannel lock;
    private final PrometheusMeterRegistry registry;
    private final InferenceServer inference;
    private final AdminApi admin;
    private final CountDownLatch stopAsked;
    private final AtomicBoolean closed = new AtomicBoolean();

    /**
     * Where and how to serve.
     *
     * @param state the state folder; artifacts are read from {@code artifacts/} in it
     * @param host address to listen on
     * @param port of inference; 0 lets the system choose
     * @param limits of one client
     * @param probeLimit how long a new artifact may take to load and answer in its throw-away process
     */
    public record Settings(Path state, String host, int port, HttpLimits limits, Duration probeLimit) {
        /** With limits for a server that anyone may reach. */
        public static Settings of(Path state, String host, int port) {
            return new Settings(state, host, port, HttpLimits.standard(), Duration.ofSeconds(60));
        }
    }

    private ServeProcess(
            ServeFolder folder,
            FileChannel lock,
            PrometheusMeterRegistry registry,
            InferenceServer inference,
            AdminApi admin,
            CountDownLatch stopAsked) {
        this.folder = folder;
        this.lock = lock;
        this.registry = registry;
        this.inference = inference;
        this.admin = admin;
        this.stopAsked = stopAsked;
    }

    /**
     * Restores what served last and opens both ports.
     *
     * @throws IOException when the state folder is in use or cannot be used, or a port cannot be opened; the message
     *     says which
     */
    public static ServeProcess start(Settings settings, Clock clock) throws IOException, InterruptedException {
        ServeFolder folder = new ServeFolder(settings.state());
        FileChannel lock = lock(folder);
        try {
            return start(settings, clock, folder, lock);
        } catch (IOException | InterruptedException | RuntimeException failure) {
            lock.close();
            throw failure;
        }
    }

    private static ServeProcess start(Settings settings, Clock clock, ServeFolder folder, FileChannel lock)
            throws IOException, InterruptedException {
        folder.tidy();
        PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        new JvmMemoryMetrics().bindTo(registry);
        LiveEndpoints live = new LiveEndpoints();
        ArtifactStore artifacts = new FileArtifactStore(folder.artifacts());
        ServingMeters meters = new ServingMeters(registry);
        meters.table(live);
        EndpointChanges changes = new EndpointChanges(
                live,
                artifacts,
                new ArtifactProbe(folder, settings.probeLimit()),
                new TableFile(folder.table(), folder.previousTable()),
                meters,
                clock,
                System::nanoTime,
                InferenceServer.processors());
        changes.restore();
        Failpoint.SERVE_RESTORED.hit();
        CountDownLatch stopAsked = new CountDownLatch(1);
        String token = token();
        InferenceServer inference = InferenceServer.start(
                settings.host(), settings.port(), live, settings.limits(), registry::scrape, System::nanoTime);
        AdminApi admin = null;
        try {
            admin = AdminApi.start(token, new ServeAdmin(live, changes, stopAsked));
            long pid = ProcessHandle.current().pid();
            folder.publish(new ServeFolder.Address(admin.port(), pid, inference.port()), token);
            Failpoint.SERVE_PUBLISHED.hit();
        } catch (IOException failure) {
            inference.close();
            if (admin != null) {
                admin.close();
            }
            throw failure;
        }
        LOG.info(
                "data plane is serving port={} endpoints={}",
                inference.port(),
                live.all().size());
        return new ServeProcess(folder, lock, registry, inference, admin, stopAsked);
    }

    /**
     * Serves until the control plane or a signal ends it.
     *
     * @throws IOException as {@link #start}
     */
    public static void run(Settings settings, Clock clock) throws IOException, InterruptedException {
        ServeProcess process = start(settings, clock);
        Runtime.getRuntime().addShutdownHook(new Thread(process::close, "serve-stop"));
        process.stopAsked.await();
        process.close();
    }

    /** The port of inference. */
    public int port() {
        return inference.port();
    }

    /** The port of administration, on loopback. */
    public int adminPort() {
        return admin.port();
    }

    /** Closes both ports, requests under way may end, and frees the state folder. A second call does nothing. */
    @Override
    public void close() {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        try (lock) {
            admin.close();
            inference.close();
            registry.close();
            folder.withdraw();
            LOG.info("data plane has stopped");
        } catch (IOException failure) {
            LOG.warn("data plane did not leave its folder tidy", failure);
        }
    }

    /** The lock of the operating system ends with the process, however it ends. */
    private static FileChannel lock(ServeFolder folder) throws IOException {
        FileChannel channel = FileChannel.open(folder.lock(), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock held = tryLock(channel);
        if (held == null) {
            channel.close();
            throw new IOException("another serving process uses this state folder; stop it with"
                    + " 'plumb stop --serving', or give this one another folder with --state");
        }
        return channel;
    }

    private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException heldHere) {
            return null;
        }
    }

    private static String token() {
        byte[] random = new byte[32];
        new SecureRandom().nextBytes(random);
        return HexFormat.of().formatHex(random);
    }
}
