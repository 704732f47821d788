package dev.plumbline.runtime.training.job;

import dev.plumbline.runtime.ArtifactStore;
import dev.plumbline.runtime.DatasetReading.DataProblem;
import dev.plumbline.runtime.Evaluation;
import dev.plumbline.runtime.RunInputs;
import dev.plumbline.runtime.TrainingOutcome;
import dev.plumbline.runtime.TrainingOutcome.Failed;
import dev.plumbline.runtime.TrainingOutcome.Parity;
import dev.plumbline.runtime.TrainingOutcome.Succeeded;
import dev.plumbline.runtime.data.DatasetReader;
import dev.plumbline.runtime.data.RowReading;
import dev.plumbline.runtime.data.TrainingRows;
import dev.plumbline.runtime.evaluation.Evaluator;
import dev.plumbline.runtime.evaluation.Grouping;
import dev.plumbline.runtime.evaluation.Truth;
import dev.plumbline.runtime.evaluation.fairness.FairnessMeasurement;
import dev.plumbline.runtime.evaluation.fairness.RunRandomness;
import dev.plumbline.runtime.onnx.ModelRefusedException;
import dev.plumbline.runtime.onnx.OnnxModel;
import dev.plumbline.runtime.onnx.OnnxPredictor;
import dev.plumbline.runtime.onnx.Predictions;
import dev.plumbline.runtime.onnx.TableColumns;
import dev.plumbline.runtime.training.fitting.FittingException;
import dev.plumbline.schemas.fault.Failpoint;
import dev.plumbline.schemas.model.Digest;
import dev.plumbline.schemas.model.Task;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One attempt, in the process that it has to itself: reads, fits, exports, compares, measures and stores. */
final class TrainingJob {
    private static final Logger LOG = LoggerFactory.getLogger(TrainingJob.class);

    private final JobRequest request;
    private final RunInputs inputs;
    private final DatasetReader reader;
    private final ArtifactStore artifacts;
    private final JobProgress progress;
    private final JobLog log;

    TrainingJob(JobRequest request, DatasetReader reader, ArtifactStore artifacts, JobProgress progress, JobLog log) {
        this.request = request;
        this.inputs = request.inputs();
        this.reader = reader;
        this.artifacts = artifacts;
        this.progress = progress;
        this.log = log;
    }

    /** How the attempt ended; every failure that can be told is a value. */
    TrainingOutcome run() throws InterruptedException {
        TrainingOutcome outcome = attempt();
        if (outcome instanceof Failed failed) {
            log.failed(failed);
        }
        return outcome;
    }

    private TrainingOutcome attempt() throws InterruptedException {
        log.reading(inputs);
        progress.enter(JobProgress.Phase.READING);
        return switch (reader.read(request.dataset(), Optional.of(request.model()), request.dataFile())) {
            case RowReading.Broken broken -> new Failed("DataRejected", sentence(broken.problems()), true);
            case RowReading.Rows rows
            when !rows.digest().equals(inputs.dataset()) ->
                new Failed("DataRejected", "The data file no longer holds the rows that this run is about.", false);
            case RowReading.Rows rows -> train(rows);
        };
    }

    private TrainingOutcome train(RowReading.Rows rows) throws InterruptedException {
        Failpoint.TRAINING_READ.hit();
        Sides sides = Sides.of(rows);
        log.read(
                inputs.features().size() + 1,
                sides.training().rows(),
                sides.heldOut().rows());
        log.fitting(inputs);
        progress.enter(JobProgress.Phase.FITTING);
        try (TrainedModel trained = new TribuoTraining(inputs, progress).train(sides.labelled(inputs))) {
            progress.enter(JobProgress.Phase.EXPORTING);
            log.fitted(trained.artifact().length);
            Failpoint.TRAINING_FITTED.hit();
            try (OnnxModel exported = OnnxModel.load(trained.artifact())) {
                return judge(rows, sides, trained, exported);
            }
        } catch (FittingException failure) {
            LOG.error(
                    "a model could not be fitted algorithm={}",
                    inputs.algorithm().label(),
                    failure);
            return new Failed("TrainerError", failure.getMessage() + cause(failure), true);
        } catch (IllegalArgumentException refused) {
            LOG.error("a run was refused algorithm={}", inputs.algorithm().label(), refused);
            return new Failed("TrainerError", String.valueOf(refused.getMessage()), true);
        } catch (ModelRefusedException bug) {
            LOG.error("an export was refused algorithm={}", inputs.algorithm().label(), bug);
            return new Failed("TrainerError", "The exported model is not sound: " + bug.getMessage(), true);
        }
    }

    private TrainingOutcome judge(RowReading.Rows rows, Sides sides, TrainedModel trained, OnnxModel exported)
            throws FittingException, InterruptedException {
        var columns = TableColumns.of(sides.heldOut(), inputs.features());
        Predictions answers = exported.predict(columns);
        double deviation = inputs.task() == Task.REGRESSION
                ? LabelScale.of(sides.training().numbers(inputs.label())).deviation()
                : 0;
        Parity parity = ParityCheck.compare(trained.original(columns), answers, deviation);
        if (!parity.holds()) {
            return new Failed(
                    "ParityMismatch",
                    "The exported model does not answer as the fitted one: of " + parity.rows() + " held-out rows "
                            + parity.labelsDiffering() + " have another label, and the largest difference is "
                            + parity.largestDifference() + ". Nothing was registered; please report this.",
                    true);
        }
        log.compared(parity);
        progress.enter(JobProgress.Phase.EVALUATING);
        Evaluation evaluation = evaluate(rows, sides, OnnxPredictor.evaluated(answers));
        log.evaluated(evaluation);
        return store(trained, TrainingRows.of(rows.hashes(), sides.trainingRows()), evaluation, parity);
    }

    private Evaluation evaluate(RowReading.Rows rows, Sides sides, dev.plumbline.runtime.evaluation.Predictions answers)
            throws InterruptedException {
        Truth truth = Truth.of(inputs.task(), inputs.label(), inputs.positive(), sides.heldOut());
        List<Grouping> sensitive = Grouping.of(
                rows.table(), request.model().sensitive(), request.dataset().schema(), sides.heldOutRows());
        return Evaluator.evaluate(truth, answers, sensitive, inputs.seed())
                .with(FairnessMeasurement.of(truth, answers, sensitive, new RunRandomness(inputs.id())));
    }

    private TrainingOutcome store(TrainedModel trained, TrainingRows rows, Evaluation evaluation, Parity parity) {
        try {
            byte[] artifact = trained.artifact();
            Digest model = artifacts.put(new ByteArrayInputStream(artifact));
            Digest learnt = artifacts.put(new ByteArrayInputStream(rows.bytes()));
            log.stored(model);
            Failpoint.TRAINING_STORED.hit();
            return new Succeeded(
                    model, artifact.length, learnt, evaluation, parity, Environment.here(inputs.algorithm()));
        } catch (IOException failure) {
            LOG.error("an artifact could not be stored", failure);
            return new Failed("ArtifactStore", String.valueOf(failure.getMessage()), false);
        }
    }

    private static String sentence(List<DataProblem> problems) {
        return problems.stream()
                .map(problem -> problem.message()
                        + problem.hint().map(hint -> " " + hint).orElse("")
                        + (problem.examples().isEmpty()
                                ? ""
                                : " For example: " + String.join(", ", problem.examples())))
                .collect(Collectors.joining("\n"));
    }

    private static String cause(FittingException failure) {
        Throwable cause = failure.getCause();
        return cause == null || cause.getMessage() == null
                ? "."
                : ": " + cause.getMessage().lines().findFirst().orElse("");
    }
}
