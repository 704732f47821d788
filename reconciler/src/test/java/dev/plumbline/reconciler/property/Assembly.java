package dev.plumbline.reconciler.property;

import dev.plumbline.policy.PolicyEngine;
import dev.plumbline.reconciler.control.Loop;
import dev.plumbline.reconciler.control.LoopMetrics;
import dev.plumbline.reconciler.ledger.Ledger;
import dev.plumbline.reconciler.ledger.git.GitLedger;
import dev.plumbline.reconciler.ledger.git.LedgerSettings;
import dev.plumbline.reconciler.queue.TrainingLimits;
import dev.plumbline.reconciler.source.Committer;
import dev.plumbline.reconciler.source.git.GitSource;
import dev.plumbline.reconciler.source.git.GitWriter;
import dev.plumbline.reconciler.source.mirror.Mirror;
import dev.plumbline.reconciler.source.remote.GitCredentials;
import dev.plumbline.reconciler.source.remote.Remote;
import dev.plumbline.runtime.ArtifactStore;
import dev.plumbline.runtime.Comparisons;
import dev.plumbline.runtime.Datasets;
import dev.plumbline.runtime.Endpoints;
import dev.plumbline.runtime.Trainer;
import dev.plumbline.testkit.MutableClock;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.UnaryOperator;

/** A control plane over a remote and a state folder, put together and not begun. */
record Assembly(Mirror mirror, GitLedger ledger, Loop loop) implements AutoCloseable {
    static final Duration RESYNC = Duration.ofSeconds(30);
    static final Duration LAST_RETRY = Duration.ofMinutes(5);
    private static final TrainingLimits ROOM = new TrainingLimits(64, 64L << 30, TrainingLimits.ANY_NUMBER);
    private static final Committer COMMITTER = new Committer("Plumbline", "bot@example.com");

    /** What is there whichever control plane runs. */
    record Surroundings(
            MutableClock clock,
            Datasets datasets,
            Trainer trainer,
            Comparisons comparisons,
            ArtifactStore artifacts,
            Endpoints endpoints,
            PolicyEngine policy) {}

    /** What runs its work. */
    record Threads(
            ExecutorService work,
            ExecutorService nativeWork,
            ScheduledExecutorService timer,
            ScheduledExecutorService pushes) {}

    /**
     * Opens mirror and ledger, and takes the ledger.
     *
     * @param recording what the loop records through
     */
    static Assembly open(
            Path state,
            Remote remote,
            boolean takeOver,
            Surroundings surroundings,
            Threads threads,
            UnaryOperator<Ledger> recording,
            Runnable ring)
            throws Exception {
        MutableClock clock = surroundings.clock();
        String holder = String.valueOf(state.getFileName());
        Mirror mirror = Mirror.scratch(state.resolve("mirror.git"), remote, GitCredentials.none());
        GitLedger ledger;
        try {
            ledger = GitLedger.open(
                    mirror,
                    new LedgerSettings(
                            LedgerSettings.BRANCH, holder, holder + "@desk", COMMITTER, Duration.ofMillis(500)),
                    takeOver,
                    clock,
                    new SplittableRandom(1),
                    threads.pushes());
        } catch (Ledger.LedgerException failed) {
            mirror.close();
            throw failed;
        }
        GitSource source = new GitSource(mirror, "main", "");
        source.tell(ledger::listed);
        Loop loop = new Loop(
                new Loop.Ports(
                        source,
                        new GitWriter(mirror, "main", COMMITTER, clock),
                        "main",
                        Optional.empty(),
                        recording.apply(ledger),
                        surroundings.policy(),
                        surroundings.datasets(),
                        surroundings.trainer(),
                        surroundings.comparisons(),
                        surroundings.artifacts(),
                        surroundings.endpoints(),
                        state.resolve("runs"),
                        List.of()),
                new Loop.Means(
                        clock,
                        clock::elapsedNanos,
                        new SplittableRandom(1),
                        threads.work(),
                        threads.nativeWork(),
                        threads.timer(),
                        new LoopMetrics(new SimpleMeterRegistry())),
                new Loop.Pace(RESYNC, Duration.ofSeconds(10), LAST_RETRY, 8, ROOM),
                ring);
        return new Assembly(mirror, ledger, loop);
    }

    /** Stops in order, with a last push. */
    @Override
    public void close() {
        loop.close();
        ledger.close();
        mirror.close();
    }
}
