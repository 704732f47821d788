package dev.plumbline.reconciler.apply;

import dev.plumbline.reconciler.catalog.AdmittedCatalog;
import dev.plumbline.reconciler.ledger.Ledger;
import dev.plumbline.reconciler.ledger.RunEntry;
import dev.plumbline.reconciler.ledger.RunStatus;
import dev.plumbline.reconciler.ledger.Transition;
import dev.plumbline.reconciler.ledger.VersionEntry;
import dev.plumbline.reconciler.plan.Action;
import dev.plumbline.reconciler.plan.RunSpecs;
import dev.plumbline.reconciler.queue.Place;
import dev.plumbline.reconciler.queue.Priority;
import dev.plumbline.reconciler.queue.QueuedRun;
import dev.plumbline.reconciler.queue.TrainingQueue;
import dev.plumbline.reconciler.queue.Turn;
import dev.plumbline.reconciler.status.Outcome;
import dev.plumbline.reconciler.status.Reason;
import dev.plumbline.runtime.RunId;
import dev.plumbline.runtime.TrainingOutcome;
import dev.plumbline.runtime.TrainingRequest;
import dev.plumbline.schemas.fault.Failpoint;
import dev.plumbline.schemas.model.Digest;
import dev.plumbline.schemas.model.Durations;
import dev.plumbline.schemas.model.Kind;
import dev.plumbline.schemas.model.Resource;
import dev.plumbline.schemas.model.ResourceId;
import dev.plumbline.schemas.model.ServingSpec;
import dev.plumbline.schemas.model.TrainingSpec;
import dev.plumbline.schemas.model.VersionName;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.SortedMap;

/**
 * Starts, ends and records attempts at runs. The attempt is recorded before it starts, so that a crash at any moment
 * leaves either a run that did not start or one that is known to have.
 */
public final class TrainAction {
    /** The reason of a Training whose run waits for its turn. */
    public static final String QUEUED = "Queued";

    private static final Duration LOOK_AGAIN = Duration.ofMinutes(1);

    private final Ledger ledger;
    private final AskedRuns asked;
    private final Attempts attempts;
    private final TrainingQueue queue;
    private final Events events;
    private final Clock clock;
    private final Path directory;

    /**
     * Training through these attempts.
     *
     * @param directory where attempts keep their output, one folder each
     */
    public TrainAction(
            Ledger ledger,
            AskedRuns asked,
            Attempts attempts,
            TrainingQueue queue,
            Events events,
            Clock clock,
            Path directory) {
        this.ledger = ledger;
        this.asked = asked;
        this.attempts = attempts;
        this.queue = queue;
        this.events = events;
        this.clock = clock;
        this.directory = directory;
    }

    Outcome train(Action.Train action, AdmittedCatalog catalog) throws Ledger.LedgerException, InterruptedException {
        Resource training = catalog.resource(action.resource()).orElseThrow();
        return switch (asked.of(training, catalog)) {
            case AskedRuns.Asked.Blocked blocked -> blocked.why();
            case AskedRuns.Asked.Run run
            when !run.inputs().id().equals(action.run()) ->
                new Outcome.Waiting("Changed", "the data changed meanwhile; it is planned again", Duration.ZERO);
            case AskedRuns.Asked.Run run ->
                begin(new WantedRun(
                        action.resource(),
                        entry(action, training, run, catalog),
                        run,
                        (TrainingSpec) training.spec(),
                        priority(action, (TrainingSpec) training.spec(), catalog),
                        action.reason()));
        };
    }

    /** Several may ask for one run: it is trained once. */
    Outcome begin(WantedRun wanted) throws Ledger.LedgerException, InterruptedException {
        RunId run = wanted.entry().run();
        if (!attempts.claim(run)) {
            return new Outcome.Waiting("Training", "another attempt at this run is under way", LOOK_AGAIN);
        }
        try {
            boolean begun = ledger.view()
                    .run(run)
                    .filter(each -> each.attempt() >= wanted.entry().attempt())
                    .isPresent();
            return begun
                    ? new Outcome.Waiting("Changed", "that attempt was made already", Duration.ZERO)
                    : turn(wanted);
        } finally {
            attempts.release(run);
        }
    }

