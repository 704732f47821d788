package dev.plumbline.reconciler.apply;

import dev.plumbline.reconciler.catalog.AdmittedCatalog;
import dev.plumbline.reconciler.catalog.AdmittedCatalog.Admitted;
import dev.plumbline.reconciler.ledger.Ledger;
import dev.plumbline.reconciler.status.Outcome;
import dev.plumbline.runtime.DataFile;
import dev.plumbline.runtime.DatasetReading;
import dev.plumbline.runtime.DatasetReading.DataProblem;
import dev.plumbline.runtime.RunInputs;
import dev.plumbline.schemas.model.DatasetSpec;
import dev.plumbline.schemas.model.Kind;
import dev.plumbline.schemas.model.ModelSpec;
import dev.plumbline.schemas.model.Resource;
import dev.plumbline.schemas.model.ResourceId;
import dev.plumbline.schemas.model.Revision;
import dev.plumbline.schemas.model.TrainingSpec;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Says which run the current specs of a Training ask for, which takes reading its data. Thread-safe. */
public final class AskedRuns {
    private final DataFiles files;
    private final Readings readings;
    private final int trainerFormat;

    /** Runs over data from these files. */
    public AskedRuns(DataFiles files, Readings readings, int trainerFormat) {
        this.files = files;
        this.readings = readings;
        this.trainerFormat = trainerFormat;
    }

    /** What a Training asks for. */
    public sealed interface Asked {
        /** A run over these rows. */
        record Run(RunInputs inputs, ModelSpec model, DatasetSpec dataset, DataFile data, long rows) implements Asked {}

        /**
         * Nothing can be said before this is mended.
         *
         * @param what is wrong, without what to do about it
         */
        record Blocked(Outcome why, String what) implements Asked {}
    }

    /** The run that this Training asks for. */
    public Asked of(Resource training, AdmittedCatalog catalog) throws InterruptedException {
        TrainingSpec spec = (TrainingSpec) training.spec();
        Optional<ModelSpec> model = catalog.model(spec.model());
        Optional<Admitted> dataset =
                Optional.ofNullable(catalog.specs().get(new ResourceId(Kind.DATASET, spec.dataset())));
        if (model.isEmpty() || dataset.isEmpty()) {
            return blocked("DependencyMissing", "its Model or Dataset is not admitted yet");
        }
        return of(
                spec,
                model.get(),
                dataset.get().resource(),
                dataset.get().form().revision());
    }

    /** The run that these specs ask for, over the data as it stood at a revision. */
    Asked of(TrainingSpec spec, ModelSpec model, Resource admitted, Revision revision) throws InterruptedException {
        DatasetSpec dataset = (DatasetSpec) admitted.spec();
        try {
            DataFile file = files.find(dataset.source(), revision);
            return switch (readings.read(dataset, Optional.of(model), file)) {
                case DatasetReading.Accepted accepted ->
                    new Asked.Run(
                            RunInputs.of(model, dataset, spec, accepted.digest(), trainerFormat),
                            model,
                            dataset,
                            file,
                            accepted.rows());
                case DatasetReading.Rejected rejected ->
                    blocked("DataRejected", admitted.id() + ": " + explain(rejected.problems()));
            };
        } catch (DataFiles.Unavailable unavailable) {
            String message = admitted.id() + ": " + unavailable.getMessage();
            return new Asked.Blocked(
                    unavailable.permanent()
                            ? new Outcome.Stalled(unavailable.reason(), message)
                            : new Outcome.Failed(unavailable.reason(), message),
                    admitted.id() + ": " + unavailable.what());
        } catch (Ledger.LedgerException failure) {
            String message = String.valueOf(failure.getMessage());
            return new Asked.Blocked(new Outcome.Failed("Ledger" + failure.reason(), message), message);
        }
    }

    /** What reading one dataset came to, without a Training. */
    public Outcome check(Admitted admitted, Optional<ModelSpec> model) throws InterruptedException {
        DatasetSpec dataset = (DatasetSpec) admitted.resource().spec();
        try {
            DataFile file = files.find(dataset.source(), admitted.form().revision());
            return switch (readings.read(dataset, model, file)) {
                case DatasetReading.Accepted accepted ->
                    new Outcome.Ready(
                            "Checked",
                            accepted.rows() + " rows as declared: " + accepted.trainingRows() + " to learn from, "
                                    + accepted.heldOutRows() + " held out");
                case DatasetReading.Rejected rejected ->
                    new Outcome.Stalled("DataRejected", explain(rejected.problems()));
            };
        } catch (DataFiles.Unavailable unavailable) {
            return unavailable.permanent()
                    ? new Outcome.Stalled(unavailable.reason(), unavailable.getMessage())
                    : new Outcome.Failed(unavailable.reason(), unavailable.getMessage());
        } catch (Ledger.LedgerException failure) {
            return new Outcome.Failed("Ledger" + failure.reason(), failure.getMessage());
        }
    }

    private static Asked blocked(String reason, String message) {
        return new Asked.Blocked(new Outcome.Stalled(reason, message), message);
    }

    private static String explain(List<DataProblem> problems) {
        return problems.stream().map(AskedRuns::explain).collect(Collectors.joining(" "));
    }

    private static String explain(DataProblem problem) {
        String examples =
                problem.examples().isEmpty() ? "" : " For instance: " + String.join(", ", problem.examples()) + ".";
        return problem.message() + examples
                + problem.hint().map(hint -> " " + hint).orElse("") + " [" + problem.code() + "]";
    }
}
