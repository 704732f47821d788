package dev.plumbline.runtime.serving;

import dev.plumbline.runtime.DeployOutcome;
import dev.plumbline.runtime.EndpointConfiguration;
import dev.plumbline.runtime.EndpointObservation;
import dev.plumbline.runtime.Endpoints;
import dev.plumbline.runtime.process.ChildJvm;
import dev.plumbline.schemas.fault.Failpoint;
import java.io.IOException;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Endpoints of a data plane on this machine: a {@code plumb serve} process that is started, or adopted when one already
 * serves the state folder, and started again whenever it dies. The process runs in a session of its own, so neither
 * Ctrl-C in the terminal nor the end of this process ends it; {@link #stop} does. Thread-safe.
 */
public final class LocalEndpoints implements Endpoints, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LocalEndpoints.class);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(50);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

    private final HttpClient client;
    private final ServeLauncher launcher;
    private final CompletableFuture<Void> stopping = new CompletableFuture<>();
    private final Thread supervisor;
    private final boolean adopted;
    private volatile Running running;
    private volatile @Nullable String outage;
    private volatile Consumer<String> news = words -> LOG.error("data plane state={}", words);

    /**
     * How the data plane is started.
     *
     * @param state the state folder
     * @param host address of the inference port
     * @param port of inference; 0 lets the system choose, and a restart keeps what it chose
     * @param command the JVM of {@code plumb serve}; it is put into a session of its own
     * @param arguments before {@code --state}, {@code --port} and {@code --bind}, such as {@code serve}
     * @param startLimit how long a start may take
     */
    public record Settings(
            Path state, String host, int port, ChildJvm command, List<String> arguments, Duration startLimit) {
        public Settings {
            arguments = List.copyOf(arguments);
        }
    }

    /** A data plane that answers, and the operating system's view of it. */
    record Running(DataPlane plane, ProcessHandle process) {}

    private LocalEndpoints(HttpClient client, ServeLauncher launcher, Running running, boolean adopted) {
        this.adopted = adopted;
        this.client = client;
        this.launcher = launcher;
        this.running = running;
        this.supervisor = Thread.ofVirtual().name("data-plane-supervisor").unstarted(this::supervise);
    }

    /**
     * Adopts the data plane of the state folder, or starts one; it answers when this returns.
     *
     * @throws IOException when it cannot be started; the message says why and what to do
     */
    public static LocalEndpoints start(Settings settings) throws IOException, InterruptedException {
        HttpClient client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(Duration.ofSeconds(2))
                .build();
        ServeLauncher launcher = new ServeLauncher(settings, client);
        Optional<Running> found = launcher.adopt();
        LocalEndpoints endpoints = new LocalEndpoints(
                client, launcher, found.isPresent() ? found.get() : launcher.start(settings.port()), found.isPresent());
        Failpoint.SERVING_FOUND.hit();
        endpoints.supervisor.start();
        return endpoints;
    }

    /**
     * Ends the data plane of a state folder, whoever started it.
     *
     * @return whether there was one
     */
    public static boolean stopServing(Path state) throws IOException, InterruptedException {
        try (HttpClient client =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
            return ServeLauncher.stop(ServeLauncher.find(new ServeFolder(state), client));
        }
    }

    /** Whether a data plane of this state folder has endpoints to serve, before anybody configures it. */
    public static boolean hasServed(Path state) throws IOException {
        return Files.exists(new ServeFolder(state).table());
    }

    /** Whether the data plane was there before this. */
    public boolean adopted() {
        return adopted;
    }

    /** The port of inference. */
    public int servingPort() {
        return running.plane().address().servingPort();
    }

    /** Whom to tell, from any thread, when the data plane dies and when it answers again; else the log says so. */
    public void tell(Consumer<String> listener) {
        news = listener;
    }

    /** The process that serves. */
    public long pid() {
        return running.process().pid();
    }

    @Override
    public DeployOutcome deploy(EndpointConfiguration configuration) throws InterruptedException {
        try {
            return reachable().deploy(configuration);
        } catch (Unreachable failure) {
            return unreachable(failure);
        }
    }

    @Override
    public DeployOutcome remove(String serving) throws InterruptedException {
        try {
            return reachable().remove(serving);
        } catch (Unreachable failure) {
            return unreachable(failure);
        }
    }

    @Override
    public Map<String, EndpointObservation> observe() throws Unreachable, InterruptedException {
        return reachable().observe();
    }

    @Override
    public Optional<EndpointObservation> observe(String serving) throws Unreachable, InterruptedException {
        return reachable().observeOne(serving);
    }

    /** Ends supervision, and the data plane too unless it should serve on for the next control plane. */
    public void stop(boolean keepServing) throws InterruptedException {
        stopping.complete(null);
        supervisor.join();
        if (!keepServing) {
            ServeLauncher.stop(Optional.of(running));
        }
        client.close();
    }

    /** Ends the data plane. */
    @Override
    public void close() {
        try {
            stop(false);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private DataPlane reachable() throws Unreachable {
        String reason = outage;
        if (reason != null) {
            throw new Unreachable(reason);
        }
        return running.plane();
    }

    private static DeployOutcome unreachable(Unreachable failure) {
        return new DeployOutcome.Failed("Unreachable", String.valueOf(failure.getMessage()), false);
    }

    /** Waits for the process to die and starts it again, with longer pauses while that fails. */
    private void supervise() {
        try {
            while (waitForDeath()) {
                outage = "the data plane has died and is being started again";
                news.accept("died and is started again");
                restart();
            }
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
    }

    /** False when it should stop instead. */
    private boolean waitForDeath() throws InterruptedException {
        try {
            CompletableFuture.anyOf(running.process().onExit(), stopping).get();
        } catch (ExecutionException impossible) {
            throw new IllegalStateException("waiting for a process does not fail", impossible);
        }
        return !stopping.isDone();
    }

    /** False when it should stop instead. */
    private boolean pause(Duration pause) throws InterruptedException {
        try {
            stopping.get(pause.toMillis(), TimeUnit.MILLISECONDS);
            return false;
        } catch (TimeoutException over) {
            return true;
        } catch (ExecutionException impossible) {
            throw new IllegalStateException("nothing makes this fail", impossible);
        }
    }

    private void restart() throws InterruptedException {
        Duration pause = FIRST_PAUSE;
        int port = servingPort();
        while (pause(pause)) {
            try {
                running = launcher.start(port);
                outage = null;
                news.accept("answers again");
                return;
            } catch (IOException failure) {
                outage = "the data plane has died and cannot be started: " + failure.getMessage();
                news.accept("cannot be started: " + failure.getMessage());
                pause = pause.multipliedBy(2).compareTo(LONGEST_PAUSE) < 0 ? pause.multipliedBy(2) : LONGEST_PAUSE;
            }
        }
    }
}
