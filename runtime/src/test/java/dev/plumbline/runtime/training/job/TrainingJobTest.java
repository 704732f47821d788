package dev.plumbline.runtime.training.job;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.runtime.ArtifactStore;
import dev.plumbline.runtime.Comparisons;
import dev.plumbline.runtime.DataFile;
import dev.plumbline.runtime.Fairness;
import dev.plumbline.runtime.MetricValue;
import dev.plumbline.runtime.TrainingOutcome;
import dev.plumbline.runtime.TrainingOutcome.Failed;
import dev.plumbline.runtime.TrainingOutcome.Succeeded;
import dev.plumbline.runtime.TrainingRequest;
import dev.plumbline.runtime.artifact.FileArtifactStore;
import dev.plumbline.runtime.data.DatasetReader;
import dev.plumbline.runtime.evaluation.Predictor;
import dev.plumbline.runtime.evaluation.fairness.HeldOutComparisons;
import dev.plumbline.runtime.onnx.ModelRefusedException;
import dev.plumbline.runtime.onnx.OnnxModel;
import dev.plumbline.runtime.onnx.OnnxPredictor;
import dev.plumbline.schemas.model.Algorithm;
import dev.plumbline.schemas.model.Digest;
import dev.plumbline.schemas.model.Expectation;
import dev.plumbline.schemas.model.Metric;
import dev.plumbline.schemas.model.Task;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainingJobTest {
    private static final Clock CLOCK = Clock.fixed(Instant.EPOCH, ZoneOffset.UTC);

    private final List<String> lines = new ArrayList<>();

    @TempDir
    private Path folder;

    @Test
    void makesTheSameArtifactOfTheSameRowsInAnotherOrder() throws Exception {
        ProcessCases cases =
                new ProcessCases(folder).with(Algorithm.RANDOM_FOREST, Cases.parameters(Algorithm.RANDOM_FOREST));
        TrainingRequest first = cases.request(cases.file("rows.csv", 300, false));
        TrainingRequest second = cases.request(cases.file("shuffled.csv", 300, true));

        assertThat(second.inputs().id()).isEqualTo(first.inputs().id());
        assertThat(second.data().digest()).isNotEqualTo(first.data().digest());
        Succeeded one = succeeded(run(first));
        Succeeded other = succeeded(run(second));
        assertThat(other.artifact()).isEqualTo(one.artifact());
        assertThat(other.trainingRows()).isEqualTo(one.trainingRows());
        assertThat(other.evaluation()).isEqualTo(one.evaluation());
    }

    @Test
    void trainsARegressionModelOfBoostedTrees() throws Exception {
        ProcessCases cases = new ProcessCases(folder)
                .task(Task.REGRESSION)
                .with(Algorithm.XGBOOST, Cases.parameters(Algorithm.XGBOOST));

        Succeeded outcome = succeeded(run(cases.request(cases.file("rows.csv", 500, false))));

        assertThat(value(outcome, Metric.R2)).isGreaterThan(0.7);
        assertThat(outcome.environment()).containsKey("xgboost");
    }

    @Test
    void whatBecomesSensitiveLaterIsMeasuredAsIfItHadBeenThen() throws Exception {
        Path data = new ProcessCases(folder).file("rows.csv", 500, false);
        TrainingRequest plain = new ProcessCases(folder).sensitive().request(data);
        TrainingRequest sensitive =
                new ProcessCases(folder).sensitive("plan", "months").request(data);
        Succeeded before = succeeded(run(plain));
        Succeeded then = succeeded(run(sensitive));
        Comparisons comparisons = new HeldOutComparisons(
                new DatasetReader(), new FileArtifactStore(folder.resolve("artifacts")), TrainingJobTest::load);

        Optional<Fairness> later = comparisons.groups(new Comparisons.GroupsRequest(
                plain.inputs(), List.of("plan", "months"), plain.dataset(), plain.data(), before.artifact()));

        assertThat(sensitive.inputs().id()).isEqualTo(plain.inputs().id());
        assertThat(then.artifact()).isEqualTo(before.artifact());
        assertThat(before.evaluation().fairness()).isEmpty();
        assertThat(later).isPresent().isEqualTo(then.evaluation().fairness());
        assertThat(later.orElseThrow().partitions()).hasSize(3);
    }

    @Test
    void groupsOfOtherRowsOrColumnsOrOfALostModelAreNotMeasured() throws Exception {
        ProcessCases cases = new ProcessCases(folder);
        TrainingRequest request = cases.request(cases.file("rows.csv", 300, false));
        DataFile other = cases.request(cases.file("other.csv", 310, false)).data();
        Digest artifact = succeeded(run(request)).artifact();
        Comparisons comparisons = new HeldOutComparisons(
                new DatasetReader(), new FileArtifactStore(folder.resolve("artifacts")), TrainingJobTest::load);

        assertThat(comparisons.groups(new Comparisons.GroupsRequest(
                        request.inputs(), List.of("plan"), request.dataset(), other, artifact)))
                .isEmpty();
        assertThat(comparisons.groups(new Comparisons.GroupsRequest(
                        request.inputs(), List.of("gender"), request.dataset(), request.data(), artifact)))
                .isEmpty();
        assertThat(comparisons.groups(new Comparisons.GroupsRequest(
                        request.inputs(), List.of("plan"), request.dataset(), request.data(), Digest.of(new byte[1]))))
                .isEmpty();
    }

    @Test
    void saysWhatItDoesALineEach() throws Exception {
        ProcessCases cases = new ProcessCases(folder);
        Succeeded outcome = succeeded(run(cases.request(cases.file("rows.csv", 300, false))));

        assertThat(lines).hasSize(7).allMatch(line -> line.startsWith("1970-01-01T00:00:00Z "));
        assertThat(lines.get(1)).contains("read 300 rows of 5 columns").contains(" held out");
        assertThat(lines.get(2))
                .contains("fitting logistic-regression with ")
                .contains("epochs 10, ")
                .endsWith(", seed 42");
        assertThat(lines.get(3)).contains("fitted in 0.0 s, exported as a graph of ");
        assertThat(lines.get(4)).contains("held-out rows as the fitted model");
        assertThat(lines.get(5)).contains("evaluated in 0.0 s: ").contains("auc 0.");
        assertThat(lines.getLast()).endsWith("stored " + outcome.artifact());
    }

    @Test
    void tellsEveryProblemOfTheData() throws Exception {
        ProcessCases cases = new ProcessCases(folder)
                .expecting(
                        new Expectation.OfRows(Optional.of(100_000L), Optional.empty()),
                        new Expectation.OfColumn(
                                "months", true, false, Optional.of(new Expectation.Range(0, 5)), Optional.empty()));
        Failed failed = failed(run(cases.request(cases.file("rows.csv", 200, false))));

        assertThat(failed.reason()).isEqualTo("DataRejected");
        assertThat(failed.permanent()).isTrue();
        assertThat(failed.message()).contains("months").contains("100000").doesNotContain(folder.toString());
        assertThat(lines.getLast()).contains("failed, DataRejected: ");
    }

    @Test
    void refusesAnAlgorithmForAnotherTask() throws Exception {
        ProcessCases cases = new ProcessCases(folder)
                .task(Task.REGRESSION)
                .with(Algorithm.RANDOM_FOREST, Cases.parameters(Algorithm.RANDOM_FOREST));
        Failed failed = failed(run(cases.request(cases.file("rows.csv", 200, false))));

        assertThat(failed.reason()).isEqualTo("TrainerError");
        assertThat(failed.message()).contains("random-forest fits classification models");
    }

    @Test
    void saysWhenTheStoreTakesNoMore() throws Exception {
        ProcessCases cases = new ProcessCases(folder);
        TrainingRequest request = cases.request(cases.file("rows.csv", 200, false));
        ArtifactStore full = new ArtifactStore() {
            @Override
            public Digest put(InputStream bytes) throws IOException {
                throw new IOException("The disk is full.");
            }

            @Override
            public Optional<Path> find(Digest digest) {
                return Optional.empty();
            }
        };

        assertThat(run(request, full)).isEqualTo(new Failed("ArtifactStore", "The disk is full.", false));
    }

    @Test
    void refusesRowsThatTheRunIsNotAbout() throws Exception {
        ProcessCases cases = new ProcessCases(folder);
        TrainingRequest planned = cases.request(cases.file("rows.csv", 200, false));
        TrainingRequest now = cases.request(cases.file("rows.csv", 210, false));
        TrainingRequest mixed = new TrainingRequest(
                "churn", planned.inputs(), 1, now.model(), now.dataset(), now.training(), now.data(), now.directory());

        Failed failed = failed(run(mixed));

        assertThat(failed.reason()).isEqualTo("DataRejected");
        assertThat(failed.message()).contains("no longer holds the rows");
    }

    private TrainingOutcome run(TrainingRequest request) throws InterruptedException {
        return run(request, new FileArtifactStore(folder.resolve("artifacts")));
    }

    private TrainingOutcome run(TrainingRequest request, ArtifactStore store) throws InterruptedException {
        JobProgress progress = new JobProgress(CLOCK, told -> {});
        JobLog log = new JobLog(CLOCK, lines::add);
        return new TrainingJob(JobRequest.of(request, folder), new DatasetReader(), store, progress, log).run();
    }

    private static Predictor load(Path artifact) {
        try {
            return new OnnxPredictor(OnnxModel.load(artifact));
        } catch (IOException | ModelRefusedException broken) {
            throw new IllegalStateException(broken);
        }
    }

    private static double value(Succeeded outcome, Metric metric) {
        MetricValue found = outcome.evaluation().metrics().get(metric);
        return Objects.requireNonNull(found).value();
    }

    private static Succeeded succeeded(TrainingOutcome outcome) {
        assertThat(outcome).isInstanceOf(Succeeded.class);
        return (Succeeded) outcome;
    }

    private static Failed failed(TrainingOutcome outcome) {
        assertThat(outcome).isInstanceOf(Failed.class);
        return (Failed) outcome;
    }
}
