package dev.plumbline.reconciler.app;

import dev.plumbline.policy.opa.EmbeddedOpa;
import dev.plumbline.reconciler.access.Addresses;
import dev.plumbline.reconciler.access.TokensFile;
import dev.plumbline.reconciler.api.ApiServer;
import dev.plumbline.reconciler.api.ApiSettings;
import dev.plumbline.reconciler.api.ListenException;
import dev.plumbline.reconciler.control.Loop;
import dev.plumbline.reconciler.control.LoopMetrics;
import dev.plumbline.reconciler.control.Operations;
import dev.plumbline.reconciler.ledger.Ledger;
import dev.plumbline.reconciler.ledger.git.GitLedger;
import dev.plumbline.reconciler.ledger.git.LedgerSettings;
import dev.plumbline.reconciler.notification.Notifier;
import dev.plumbline.reconciler.source.Source;
import dev.plumbline.reconciler.source.git.GitSource;
import dev.plumbline.reconciler.source.git.GitWriter;
import dev.plumbline.reconciler.source.mirror.Mirror;
import dev.plumbline.reconciler.source.mirror.RemoteAccess;
import dev.plumbline.reconciler.source.remote.BranchWatch;
import dev.plumbline.reconciler.source.remote.Remote;
import dev.plumbline.runtime.artifact.FileArtifactStore;
import dev.plumbline.runtime.data.DatasetReader;
import dev.plumbline.runtime.data.LocalDatasets;
import dev.plumbline.runtime.evaluation.Predictor;
import dev.plumbline.runtime.evaluation.fairness.HeldOutComparisons;
import dev.plumbline.runtime.onnx.ModelRefusedException;
import dev.plumbline.runtime.onnx.OnnxModel;
import dev.plumbline.runtime.onnx.OnnxPredictor;
import dev.plumbline.runtime.process.ChildJvm;
import dev.plumbline.runtime.serving.LocalEndpoints;
import dev.plumbline.runtime.training.LocalTrainer;
import dev.plumbline.schemas.model.Revision;
import dev.plumbline.webhooks.send.SignedReceiver;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Vertx;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/** The list of parts of a control plane, put together once and taken apart in reverse. */
final class ControlPlane implements AutoCloseable {
    private static final Duration SERVING_START = Duration.ofSeconds(60);

    private final Parts parts;
    private final RemoteAccess access;
    private final Loop loop;
    private final BranchWatch watch;
    private final LocalEndpoints endpoints;
    private final ApiServer api;
    private boolean complete;

    /**
     * What the operator asked for.
     *
     * @param root folder of the repository that holds the specs; empty for all of it
     */
    record Settings(
            Remote remote,
            String branch,
            String root,
            Optional<String> environment,
            String bind,
            int port,
            int servingPort,
            Duration poll,
            boolean takeOver,
            Optional<Revision> acceptedLedger,
            boolean keepServing,
            Configuration configuration,
            Optional<TokensFile> tokens,
            String version) {
        /** Predictions carry no token, so their port never leaves this machine. */
        String servingBind() throws UnknownHostException {
            return Addresses.loopback(bind) ? bind : Addresses.LOOPBACK;
        }
    }