    private Outcome turn(WantedRun wanted) throws Ledger.LedgerException, InterruptedException {
        QueuedRun queued =
                new QueuedRun(wanted.asker(), wanted.entry(), wanted.spec().resources(), wanted.priority());
        return switch (queue.ask(queued)) {
            case Turn.Never never -> new Outcome.Stalled("NeverFits", never.why());
            case Turn.Later later -> later(wanted, later);
            case Turn.Now now -> start(wanted);
        };
    }

    private Priority priority(Action.Train action, TrainingSpec spec, AdmittedCatalog catalog) {
        Optional<VersionName> version = ledger.view().versionOf(spec.model(), action.run());
        if (version.isPresent()) {
            return priority(version.get(), catalog);
        }
        boolean failed = ledger.view()
                .run(action.run())
                .filter(before -> before.status() == RunStatus.FAILED)
                .isPresent();
        return failed ? Priority.AUTOMATION : Priority.COMMIT;
    }

    /** Of making the lost artifact of a version again. */
    static Priority priority(VersionName version, AdmittedCatalog catalog) {
        boolean serves = catalog.all(Kind.SERVING).stream()
                .anyMatch(each -> ((ServingSpec) each.spec()).named().equals(Optional.of(version)));
        return serves ? Priority.OUTAGE : Priority.AUTOMATION;
    }

    private Outcome later(WantedRun wanted, Turn.Later later) throws Ledger.LedgerException, InterruptedException {
        String what = wanted.words();
        if (later.joined()) {
            ledger.record(Transition.of(
                    "queue " + what,
                    events.ofRun(
                            wanted.asker(),
                            wanted.entry().run(),
                            "TrainingQueued",
                            what + " " + words(later.place()))));
        }
        return new Outcome.Waiting(
                QUEUED, what + " waits until it fits beside what trains already: `plumb runs`", LOOK_AGAIN);
    }

    private static String words(Place place) {
        return "waits in place " + place.place() + " of " + place.of()
                + place.startsIn()
                        .map(time -> ", for about " + about(time))
                        .orElse("; nothing has been trained yet that tells how long");
    }

    /** To the second under two minutes, and to the minute beyond. */
    private static String about(Duration time) {
        return Durations.text(time.truncatedTo(time.toMinutes() < 2 ? ChronoUnit.SECONDS : ChronoUnit.MINUTES));
    }

