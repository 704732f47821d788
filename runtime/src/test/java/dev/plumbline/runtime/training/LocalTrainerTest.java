package dev.plumbline.runtime.training;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.runtime.MetricValue;
import dev.plumbline.runtime.Trainer.Attempt;
import dev.plumbline.runtime.TrainingOutcome;
import dev.plumbline.runtime.TrainingOutcome.Cancelled;
import dev.plumbline.runtime.TrainingOutcome.Failed;
import dev.plumbline.runtime.TrainingOutcome.Succeeded;
import dev.plumbline.runtime.TrainingProgress;
import dev.plumbline.runtime.TrainingRequest;
import dev.plumbline.runtime.artifact.FileArtifactStore;
import dev.plumbline.runtime.data.TrainingRows;
import dev.plumbline.runtime.onnx.OnnxModel;
import dev.plumbline.runtime.process.ChildJvm;
import dev.plumbline.runtime.training.job.ProcessCases;
import dev.plumbline.schemas.model.Algorithm;
import dev.plumbline.schemas.model.Metric;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class LocalTrainerTest {
    private static final Map<String, Double> ENDLESS = Map.of("epochs", 1e9, "learningRate", 0.1, "batchSize", 32.0);

    @TempDir
    private Path folder;

    private ExecutorService executor;
    private LocalTrainer trainer;

    @BeforeEach
    void start() {
        executor = Executors.newVirtualThreadPerTaskExecutor();
        trainer = new LocalTrainer(folder.resolve("artifacts"), folder.resolve("scratch"), executor);
    }

    @AfterEach
    void stop() {
        trainer.close();
        executor.close();
    }

    @Test
    void trainsAModelThatItStoresAndMeasures() throws Exception {
        ProcessCases cases = new ProcessCases(folder);
        TrainingRequest request = cases.request(cases.file("rows.csv", 600, false));
        List<TrainingProgress> told = Collections.synchronizedList(new ArrayList<>());

        Succeeded outcome = succeeded(trainer.start(request, told::add));

        assertThat(outcome.parity().holds()).isTrue();
        assertThat(value(outcome, Metric.AUC)).isGreaterThan(0.9);
        assertThat(outcome.evaluation().groups()).extracting("value").contains("basic", "plus", "pro");
        assertThat(outcome.environment()).containsKeys("java", "tribuo", "onnxRuntime");
        assertThat(told).extracting(TrainingProgress::phase).contains("reading", "fitting", "exporting", "evaluating");
        assertThat(told).extracting(TrainingProgress::fraction).isSorted();
        assertThat(told).extracting(TrainingProgress::detail).contains("epoch 10 of 10");
        assertStored(outcome, request);
        assertThat(request.directory().resolve("output.log")).content().contains("read 600 rows", "evaluated in ");
        assertThat(scratchFolders()).isEmpty();
    }

    private void assertStored(Succeeded outcome, TrainingRequest request) throws Exception {
        FileArtifactStore store = new FileArtifactStore(folder.resolve("artifacts"));
        try (OnnxModel model = OnnxModel.load(store.find(outcome.artifact()).orElseThrow());
                InputStream rows =
                        Files.newInputStream(store.find(outcome.trainingRows()).orElseThrow())) {
            assertThat(model.signature().run()).isEqualTo(request.inputs().id());
            assertThat(model.signature().dataset()).isEqualTo(request.inputs().dataset());
            assertThat(model.signature().positive()).contains("yes");
            assertThat(TrainingRows.read(rows).size()).isBetween(400, 500);
        }
    }

    @Test
    void endsTheProcessWhenItIsCancelled() throws Exception {
        CountDownLatch fitting = new CountDownLatch(1);
        Attempt attempt = trainer.start(endless(), progress -> {
            if (progress.phase().equals("fitting")) {
                fitting.countDown();
            }
        });
        fitting.await();
        List<ProcessHandle> running = children();

        attempt.cancel("the spec changed");

        assertThat(attempt.outcome().get()).isEqualTo(new Cancelled("the spec changed"));
        assertThat(running).isNotEmpty().noneMatch(ProcessHandle::isAlive);
    }

    @Test
    void endsEveryAttemptWhenItIsClosed() throws Exception {
        Attempt attempt = trainer.start(endless(), progress -> {});

        trainer.close();

        assertThat(attempt.outcome()).isDone();
        assertThat(attempt.outcome().get()).isInstanceOf(Cancelled.class);
    }

    @Test
    void endsAnAttemptAtItsTimeLimit() throws Exception {
        ProcessCases cases = new ProcessCases(folder)
                .with(Algorithm.LOGISTIC_REGRESSION, ENDLESS)
                .limit(Duration.ofMillis(1500));
        Failed failed = failed(trainer.start(cases.request(cases.file("rows.csv", 200, false)), told -> {}));

        assertThat(failed.reason()).isEqualTo("TimeLimit");
        assertThat(failed.message()).contains("1500ms").contains("killCriteria.maxDuration");
        assertThat(failed.permanent()).isTrue();
    }

    @Test
    void saysWhenTheMemoryWasNotEnough() throws Exception {
        ProcessCases cases = new ProcessCases(folder).mebibytes(16);
        Failed failed = failed(trainer.start(cases.request(cases.file("rows.csv", 60_000, false)), told -> {}));

        assertThat(failed.reason()).isEqualTo("OutOfMemory");
        assertThat(failed.message()).contains("16 MiB").contains("resources.memory");
    }

    @Test
    void keepsTheReasonOfAProcessThatCannotRun() throws Exception {
        try (LocalTrainer broken = new LocalTrainer(
                ChildJvm.of("dev.plumbline.NoSuchMain"),
                folder,
                folder.resolve("scratch"),
                Platform.here(),
                executor)) {
            ProcessCases cases = new ProcessCases(folder);
            Failed failed = failed(broken.start(cases.request(cases.file("rows.csv", 100, false)), told -> {}));

            assertThat(failed.reason()).isEqualTo("Crashed");
            assertThat(failed.message()).contains("status 1").contains("NoSuchMain");
            assertThat(failed.permanent()).isFalse();
        }
    }

    @Test
    void saysWhenTheArtifactStoreCannotBeUsed() throws Exception {
        Path occupied = Files.writeString(folder.resolve("occupied"), "a file where the store should be");
        try (LocalTrainer full = new LocalTrainer(occupied, folder.resolve("scratch"), executor)) {
            ProcessCases cases = new ProcessCases(folder);
            Failed failed = failed(full.start(cases.request(cases.file("rows.csv", 100, false)), told -> {}));

            assertThat(failed.reason()).isEqualTo("ArtifactStore");
            assertThat(failed.permanent()).isFalse();
        }
    }

    private static double value(Succeeded outcome, Metric metric) {
        MetricValue found = outcome.evaluation().metrics().get(metric);
        assertThat(found).isNotNull();
        return Objects.requireNonNull(found).value();
    }

    private TrainingRequest endless() throws Exception {
        ProcessCases cases = new ProcessCases(folder).with(Algorithm.LOGISTIC_REGRESSION, ENDLESS);
        return cases.request(cases.file("rows.csv", 200, false));
    }

    private static Succeeded succeeded(Attempt attempt) throws Exception {
        TrainingOutcome outcome = attempt.outcome().get();
        assertThat(outcome).isInstanceOf(Succeeded.class);
        return (Succeeded) outcome;
    }

    private static Failed failed(Attempt attempt) throws Exception {
        TrainingOutcome outcome = attempt.outcome().get();
        assertThat(outcome).isInstanceOf(Failed.class);
        return (Failed) outcome;
    }

    private static List<ProcessHandle> children() {
        return ProcessHandle.current().descendants().toList();
    }

    private List<Path> scratchFolders() throws IOException {
        try (Stream<Path> files = Files.list(folder.resolve("scratch"))) {
            return files.toList();
        }
    }

    @Test
    void removesWhatAFormerTrainerLeftInItsScratchFolder() throws Exception {
        Path left = Files.createDirectories(folder.resolve("scratch/attempt1/native"));
        Files.writeString(left.resolve("library.so"), "unpacked");
        try (LocalTrainer next = new LocalTrainer(folder.resolve("artifacts"), folder.resolve("scratch"), executor)) {
            assertThat(next.format()).isEqualTo(LocalTrainer.FORMAT);
            assertThat(folder.resolve("scratch")).doesNotExist();
        }
    }
}
