package dev.plumbline.reconciler.apply;

import dev.plumbline.reconciler.catalog.AdmittedCatalog;
import dev.plumbline.reconciler.ledger.Ledger;
import dev.plumbline.reconciler.ledger.RunEntry;
import dev.plumbline.reconciler.ledger.RunStatus;
import dev.plumbline.reconciler.ledger.Transition;
import dev.plumbline.reconciler.ledger.VersionEntry;
import dev.plumbline.reconciler.plan.Action;
import dev.plumbline.reconciler.status.Outcome;
import dev.plumbline.runtime.RunId;
import dev.plumbline.runtime.TrainingOutcome;
import dev.plumbline.runtime.TrainingRequest;
import dev.plumbline.schemas.fault.Failpoint;
import dev.plumbline.schemas.model.Digest;
import dev.plumbline.schemas.model.Kind;
import dev.plumbline.schemas.model.Resource;
import dev.plumbline.schemas.model.ResourceId;
import dev.plumbline.schemas.model.TrainingSpec;
import dev.plumbline.schemas.model.VersionName;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Starts, ends and records attempts at runs. The attempt is recorded before it starts, so that a crash at any moment
 * leaves either a run that did not start or one that is known to have.
 */
public final class TrainAction {
    private static final Duration LOOK_AGAIN = Duration.ofMinutes(1);

    private final Ledger ledger;
    private final AskedRuns asked;
    private final Attempts attempts;
    private final Events events;
    private final Clock clock;
    private final Path directory;

    /**
     * Training through these attempts.
     *
     * @param directory where attempts keep their output, one folder each
     */
    public TrainAction(Ledger ledger, AskedRuns asked, Attempts attempts, Events events, Clock clock, Path directory) {
        this.ledger = ledger;
        this.asked = asked;
        this.attempts = attempts;
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
            case AskedRuns.Asked.Run run -> alone(action, training, run, catalog);
        };
    }

    /** Several Trainings may ask for one run: it is trained once. */
    private Outcome alone(Action.Train action, Resource training, AskedRuns.Asked.Run run, AdmittedCatalog catalog)
            throws Ledger.LedgerException, InterruptedException {
        if (!attempts.claim(action.run())) {
            return new Outcome.Waiting("Training", "another Training's attempt at this run is under way", LOOK_AGAIN);
        }
        try {
            boolean begun = ledger.view()
                    .run(action.run())
                    .filter(each -> each.attempt() >= action.attempt())
                    .isPresent();
            return begun
                    ? new Outcome.Waiting("Changed", "that attempt was made already", Duration.ZERO)
                    : start(action, training, run, catalog);
        } finally {
            attempts.release(action.run());
        }
    }

    private Outcome start(Action.Train action, Resource training, AskedRuns.Asked.Run run, AdmittedCatalog catalog)
            throws Ledger.LedgerException, InterruptedException {
        TrainingSpec spec = (TrainingSpec) training.spec();
        Optional<VersionName> version = ledger.view().versionOf(spec.model(), action.run());
        Optional<RunEntry> registered = ledger.view().run(action.run()).filter(each -> version.isPresent());
        RunEntry entry = new RunEntry(
                action.run(),
                spec.model(),
                training.id().name(),
                spec.dataset(),
                action.attempt(),
                RunStatus.RUNNING,
                run.inputs(),
                run.rows(),
                catalog.revision().orElseThrow(),
                specs(training, spec, catalog),
                clock.instant(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                false,
                registered.flatMap(RunEntry::result),
                version,
                registered.flatMap(RunEntry::verdict));
        String what = "attempt " + action.attempt() + " at run " + action.run().shortened();
        Failpoint.RUN_ASKED.hit();
        ledger.record(Transition.of(
                "train " + spec.model() + ": " + what,
                entry,
                events.ofRun(training.id(), action.run(), "TrainingStarted", what + ": " + action.reason())));
        Failpoint.RUN_RECORDED.hit();
        attempts.start(
                training.id(),
                new TrainingRequest(
                        spec.model(),
                        run.inputs(),
                        action.attempt(),
                        run.model(),
                        run.dataset(),
                        spec,
                        run.data(),
                        directory(action.run(), action.attempt())));
        Failpoint.RUN_STARTED.hit();
        return new Outcome.Waiting("Training", what, LOOK_AGAIN);
    }

    /** Where the output of an attempt is kept. */
    public Path directory(RunId run, int attempt) {
        return directory.resolve(run.digest().hex()).resolve("attempt-" + attempt);
    }

    private static SortedMap<ResourceId, Digest> specs(Resource training, TrainingSpec spec, AdmittedCatalog catalog) {
        SortedMap<ResourceId, Digest> specs = new TreeMap<>();
        specs.put(training.id(), training.digest());
        ResourceId model = new ResourceId(Kind.MODEL, spec.model());
        ResourceId dataset = new ResourceId(Kind.DATASET, spec.dataset());
        catalog.resource(model).ifPresent(each -> specs.put(model, each.digest()));
        catalog.resource(dataset).ifPresent(each -> specs.put(dataset, each.digest()));
        return specs;
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
                : ended(begun, RunStatus.FAILED, "ArtifactLost", lost(version.get(), result), true, begun.result());
    }

    private static String lost(VersionEntry version, TrainingOutcome.Succeeded result) {
        return "the artifact of " + version.version() + " is lost, and training its run again gave "
                + result.artifact() + " where " + version.digest()
                + " is recorded: put the recorded bytes back into the artifact store, or change the Training";
    }

    private RunEntry ended(
            RunEntry begun,
            RunStatus status,
            String reason,
            String message,
            boolean permanent,
            Optional<TrainingOutcome.Succeeded> result) {
        return begun.ended(status, reason, message, permanent, result, clock.instant());
    }
}
