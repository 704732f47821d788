package dev.plumbline.reconciler.control;

import dev.plumbline.policy.PolicyEngine;
import dev.plumbline.reconciler.apply.Applier;
import dev.plumbline.reconciler.apply.AskedRuns;
import dev.plumbline.reconciler.apply.Attempts;
import dev.plumbline.reconciler.apply.DataFiles;
import dev.plumbline.reconciler.apply.EndpointMoves;
import dev.plumbline.reconciler.apply.Events;
import dev.plumbline.reconciler.apply.LostAttempts;
import dev.plumbline.reconciler.apply.Promotion;
import dev.plumbline.reconciler.apply.PromotionGate;
import dev.plumbline.reconciler.apply.Readings;
import dev.plumbline.reconciler.apply.RestoreAction;
import dev.plumbline.reconciler.apply.RunOrders;
import dev.plumbline.reconciler.apply.TrainAction;
import dev.plumbline.reconciler.apply.Verdicts;
import dev.plumbline.reconciler.apply.VersionComparisons;
import dev.plumbline.reconciler.catalog.AdmittedCatalog;
import dev.plumbline.reconciler.catalog.RevisionSpecs;
import dev.plumbline.reconciler.clock.ClockWatch;
import dev.plumbline.reconciler.ledger.Ledger;
import dev.plumbline.reconciler.oncall.Breaker;
import dev.plumbline.reconciler.oncall.Pardons;
import dev.plumbline.reconciler.oncall.Suspensions;
import dev.plumbline.reconciler.plan.Planner;
import dev.plumbline.reconciler.queue.EarlierRuns;
import dev.plumbline.reconciler.queue.TrainingLimits;
import dev.plumbline.reconciler.queue.TrainingQueue;
import dev.plumbline.reconciler.source.Source;
import dev.plumbline.reconciler.source.Writer;
import dev.plumbline.reconciler.status.StatusBoard;
import dev.plumbline.runtime.ArtifactStore;
import dev.plumbline.runtime.Comparisons;
import dev.plumbline.runtime.Datasets;
import dev.plumbline.runtime.Endpoints;
import dev.plumbline.runtime.Trainer;
import dev.plumbline.schemas.SpecReader;
import dev.plumbline.schemas.fault.Failpoint;
import dev.plumbline.schemas.model.ResourceId;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The loop with its parts put together: ports in, {@link Operations} out. */
public final class Loop implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Loop.class);

    private final ControlLoop control;
    private final LoopOperations operations;
    private final WorkQueue queue;
    private final Attempts attempts;
    private final LostAttempts lost;

    /**
     * What the loop acts through.
     *
     * @param environment which of those that share the repository it is; empty: the one without a name
     * @param runs where attempts keep their output
     * @param dataRoots folders below which a {@code file:} URI of a spec may lie
     */
    public record Ports(
            Source source,
            Writer writer,
            String branch,
            Optional<String> environment,
            Ledger ledger,
            PolicyEngine policy,
            Datasets datasets,
            Trainer trainer,
            Comparisons comparisons,
            ArtifactStore artifacts,
            Endpoints endpoints,
            Path runs,
            List<Path> dataRoots) {}

    /**
     * What the loop is given so that it makes none of it itself.
     *
     * @param elapsedNanos nanoseconds since some moment, whatever the clock says
     * @param threads virtual threads for work on resources
     * @param nativeWork platform threads for native code
     */
    public record Means(
            Clock clock,
            LongSupplier elapsedNanos,
            RandomGenerator random,
            ExecutorService threads,
            ExecutorService nativeWork,
            ScheduledExecutorService timer,
            LoopMetrics metrics) {}

    /**
     * How patient and how busy the loop is.
     *
     * @param resync after which time to look at what is not ready, at the data plane and at a part of everything else
     * @param part how many resources of everything else; all of them have had their turn after as many times as there are
     *     parts
     * @param training what training runs may use at one time
     */
    public record Pace(
            Duration resync, int part, Duration firstRetry, Duration lastRetry, int parallel, TrainingLimits training) {
        /** How often things are looked at of which nothing told, unless an operator says otherwise. */
        public static final Duration PERIOD = Duration.ofSeconds(30);

        private static final int PART = 500;
        /** Those who wait for the disk or the remote at one time share its commit and its push: the more, the fewer. */
        private static final int PARALLEL = 256;

        /** What serves a laptop and a company alike: ten thousand resources have all had their turn in ten minutes. */
        public static Pace usual(TrainingLimits training, Duration period) {
            return new Pace(period, Duration.ofSeconds(1), Duration.ofMinutes(5), PARALLEL, training);
        }

        /** The usual part of everything. */
        public Pace(Duration resync, Duration firstRetry, Duration lastRetry, int parallel, TrainingLimits training) {
            this(resync, PART, firstRetry, lastRetry, parallel, training);
        }
    }

    /**
     * A loop that does nothing before {@link #run}.
     *
     * @param lookEarly asks for an early look at the source
     */
    public Loop(Ports ports, Means means, Pace pace, Runnable lookEarly) {
        Clock clock = means.clock();
        ClockWatch watch = new ClockWatch(clock, means.elapsedNanos());
        Ledger ledger = ports.ledger();
        StatusBoard board = new StatusBoard(clock);
        SpecReader reader = new SpecReader();
        RevisionSpecs past = new RevisionSpecs(ports.source(), reader);
        // What is judged is judged by what was admitted, and what is admitted is judged: this circle closes here, too.
        AtomicReference<ControlLoop> reports = new AtomicReference<>();
        Supplier<AdmittedCatalog> catalog =
                () -> Objects.requireNonNull(reports.get()).report().catalog();
        PolicyWatch policy = means.metrics().watched(ports.policy());
        Verdicts verdicts =
                new Verdicts(policy, ledger, clock, () -> catalog.get().inForce());
        DataFiles files = new DataFiles(ports.source(), ports.artifacts(), ports.dataRoots());
        Readings readings = new Readings(ports.datasets(), ledger, means.nativeWork());
        AskedRuns asked = new AskedRuns(files, readings, ports.trainer().format());
        // The queue runs the worker, and what the worker uses wakes the queue: the circle closes here, once.
        AtomicReference<WorkQueue> wakes = new AtomicReference<>();
        TrainingQueue turns =
                new TrainingQueue(pace.training(), clock, new EarlierRuns(ledger::view), id -> wake(wakes, id));
        attempts = new Attempts(ports.trainer(), id -> wake(wakes, id), board::progress, turns);
        Events events = new Events(clock);
        Suspensions suspensions = new Suspensions(ledger, events, clock, watch);
        Pardons pardons = new Pardons();
        Breaker breaker = new Breaker();
        RunOrders orders = new RunOrders(ledger, attempts, turns, events, clock);
        lost = new LostAttempts(ledger, events, clock);
        TrainAction training = new TrainAction(ledger, asked, attempts, turns, events, clock, ports.runs());
        VersionComparisons comparisons = new VersionComparisons(ports.comparisons(), past, files, readings);
        PromotionGate gate = new PromotionGate(ledger, verdicts, comparisons);
        Promotion promotion = new Promotion(ledger, gate, ports.source(), ports.writer(), events, clock);
        Applier applier = new Applier(
                training,
                new RestoreAction(ledger, past, asked, training, clock),
                promotion,
                gate,
                verdicts,
                comparisons,
                ledger,
                ports.endpoints(),
                clock,
                watch,
                lookEarly);
        LostRecord record = new LostRecord(ports.source());
        ActualStates actualStates = new ActualStates(
                ledger, ports.endpoints(), asked, attempts, new LostArtifacts(ports.artifacts()), record);
        Planner planner = new Planner();
        Reconciler reconciler = new Reconciler(
                actualStates,
                planner,
                applier,
                training,
                new EndpointMoves(ports.source(), past, clock),
                new Settlement(asked, record),
                ledger,
                suspensions,
                pardons,
                orders);
        ResourceLocks locks = new ResourceLocks();
        ResourceWorker worker = new ResourceWorker(
                reconciler,
                catalog,
                board,
                new Troubles(ledger, events),
                locks,
                new Backoff(pace.firstRetry(), pace.lastRetry(), means.random()),
                breaker,
                suspensions,
                new Neighbours(catalog, id -> wake(wakes, id)),
                means.metrics(),
                clock);
        queue = new WorkQueue(worker, means.threads(), means.timer(), pace.parallel());
        wakes.set(queue);
        control = new ControlLoop(
                ports.source(),
                new AdmissionLedger(reader, verdicts, ledger, ports.source(), ports.environment(), clock),
                ledger,
                board,
                queue,
                worker,
                means.metrics(),
                clock,
                watch,
                new Resync(clock, pace, ports.endpoints(), board),
                attempts::cancelAll);
        reports.set(control);
        means.metrics().clock(watch::count);
        means.metrics().queue(queue::depth);
        means.metrics().trainings(turns::waiting, () -> attempts.running().size());
        operations = new LoopOperations(
                control,
                ledger,
                board,
                actualStates,
                planner,
                promotion,
                training,
                locks,
                lookEarly,
                ports.branch(),
                new LoopInterventions(control, ledger, suspensions, pardons, breaker, turns, orders, locks),
                suspensions,
                turns,
                policy);
        means.metrics().frozen(operations::warnings);
    }

    private static void wake(AtomicReference<WorkQueue> queue, ResourceId id) {
        Objects.requireNonNull(queue.get()).add(id);
    }

    /** Runs in the caller's thread until that is interrupted. */
    public void run(ControlLoop.Bell bell) throws InterruptedException {
        try {
            lost.end();
            Failpoint.LOST_ATTEMPTS_ENDED.hit();
        } catch (Ledger.LedgerException failure) {
            // They end with the next start that can record it; what the specs ask for now is tried again anyway.
            LOG.warn("what was left under way cannot be recorded as ended message={}", failure.getMessage());
        }
        control.run(bell);
    }

    /** What people may ask of it, from any thread. */
    public Operations operations() {
        return operations;
    }

    /** Whether nothing is queued or running and no attempt is under way. */
    public boolean idle() {
        return queue.depth() == 0 && attempts.running().isEmpty();
    }

    /** Starts nothing more, ends what runs, and returns when it has ended. */
    @Override
    public void close() {
        control.stop();
        queue.close();
        attempts.cancelAll("the control plane is stopping");
    }
}