    private RunEntry entry(Action.Train action, Resource training, AskedRuns.Asked.Run run, AdmittedCatalog catalog) {
        TrainingSpec spec = (TrainingSpec) training.spec();
        SortedMap<ResourceId, Digest> specs = RunSpecs.of(training, catalog);
        Optional<VersionName> version = ledger.view().versionOf(spec.model(), action.run());
        Optional<RunEntry> before = ledger.view().run(action.run());
        Optional<RunEntry> registered = before.filter(each -> version.isPresent());
        return new RunEntry(
                        action.run(),
                        spec.model(),
                        training.id().name(),
                        spec.dataset(),
                        action.attempt(),
                        RunStatus.QUEUED,
                        run.inputs(),
                        run.rows(),
                        catalog.revision().orElseThrow(),
                        specs,
                        clock.instant(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        false,
                        registered.flatMap(RunEntry::result),
                        version,
                        registered.flatMap(RunEntry::verdict))
                .counting(before.filter(each -> each.specs().equals(specs))
                        .map(RunEntry::failures)
                        .orElse(0));
    }

    private Outcome start(WantedRun wanted) throws Ledger.LedgerException, InterruptedException {
        String what = wanted.words();
        RunEntry entry = wanted.entry();
        boolean started = false;
        try {
            Failpoint.RUN_ASKED.hit();
            ledger.record(Transition.of(
                    "train " + entry.model() + ": " + what,
                    entry.begun(clock.instant()),
                    events.ofRun(wanted.asker(), entry.run(), "TrainingStarted", what + ": " + wanted.reason())));
            Failpoint.RUN_RECORDED.hit();
            attempts.start(
                    wanted.asker(),
                    new TrainingRequest(
                            entry.model(),
                            wanted.run().inputs(),
                            entry.attempt(),
                            wanted.run().model(),
                            wanted.run().dataset(),
                            wanted.spec(),
                            wanted.run().data(),
                            directory(entry.run(), entry.attempt())));
            started = true;
        } finally {
            if (!started) {
                queue.end(wanted.asker(), entry.run(), entry.attempt());
            }
        }
        Failpoint.RUN_STARTED.hit();
        return new Outcome.Waiting("Training", what, LOOK_AGAIN);
    }

    /** The Training does not wait for a turn any more. */
    public void leaveQueue(ResourceId training) {
        queue.leave(training);
    }

    /** The Training could not be looked at: nobody behind it waits for it meanwhile. */
    public void stepBack(ResourceId training) {
        queue.stepBack(training);
    }

    /** Where the output of an attempt is kept. */
    public Path directory(RunId run, int attempt) {
        return directory.resolve(run.digest().hex()).resolve("attempt-" + attempt);
    }

    Outcome cancel(Action.Cancel action) throws Ledger.LedgerException, InterruptedException {
        attempts.cancel(action.resource(), action.reason());
        recordEnded(action.resource());
        return new Outcome.Waiting("Cancelled", action.reason(), Duration.ZERO);
    }

    /**
     * Records how the Training's attempt ended, if it has; the next plan sees it.
     *
     * @return the run as it is recorded now
     */
    public Optional<RunEntry> recordEnded(ResourceId training) throws Ledger.LedgerException, InterruptedException {
        Optional<Attempts.Ended> ended = attempts.ended(training);
        if (ended.isEmpty()) {
            return Optional.empty();
        }
        Failpoint.RUN_ENDED.hit();
        RunEntry begun = ledger.view().run(ended.get().run()).orElseThrow();
        RunEntry entry = after(begun, ended.get().outcome());
        String reason = entry.reason().orElse("");
        ledger.record(Transition.of(
                "run " + entry.run().shortened() + " of " + entry.model() + ": " + reason,
                entry,
                events.ofRun(training, entry.run(), reason, entry.message().orElse(""))));
        Failpoint.RUN_END_RECORDED.hit();
        attempts.take(training);
        return Optional.of(entry);
    }

    private RunEntry after(RunEntry begun, TrainingOutcome outcome) {
        return switch (outcome) {
            case TrainingOutcome.Succeeded result -> trained(begun, result);
            case TrainingOutcome.Failed failed ->
                ended(begun, RunStatus.FAILED, failed.reason(), failed.message(), failed.permanent(), begun.result());
            case TrainingOutcome.Cancelled cancelled ->
                ended(begun, RunStatus.CANCELLED, "Cancelled", cancelled.reason(), false, begun.result());
        };
    }

    /** A run that is a version already was trained for its lost artifact, which only the same bytes replace. */
    private RunEntry trained(RunEntry begun, TrainingOutcome.Succeeded result) {
        String message = "model of " + result.bytes() + " bytes, artifact "
                + result.artifact().shortened();
        Optional<VersionEntry> version = begun.version().flatMap(ledger.view()::version);
        if (version.isEmpty()) {
            return ended(begun, RunStatus.RUNNING, "Trained", message, false, Optional.of(result));
        }
        Digest expected = version.get().digest();
        return result.artifact().equals(expected)
                ? ended(begun, RunStatus.SUCCEEDED, "Trained", message, false, Optional.of(result))
                : ended(
                        begun,
                        RunStatus.FAILED,
                        RestoreAction.LOST,
                        lost(begun, version.get(), result),
                        true,
                        begun.result());
    }

    private static String lost(RunEntry begun, VersionEntry version, TrainingOutcome.Succeeded result) {
        return ArtifactDifference.ofBytes(version, result.artifact(), begun.specs(), result.environment());
    }

    private RunEntry ended(
            RunEntry begun,
            RunStatus status,
            String reason,
            String message,
            boolean permanent,
            Optional<TrainingOutcome.Succeeded> result) {
        RunEntry entry = begun.ended(status, reason, message, permanent, result, clock.instant());
        boolean outside = Reason.named(reason)
                .filter(each -> each.sort() == Reason.Sort.OUTSIDE)
                .isPresent();
        // What the machine lacks is no failure of the run, which goes on once the machine does.
        return outside ? entry.counting(begun.failures()) : entry;
    }
}
