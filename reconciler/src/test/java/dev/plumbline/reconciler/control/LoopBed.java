package dev.plumbline.reconciler.control;

import static org.awaitility.Awaitility.await;

import dev.plumbline.policy.PolicyEngine;
import dev.plumbline.policy.opa.EmbeddedOpa;
import dev.plumbline.reconciler.fixture.Specs;
import dev.plumbline.reconciler.ledger.EventEntry;
import dev.plumbline.reconciler.ledger.Ledger;
import dev.plumbline.reconciler.ledger.git.GitLedger;
import dev.plumbline.reconciler.ledger.git.LedgerSettings;
import dev.plumbline.reconciler.queue.TrainingLimits;
import dev.plumbline.reconciler.source.Committer;
import dev.plumbline.reconciler.source.Writer;
import dev.plumbline.reconciler.source.git.GitSource;
import dev.plumbline.reconciler.source.git.GitWriter;
import dev.plumbline.reconciler.source.mirror.Mirror;
import dev.plumbline.reconciler.source.remote.GitCredentials;
import dev.plumbline.reconciler.source.remote.Remote;
import dev.plumbline.reconciler.status.Condition;
import dev.plumbline.reconciler.status.ConditionType;
import dev.plumbline.reconciler.status.Reason;
import dev.plumbline.reconciler.status.ResourceStatus;
import dev.plumbline.runtime.artifact.FileArtifactStore;
import dev.plumbline.schemas.model.Digest;
import dev.plumbline.schemas.model.ResourceId;
import dev.plumbline.testkit.MutableClock;
import dev.plumbline.testkit.TemporaryRepository;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;
import java.util.function.BooleanSupplier;
import java.util.function.UnaryOperator;

/**
 * A whole loop over a real repository, mirror, ledger, artifact store and policy; training and serving are made up. It can
 * be stopped and started again over what it left.
 */
final class LoopBed implements AutoCloseable {
    static final Duration RESYNC = Duration.ofSeconds(30);
    private static final Duration LONG = Duration.ofSeconds(20);
    private static final Committer COMMITTER = new Committer("Plumbline", "bot@example.com");
    private static final ExecutorService POLICY = Executors.newVirtualThreadPerTaskExecutor();
    private static final EmbeddedOpa OPA = EmbeddedOpa.shipped(POLICY);

    final MutableClock clock = MutableClock.started();
    final TemporaryRepository repository;
    final FileArtifactStore artifacts;
    final FakeTrainer trainer;
    final FakeEndpoints endpoints = new FakeEndpoints();
    final FakeDatasets datasets = new FakeDatasets();
    final FakeComparisons comparisons;
    List<Path> dataRoots = List.of();
    UnaryOperator<Writer> writing = UnaryOperator.identity();
    UnaryOperator<Ledger> recording = UnaryOperator.identity();
    PolicyEngine policy = OPA;

    TrainingLimits training = new TrainingLimits(64, 64L << 30, TrainingLimits.ANY_NUMBER);
    Optional<Remote> remote = Optional.empty();
    GitCredentials credentials = GitCredentials.none();
    Committer committer = COMMITTER;
    String root = "";
    Optional<String> environment = Optional.empty();
    String holder = "state";
    boolean takeOver;

    private final Path folder;
    private final boolean owner;
    private Optional<Running> running = Optional.empty();

    LoopBed(Path folder) {
        this(folder, Optional.empty());
    }

    /** A loop over a repository that another bed made, and closes. */
    LoopBed(Path folder, TemporaryRepository shared) {
        this(folder, Optional.of(shared));
    }

    private LoopBed(Path folder, Optional<TemporaryRepository> shared) {
        this.folder = folder;
        owner = shared.isEmpty();
        repository = shared.orElseGet(() -> TemporaryRepository.create(folder.resolve("origin.git"), clock));
        artifacts = new FileArtifactStore(folder.resolve("artifacts"));
        trainer = new FakeTrainer(artifacts);
        comparisons = new FakeComparisons(artifacts);
    }

