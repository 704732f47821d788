package dev.plumbline.reconciler.apply;

import dev.plumbline.reconciler.catalog.AdmittedCatalog;
import dev.plumbline.reconciler.catalog.PastSpecs;
import dev.plumbline.reconciler.ledger.Ledger;
import dev.plumbline.reconciler.ledger.RunEntry;
import dev.plumbline.reconciler.ledger.RunStatus;
import dev.plumbline.reconciler.ledger.VersionEntry;
import dev.plumbline.reconciler.plan.Action;
import dev.plumbline.reconciler.status.Outcome;
import dev.plumbline.schemas.model.Kind;
import dev.plumbline.schemas.model.ModelSpec;
import dev.plumbline.schemas.model.Resource;
import dev.plumbline.schemas.model.ResourceId;
import dev.plumbline.schemas.model.TrainingSpec;
import java.time.Clock;
import java.util.Optional;

/**
 * Makes the lost artifact of a version again, by its own run: the specs and the data as they were when it was trained,
 * whatever the specs ask for now. Only the recorded bytes become the version's artifact again.
 */
public final class RestoreAction {
    /** The reason of what waits for lost bytes. */
    public static final String LOST = "ArtifactLost";

    private final Ledger ledger;
    private final PastSpecs past;
    private final AskedRuns runs;
    private final TrainAction training;
    private final Clock clock;

    /** Attempts through this training. */
    public RestoreAction(Ledger ledger, PastSpecs past, AskedRuns runs, TrainAction training, Clock clock) {
        this.ledger = ledger;
        this.past = past;
        this.runs = runs;
        this.training = training;
        this.clock = clock;
    }

    Outcome restore(Action.Restore action, AdmittedCatalog catalog)
            throws Ledger.LedgerException, InterruptedException {
        VersionEntry version = ledger.view().version(action.version()).orElseThrow();
        ResourceId model = new ResourceId(Kind.MODEL, version.version().model());
        ResourceId dataset = new ResourceId(Kind.DATASET, version.dataset());
        Optional<ResourceId> asked = version.specs().keySet().stream()
                .filter(id -> id.kind() == Kind.TRAINING)
                .findFirst();
        if (asked.isEmpty()) {
            return stalled(ArtifactDifference.ofSpec(version, new ResourceId(Kind.TRAINING, model.name())));
        }
        Optional<Resource> modelThen = then(model, version, catalog);
        Optional<Resource> datasetThen = then(dataset, version, catalog);
        Optional<Resource> trainingThen = then(asked.get(), version, catalog);
        if (modelThen.isEmpty() || datasetThen.isEmpty() || trainingThen.isEmpty()) {
            return stalled(ArtifactDifference.ofSpec(
                    version, modelThen.isEmpty() ? model : datasetThen.isEmpty() ? dataset : asked.get()));
        }
        TrainingSpec spec = (TrainingSpec) trainingThen.get().spec();
        AskedRuns.Asked found =
                runs.of(spec, (ModelSpec) modelThen.get().spec(), datasetThen.get(), version.revision());
        return switch (found) {
            case AskedRuns.Asked.Blocked blocked ->
                blocked.why() instanceof Outcome.Stalled
                        ? stalled(ArtifactDifference.ofData(version, blocked.what()))
                        : blocked.why();
            case AskedRuns.Asked.Run run
            when !run.inputs().id().equals(version.run()) ->
                stalled(ArtifactDifference.ofInputs(version, run.inputs()));
            case AskedRuns.Asked.Run run ->
                training.begin(new WantedRun(
                        action.resource(),
                        entry(action, version, asked.get()),
                        run,
                        spec,
                        TrainAction.priority(action.version(), catalog),
                        action.reason()));
        };
    }

    /** As it is now where that is the very same, else as it stood at the version's revision. */
    private Optional<Resource> then(ResourceId id, VersionEntry version, AdmittedCatalog catalog) {
        return catalog.resource(id)
                .filter(each -> each.digest().equals(version.specs().get(id)))
                .or(() -> past.resource(id, version.revision()));
    }

    private RunEntry entry(Action.Restore action, VersionEntry version, ResourceId asked) {
        Optional<RunEntry> before = ledger.view().run(version.run());
        return new RunEntry(
                        version.run(),
                        version.version().model(),
                        asked.name(),
                        version.dataset(),
                        action.attempt(),
                        RunStatus.QUEUED,
                        version.inputs(),
                        version.rows(),
                        version.revision(),
                        version.specs(),
                        clock.instant(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        false,
                        before.flatMap(RunEntry::result),
                        Optional.of(version.version()),
                        Optional.of(version.verdict()))
                .counting(before.map(RunEntry::failures).orElse(0));
    }

    private static Outcome stalled(String message) {
        return new Outcome.Stalled(LOST, message);
    }
}
