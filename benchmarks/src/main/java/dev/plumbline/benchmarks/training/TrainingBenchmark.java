package dev.plumbline.benchmarks.training;

import dev.plumbline.runtime.DataFile;
import dev.plumbline.runtime.RunInputs;
import dev.plumbline.runtime.TrainingOutcome;
import dev.plumbline.runtime.TrainingProgress;
import dev.plumbline.runtime.TrainingRequest;
import dev.plumbline.runtime.data.DatasetReader;
import dev.plumbline.runtime.data.RowReading;
import dev.plumbline.runtime.training.LocalTrainer;
import dev.plumbline.schemas.model.Algorithm;
import dev.plumbline.schemas.model.DatasetSpec;
import dev.plumbline.schemas.model.Digest;
import dev.plumbline.schemas.model.ModelSpec;
import dev.plumbline.schemas.model.RiskTier;
import dev.plumbline.schemas.model.Task;
import dev.plumbline.schemas.model.TrainingSpec;
import dev.plumbline.schemas.model.TrainingSpec.TrainerSpec;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;

/** Measures whole attempts, each in its child JVM as the control plane starts them, on a generated table. */
public final class TrainingBenchmark {
    private static final int ROWS = 5_000;
    private static final long MEMORY = 1L << 30;

    private final Path folder;
    private final int rounds;

    private TrainingBenchmark(Path folder, int rounds) {
        this.folder = folder;
        this.rounds = rounds;
    }

    /**
     * Runs it all and prints a table in Markdown.
     *
     * @param arguments rounds; 3 when not given
     */
    public static void main(String[] arguments) throws Exception {
        int rounds = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 3;
        new TrainingBenchmark(Files.createTempDirectory("plumbline-benchmark"), rounds).run();
    }

    /** What is fitted, with its parameters. */
    private record Subject(Task task, Algorithm algorithm, Map<String, Double> parameters) {}

    /** Seconds from start to end, and of the fit alone. */
    private record Sample(double whole, double fit) {}

    private static List<Subject> subjects() {
        Map<String, Double> linear = Map.of("epochs", 20.0, "learningRate", 0.1, "batchSize", 32.0);
        Map<String, Double> forest =
                Map.of("trees", 200.0, "maxDepth", 8.0, "featureFraction", 0.3, "minChildWeight", 5.0);
        Map<String, Double> boosted = Map.of(
                "rounds",
                200.0,
                "eta",
                0.1,
                "maxDepth",
                4.0,
                "subsample",
                0.8,
                "minChildWeight",
                1.0,
                "lambda",
                1.0,
                "gamma",
                0.0);
        return List.of(
                new Subject(Task.BINARY_CLASSIFICATION, Algorithm.LOGISTIC_REGRESSION, linear),
                new Subject(Task.BINARY_CLASSIFICATION, Algorithm.RANDOM_FOREST, forest),
                new Subject(Task.BINARY_CLASSIFICATION, Algorithm.XGBOOST, boosted),
                new Subject(Task.REGRESSION, Algorithm.LINEAR_REGRESSION, linear),
                new Subject(Task.REGRESSION, Algorithm.XGBOOST, boosted));
    }

    private void run() throws Exception {
        System.out.printf("%d rows, 18 columns, %d rounds, the median%n%n", ROWS, rounds);
        System.out.println("| task | algorithm | attempt s | of that fitting s | ratio to the first |");
        System.out.println("| --- | --- | --- | --- | --- |");
        double first = 0;
        try (var executor = Executors.newVirtualThreadPerTaskExecutor();
                LocalTrainer trainer =
                        new LocalTrainer(folder.resolve("artifacts"), folder.resolve("scratch"), executor)) {
            for (Subject subject : subjects()) {
                Sample sample = measure(trainer, subject);
                first = first == 0 ? sample.whole : first;
                System.out.printf(
                        "| %s | %s | %.1f | %.1f | %.2f |%n",
                        subject.task.label(),
                        subject.algorithm.label(),
                        sample.whole,
                        sample.fit,
                        sample.whole / first);
            }
        }
    }

    private Sample measure(LocalTrainer trainer, Subject subject) throws Exception {
        TrainingRequest request = request(subject);
        List<Double> whole = new ArrayList<>();
        List<Double> fit = new ArrayList<>();
        for (int round = 0; round < rounds; round++) {
            Map<String, Long> phases = new ConcurrentHashMap<>();
            long began = System.nanoTime();
            TrainingOutcome outcome = trainer.start(
                            request, (TrainingProgress told) -> phases.putIfAbsent(told.phase(), System.nanoTime()))
                    .outcome()
                    .get();
            whole.add((System.nanoTime() - began) / 1e9);
            if (!(outcome instanceof TrainingOutcome.Succeeded)) {
                throw new IllegalStateException(subject.algorithm.label() + " did not succeed: " + outcome);
            }
            fit.add((at(phases, "exporting") - at(phases, "fitting")) / 1e9);
        }
        return new Sample(median(whole), median(fit));
    }

    private static long at(Map<String, Long> phases, String phase) {
        return Objects.requireNonNull(phases.get(phase), phase);
    }

    private static double median(List<Double> values) {
        Collections.sort(values);
        return values.get(values.size() / 2);
    }

    private TrainingRequest request(Subject subject) throws Exception {
        Path file = GeneratedTable.write(folder.resolve(subject.task.label() + ".csv"), subject.task, ROWS);
        DataFile data = new DataFile(file, Digest.of(Files.readAllBytes(file)));
        DatasetSpec dataset = GeneratedTable.spec(subject.task);
        ModelSpec model = new ModelSpec(subject.task, RiskTier.LOW, Optional.empty(), List.of());
        TrainingSpec training = new TrainingSpec(
                "model",
                "table",
                new TrainerSpec(subject.algorithm, new TreeMap<>(subject.parameters), 42),
                Map.of(),
                Duration.ofMinutes(10),
                new TrainingSpec.Resources(1, MEMORY));
        Digest rows = switch (new DatasetReader().read(dataset, Optional.of(model), data)) {
            case RowReading.Rows read -> read.digest();
            case RowReading.Broken broken -> throw new IllegalStateException("the table cannot be read: " + broken);
        };
        RunInputs inputs = RunInputs.of(model, dataset, training, rows, 1);
        return new TrainingRequest("model", inputs, 1, model, dataset, training, data, folder.resolve("attempt"));
    }
}