    private record Running(
            Mirror mirror,
            Ledger ledger,
            Loop loop,
            Thread thread,
            Semaphore bell,
            List<ExecutorService> executors,
            SimpleMeterRegistry meters) {}

    /** Commits everything of {@link Specs}. */
    LoopBed withSpecs() {
        Map<String, String> files = new LinkedHashMap<>();
        files.put("models/churn.yaml", Specs.MODEL_TEXT);
        files.put("datasets/telco.yaml", Specs.DATASET_TEXT);
        files.put("training/churn.yaml", Specs.TRAINING_TEXT);
        files.put("serving/churn.yaml", Specs.SERVING_TEXT);
        files.put("monitoring/churn.yaml", Specs.MONITORING_TEXT);
        files.put("data/churn.csv", Specs.DATA);
        repository.commit("Ask for churn", files);
        return this;
    }

    /** Starts a loop over whatever is there. */
    LoopBed start() throws Exception {
        Mirror mirror = Mirror.open(
                folder.resolve("mirror.git"), remote.orElseGet(() -> Remote.local(repository.path())), credentials);
        GitLedger written = GitLedger.open(
                mirror,
                new LedgerSettings(
                        environment.map(LedgerSettings::branchOf).orElse(LedgerSettings.BRANCH),
                        holder,
                        "ada@laptop",
                        committer,
                        Duration.ofMillis(50)),
                takeOver,
                clock,
                new SplittableRandom(1));
        Ledger ledger = recording.apply(written);
        GitSource source = new GitSource(mirror, "main", root);
        source.tell(written::listed);
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
        ExecutorService nativeWork = Executors.newFixedThreadPool(2);
        ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
        SimpleMeterRegistry meters = new SimpleMeterRegistry();
        Semaphore bell = new Semaphore(0);
        Loop loop = new Loop(
                new Loop.Ports(
                        source,
                        writing.apply(new GitWriter(mirror, "main", environment, committer, clock)),
                        "main",
                        environment,
                        ledger,
                        policy,
                        datasets,
                        trainer,
                        comparisons,
                        artifacts,
                        endpoints,
                        folder.resolve("runs"),
                        dataRoots),
                new Loop.Means(
                        clock,
                        clock::elapsedNanos,
                        new SplittableRandom(1),
                        threads,
                        nativeWork,
                        timer,
                        new LoopMetrics(meters)),
                new Loop.Pace(RESYNC, Duration.ofSeconds(10), Duration.ofMinutes(5), 8, training),
                bell::release);
        Thread thread = Thread.ofVirtual().start(() -> turn(loop, bell));
        running = Optional.of(
                new Running(mirror, ledger, loop, thread, bell, List.of(threads, nativeWork, timer), meters));
        return this;
    }

