package dev.plumbline.benchmarks.scale;

import dev.plumbline.policy.opa.EmbeddedOpa;
import dev.plumbline.reconciler.control.Loop;
import dev.plumbline.reconciler.control.LoopMetrics;
import dev.plumbline.reconciler.control.Operations;
import dev.plumbline.reconciler.ledger.git.GitLedger;
import dev.plumbline.reconciler.ledger.git.LedgerSettings;
import dev.plumbline.reconciler.queue.TrainingLimits;
import dev.plumbline.reconciler.source.Committer;
import dev.plumbline.reconciler.source.git.GitSource;
import dev.plumbline.reconciler.source.git.GitWriter;
import dev.plumbline.reconciler.source.mirror.Mirror;
import dev.plumbline.reconciler.source.remote.BranchWatch;
import dev.plumbline.reconciler.source.remote.GitCredentials;
import dev.plumbline.reconciler.source.remote.Remote;
import dev.plumbline.reconciler.status.ResourceStatus;
import dev.plumbline.runtime.artifact.FileArtifactStore;
import dev.plumbline.schemas.model.Revision;
import dev.plumbline.testkit.TemporaryRepository;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * One process that follows a generated repository as {@code plumb up} does, with a runtime that takes no time, and prints
 * what each step took as one line of name, milliseconds of time and milliseconds of processor.
 */
public final class LoopMeasure {
    private static final Duration PATIENCE = Duration.ofMinutes(10);
    private static final Committer COMMITTER = new Committer("Plumbline", "bot@example.com");
    /** Short beside what is measured, and long beside what a look at the state of everything costs. */
    private static final Duration POLL = Duration.ofMillis(2);

    private static final int ROUNDS = 9;
    private static final int MODELS_OF_A_PUSH = 200;

    private final GeneratedSpecs specs;
    private final TemporaryRepository repository;
    private final NoOpRuntime runtime;
    private final Loop loop;
    private final BranchWatch watch;

    private LoopMeasure(
            GeneratedSpecs specs, TemporaryRepository repository, NoOpRuntime runtime, Loop loop, BranchWatch watch) {
        this.specs = specs;
        this.repository = repository;
        this.runtime = runtime;
        this.loop = loop;
        this.watch = watch;
    }

    /**
     * Measures.
     *
     * @param arguments an empty folder, and how many specs
     */
    public static void main(String[] arguments) throws Exception {
        Path folder = Path.of(arguments[0]);
        GeneratedSpecs specs = new GeneratedSpecs(Integer.parseInt(arguments[1]), 7);
        Clock clock = Clock.systemUTC();
        SplittableRandom random = new SplittableRandom(1);
        try (TemporaryRepository repository = TemporaryRepository.create(folder.resolve("origin.git"), clock);
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
                ExecutorService nativeWork = Executors.newFixedThreadPool(2);
                ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor()) {
            repository.commit("Ask for all of it", specs.files());
            Remote remote = Remote.local(repository.path());
            FileArtifactStore artifacts = new FileArtifactStore(folder.resolve("artifacts"));
            NoOpRuntime runtime = new NoOpRuntime(artifacts);
            try (Mirror mirror = Mirror.open(folder.resolve("mirror.git"), remote, GitCredentials.none());
                    GitLedger ledger = GitLedger.open(
                            mirror,
                            new LedgerSettings(
                                    LedgerSettings.BRANCH, "state", "benchmark", COMMITTER, Duration.ofMillis(500)),
                            false,
                            clock,
                            random);
                    BranchWatch watch = new BranchWatch(remote, "main", Duration.ofSeconds(30), random)) {
                GitSource source = new GitSource(mirror, "main", "");
                source.tell(ledger::listed);
                try (Loop loop = new Loop(
                        new Loop.Ports(
                                source,
                                new GitWriter(mirror, "main", COMMITTER, clock),
                                "main",
                                Optional.empty(),
                                ledger,
                                EmbeddedOpa.shipped(threads),
                                runtime,
                                runtime,
                                runtime,
                                artifacts,
                                runtime,
                                folder.resolve("runs"),
                                List.of()),
                        new Loop.Means(
                                clock,
                                System::nanoTime,
                                random,
                                threads,
                                nativeWork,
                                timer,
                                new LoopMetrics(new SimpleMeterRegistry())),
                        Loop.Pace.usual(new TrainingLimits(64, 64L << 30, TrainingLimits.ANY_NUMBER), Loop.Pace.PERIOD),
                        watch::hint)) {
                    new LoopMeasure(specs, repository, runtime, loop, watch).run();
                }
            }
        }
        System.exit(0);
    }

    private void run() throws Exception {
        Mark began = Mark.now();
        Thread follower = Thread.ofVirtual().name("control-loop").start(this::follow);
        until(() -> loop.operations().state().revision().isPresent(), "the first admission");
        began.print("cold read, validate and admit");
        until(this::settled, "the first settling");
        began.print("cold until everything is as asked");
        unready();
        status();
        for (int round = 1; round <= ROUNDS; round++) {
            oneLine(round);
        }
        for (int round = 1; round <= ROUNDS; round++) {
            noOp(round);
        }
        push();
        memory();
        loop.close();
        follower.join();
    }