    private ControlPlane(Settings settings, StateFolder state, Parts parts)
            throws Source.SourceException, Ledger.LedgerException, IOException, ListenException, InterruptedException {
        this.parts = parts;
        Clock clock = Clock.systemUTC();
        RandomGenerator random = RandomGenerator.getDefault();
        ExecutorService threads = parts.add(Executors.newVirtualThreadPerTaskExecutor());
        ExecutorService nativeWork = parts.add(Executors.newFixedThreadPool(
                2, Thread.ofPlatform().daemon().name("native-", 0).factory()));
        ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().daemon().name("timer").factory());
        parts.add(timer::shutdownNow);
        PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        parts.add(registry::close);
        new JvmMemoryMetrics().bindTo(registry);
        // What served goes on serving before anything is asked of a remote, which may take its time.
        Optional<LocalEndpoints> serving = LocalEndpoints.hasServed(state.root())
                ? Optional.of(endpoints(settings, state, parts))
                : Optional.empty();
        // The state folder is ours alone: whoever locked something in it is no more.
        Mirror.tidy(state.mirror(), settings.remote());
        Mirror mirror = parts.add(Mirror.open(
                state.mirror(),
                settings.remote(),
                settings.configuration().credentials(),
                settings.configuration().fetchLimits()));
        access = RemoteAccess.probe(mirror);
        GitLedger ledger = parts.add(GitLedger.open(
                mirror,
                new LedgerSettings(
                        settings.environment().map(LedgerSettings::branchOf).orElse(LedgerSettings.BRANCH),
                        state.holder(),
                        HolderName.ofThisProcess(),
                        settings.configuration().committer(),
                        Duration.ofMillis(500),
                        settings.acceptedLedger()),
                settings.takeOver(),
                clock,
                random));
        LoopMetrics metrics = new LoopMetrics(registry);
        metrics.ledger(ledger::health);
        GitSource source = new GitSource(mirror, settings.branch(), settings.root());
        source.tell(ledger::listed);
        watch = parts.add(new BranchWatch(settings.remote(), settings.branch(), settings.poll(), random));
        endpoints = serving.isPresent() ? serving.get() : endpoints(settings, state, parts);
        FileArtifactStore artifacts = new FileArtifactStore(state.artifacts());
        // Verdicts name the rules by their digest; a later program comes with others.
        artifacts.put(new ByteArrayInputStream(EmbeddedOpa.shippedWasm()));
        DatasetReader reader = new DatasetReader();
        LocalTrainer trainer = parts.add(new LocalTrainer(state.artifacts(), state.scratch(), threads));
        loop = parts.add(new Loop(
                new Loop.Ports(
                        source,
                        new GitWriter(
                                mirror,
                                settings.branch(),
                                settings.environment(),
                                settings.configuration().committer(),
                                clock),
                        settings.branch(),
                        settings.environment(),
                        ledger,
                        settings.configuration().policies().engine(threads, parts),
                        new LocalDatasets(reader),
                        trainer,
                        new HeldOutComparisons(reader, artifacts, ControlPlane::predictor),
                        artifacts,
                        endpoints,
                        state.runs(),
                        settings.configuration().dataRoots()),
                new Loop.Means(clock, System::nanoTime, random, threads, nativeWork, timer, metrics),
                Loop.Pace.usual(
                        settings.configuration().training(),
                        settings.configuration().period()),
                watch::hint));
        if (settings.configuration().notifications().isPresent()) {
            Notifications told = settings.configuration().notifications().get();
            parts.add(Notifier.start(
                    loop.operations(),
                    parts.add(new SignedReceiver(told.address(), told.secret(), clock, threads)),
                    state.root().resolve("told.json"),
                    settings.environment(),
                    registry));
        }
        String servingHost = Addresses.fromHere(settings.servingBind());
        Vertx vertx = Vertx.vertx();
        parts.add(() -> vertx.close().toCompletionStage().toCompletableFuture().join());
        api = parts.add(ApiServer.start(
                vertx,
                loop.operations(),
                registry,
                new ApiSettings(
                        settings.bind(),
                        settings.port(),
                        () -> Optional.of(URI.create("http://" + servingHost + ":" + endpoints.servingPort())),
                        settings.version(),
                        settings.environment(),
                        settings.tokens(),
                        settings.configuration().policies().bundle()),
                Optional.of(settings.configuration()
                        .webhooks()
                        .receiver(settings.remote(), settings.branch(), clock, watch::hint))));
        complete = true;
    }

    private LocalEndpoints endpoints(Settings settings, StateFolder state, Parts parts)
            throws IOException, InterruptedException {
        LocalEndpoints started = LocalEndpoints.start(new LocalEndpoints.Settings(
                state.root(),
                settings.servingBind(),
                settings.servingPort(),
                ChildJvm.of(Main.class).inOwnSession(),
                List.of("serve"),
                SERVING_START));
        // Who may not control the state folder's endpoints does not end them either.
        parts.add(() -> started.stop(settings.keepServing() || (!complete && started.adopted())));
        return started;
    }

    /**
     * Starts every part; nothing is reconciled before {@link #run}. When one part cannot start, those before it are ended.
     */
    static ControlPlane start(Settings settings, StateFolder state)
            throws Source.SourceException, Ledger.LedgerException, IOException, ListenException, InterruptedException {
        Parts parts = new Parts();
        boolean started = false;
        try {
            ControlPlane plane = new ControlPlane(settings, state, parts);
            started = true;
            return plane;
        } finally {
            if (!started) {
                parts.close();
            }
        }
    }

    private static Predictor predictor(Path file) {
        try {
            return new OnnxPredictor(OnnxModel.load(file));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (ModelRefusedException refused) {
            throw new IllegalStateException("a registered model is no longer accepted", refused);
        }
    }

    /** Follows the branch in the caller's thread until that is interrupted. */
    void run() throws InterruptedException {
        loop.run(watch::await);
    }

    Operations operations() {
        return loop.operations();
    }

    boolean idle() {
        return loop.idle();
    }

    /** Whom to tell when the data plane dies and when it answers again. */
    void tellOfServing(Consumer<String> listener) {
        endpoints.tell(listener);
    }

    RemoteAccess access() {
        return access;
    }

    int port() {
        return api.port();
    }

    int servingPort() {
        return endpoints.servingPort();
    }

    @Override
    public void close() {
        parts.close();
    }
}