    private static void turn(Loop loop, Semaphore bell) {
        try {
            loop.run(() -> {
                bell.acquire();
                bell.drainPermits();
            });
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    /** Stops the loop; everything else stays. */
    void stop() {
        if (running.isPresent()) {
            Running now = running.get();
            running = Optional.empty();
            now.loop().close();
            until(() -> !now.thread().isAlive(), "the loop has stopped");
            now.executors().forEach(ExecutorService::shutdownNow);
            now.ledger().close();
            now.mirror().close();
        }
    }

    LoopBed restart() throws Exception {
        stop();
        return start();
    }

    /** Loses the mirror, with the loop stopped. */
    void loseMirror() throws IOException {
        Files.move(folder.resolve("mirror.git"), folder.resolve("lost.git"));
    }

    /** Takes the remote away, or gives it back. The folder itself stays, as a push under way may write into it. */
    void remoteAway(boolean away) throws IOException {
        Path head = repository.path().resolve("HEAD");
        Path kept = folder.resolve("HEAD.away");
        Files.move(away ? head : kept, away ? kept : head);
    }

    /** Loses the bytes of an artifact. */
    void loseArtifact(Digest digest) throws IOException {
        Files.delete(artifacts.find(digest).orElseThrow());
    }

    Operations operations() {
        return now().loop().operations();
    }

    SimpleMeterRegistry meters() {
        return now().meters();
    }

    /** Looks at the source. */
    void ring() {
        now().bell().release();
    }

    /** Looks at the source, and waits until that look has ended, whatever came of it. */
    void looked() {
        ring();
        await().atMost(LONG)
                .pollInterval(Duration.ofMillis(10))
                .during(Duration.ofMillis(80))
                .until(() ->
                        now().bell().availablePermits() == 0 && now().bell().hasQueuedThreads());
    }

    private Running now() {
        return running.orElseThrow();
    }

    /** Commits a file and looks at it. */
    String push(String path, String text) {
        String commit = repository.commit("Change " + path, path, text);
        ring();
        return commit;
    }

    /** Undoes a commit and looks at it. */
    String revert(String commit) {
        String made = repository.revert(commit);
        ring();
        return made;
    }

    /** Looks again at everything, and waits until nothing happens any more. */
    void resync() {
        clock.advance(RESYNC.plusSeconds(1));
        ring();
        quiet();
    }

    /** Waits until the head is admitted and nothing happens any more. */
    void quiet() {
        quiet(true);
    }

    /** The same, also with attempts that run on if {@code idle} is false. */
    void quiet(boolean idle) {
        await().atMost(LONG)
                .pollInterval(Duration.ofMillis(10))
                .during(Duration.ofMillis(80))
                .until(() -> now().bell().availablePermits() == 0
                        && (!idle || now().loop().idle())
                        && operations()
                                .state()
                                .revision()
                                .map(each -> each.id())
                                .equals(repository.head("main")));
    }

    void until(BooleanSupplier condition, String what) {
        await(what).atMost(LONG).pollInterval(Duration.ofMillis(5)).until(condition::getAsBoolean);
    }

    /** Waits until the endpoint serves this version ({@code none}: answers 404). */
    void awaitLive(String version) {
        until(() -> endpoints.version("churn-api").equals(Optional.of(version)), "churn-api serves " + version);
    }

    /** Waits until the resource is ready, or not, for this reason. */
    void awaitReason(ResourceId id, String reason) {
        await(id + " is " + reason)
                .atMost(LONG)
                .pollInterval(Duration.ofMillis(5))
                .until(() -> reason(id), Optional.of(reason)::equals);
    }

    Optional<String> reason(ResourceId id) {
        return ready(id).map(Condition::reason).map(Reason::label);
    }

    /** Why it does not get on, for a person to see to. */
    Optional<String> stalled(ResourceId id) {
        return status(id)
                .flatMap(each -> each.condition(ConditionType.STALLED))
                .map(stalled -> stalled.reason().label());
    }

    String message(ResourceId id) {
        return ready(id).map(Condition::message).orElse("");
    }

    Optional<Condition> ready(ResourceId id) {
        return status(id).map(ResourceStatus::readiness);
    }

    Optional<ResourceStatus> status(ResourceId id) {
        return operations().state().resources().stream()
                .filter(each -> each.id().equals(id))
                .findFirst();
    }

    /** The file of the endpoint as the branch holds it. */
    String serving() {
        return repository.read("main", "serving/churn.yaml").orElseThrow();
    }

    /** The commits of ours on the branch, newest first. */
    List<String> promotions() {
        return repository.log("main").stream()
                .filter(message -> message.contains("Plumbline-Action:"))
                .toList();
    }

    List<String> events(ResourceId id) {
        return operations().ledger().events(Optional.of(id), 100).stream()
                .map(EventEntry::reason)
                .toList();
    }

    @Override
    public void close() {
        stop();
        if (owner) {
            repository.close();
        }
    }
}