    private void follow() {
        try {
            loop.run(watch::await);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private void oneLine(int round) throws Exception {
        int attempts = runtime.attempts();
        repository.commit("Change one line", specs.oneLine(10 + round, round));
        Mark pushed = Mark.now();
        until(() -> runtime.attempts() > attempts, "the training of what one line asks for");
        pushed.print("one line pushed until its training starts");
        until(this::settled, "one line settled");
        pushed.print("one line pushed until everything is as asked");
    }

    private void noOp(int round) throws Exception {
        Mark looked = Mark.now();
        Operations.State before = loop.operations().state();
        watch.hint();
        until(() -> !loop.operations().state().lastFetch().equals(before.lastFetch()), "a look at the same revision");
        looked.print("no-op: a look at the revision that is acted on");
        repository.commit("Say more", "README.md", "Round " + round + "\n");
        Mark pushed = Mark.now();
        until(this::settled, "a commit that changes no spec");
        pushed.print("no-op: a commit that changes no spec, until it is admitted and nothing is left to do");
        Mark asked = Mark.now();
        loop.operations().interventions().reconcile(Optional.empty(), "benchmark");
        until(loop::idle, "a look at every resource");
        asked.print("a look at every resource, with nothing to do");
    }

    private void push() throws Exception {
        for (int round = 1; round <= 3; round++) {
            int from = (round - 1) * MODELS_OF_A_PUSH % specs.models();
            Map<String, String> changes = specs.changed(from, from + MODELS_OF_A_PUSH, round);
            changes.keySet().removeIf(path -> path.endsWith(".md"));
            String commit = repository.commit("Change a thousand", changes);
            Mark pushed = Mark.now();
            until(() -> admitted(Optional.of(commit)), "a thousand admitted");
            pushed.print(changes.size() + " specs in one push until they are admitted");
            until(this::settled, "a thousand settled");
            pushed.print(changes.size() + " specs in one push until everything is as asked");
            unready();
        }
    }

    /** Whether every resource was looked at, or found to be the same, at the newest commit, and nothing is left to do. */
    private boolean settled() {
        Optional<String> head = repository.head("main");
        if (!loop.idle() || !admitted(head)) {
            return false;
        }
        List<ResourceStatus> all = loop.operations().state().resources();
        return all.size() >= loop.operations().resources().size()
                && all.stream()
                        .allMatch(each ->
                                each.observedRevision().map(Revision::id).equals(head))
                && loop.idle();
    }

    private boolean admitted(Optional<String> commit) {
        return loop.operations().state().revision().map(Revision::id).equals(commit);
    }

    private void unready() {
        List<ResourceStatus> all = loop.operations().state().resources();
        List<String> unready = new ArrayList<>();
        all.stream()
                .filter(each -> !each.ready())
                .map(each -> each.id().toString())
                .forEach(unready::add);
        System.out.printf(
                Locale.ROOT,
                "# resources %d not ready %d problems %d attempts %d deployments %d observations %d%n",
                all.size(),
                unready.size(),
                loop.operations().state().problems().size(),
                runtime.attempts(),
                runtime.deployments(),
                runtime.observations());
    }

    private void status() {
        Mark asked = Mark.now();
        loop.operations().state();
        asked.print("the state of everything, in process");
    }

    private static void memory() throws Exception {
        System.gc();
        long used = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
        System.out.printf(
                Locale.ROOT,
                "# heap after collection %d MiB of %d%n",
                used >> 20,
                Runtime.getRuntime().maxMemory() >> 20);
        Path status = Path.of("/proc/self/status");
        if (Files.exists(status)) {
            Files.readAllLines(status).stream()
                    .filter(line -> line.startsWith("VmHWM"))
                    .forEach(line -> System.out.println("# " + line.replaceAll("\\s+", " ")));
        }
    }

    private static void until(BooleanSupplier holds, String what) throws TimeoutException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!holds.getAsBoolean()) {
            if (System.nanoTime() > end) {
                throw new TimeoutException("it took too long: " + what);
            }
            LockSupport.parkNanos(POLL.toNanos());
        }
    }

    /** A moment, in time and in processor time of this process. */
    private record Mark(long nanos, long processor) {
        static Mark now() {
            return new Mark(System.nanoTime(), processorNanos());
        }

        private static long processorNanos() {
            return ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
                    .getProcessCpuTime();
        }

        void print(String what) {
            System.out.printf(
                    Locale.ROOT,
                    "%s\t%.1f\t%.1f%n",
                    what,
                    (System.nanoTime() - nanos) / 1e6,
                    (processorNanos() - processor) / 1e6);
        }
    }
}
