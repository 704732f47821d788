package dev.plumbline.runtime.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.runtime.Comparison;
import dev.plumbline.runtime.Comparisons;
import dev.plumbline.runtime.DataFile;
import dev.plumbline.runtime.artifact.FileArtifactStore;
import dev.plumbline.runtime.data.DatasetReader;
import dev.plumbline.runtime.data.RowReading;
import dev.plumbline.runtime.data.Table;
import dev.plumbline.runtime.data.TrainingRows;
import dev.plumbline.schemas.model.ColumnSchema;
import dev.plumbline.schemas.model.ColumnType;
import dev.plumbline.schemas.model.DataFormat;
import dev.plumbline.schemas.model.DataSource;
import dev.plumbline.schemas.model.DatasetSpec;
import dev.plumbline.schemas.model.Digest;
import dev.plumbline.schemas.model.Metric;
import dev.plumbline.schemas.model.Split;
import dev.plumbline.schemas.model.SplitStrategy;
import dev.plumbline.schemas.model.Task;
import dev.plumbline.schemas.model.UnknownCategory;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The models of these tests are files that hold the name of a function from {@code x} to the probability of yes. */
class PairedComparisonTest {
    private static final Map<String, DoubleUnaryOperator> MODELS = Map.of(
            "good", x -> 1 / (1 + Math.exp(-x)),
            "noisy", x -> 1 / (1 + Math.exp(-x * ((long) (x * 1e6) % 3 - 0.5))),
            "constant", x -> 0.3);

    private final Path folder;
    private final DatasetReader reader = new DatasetReader();
    private final FileArtifactStore artifacts;

    PairedComparisonTest(@TempDir Path folder) {
        this.folder = folder;
        this.artifacts = new FileArtifactStore(folder.resolve("artifacts"));
    }

    @Test
    void aPositiveDifferenceIsABetterCandidate() throws Exception {
        DataFile data = data(2_000, 1);

        for (Metric metric : List.of(Metric.AUC, Metric.LOG_LOSS, Metric.BRIER)) {
            Comparison.Measured better = measured(compare(metric, data, "good", "noisy", noRows(data)));
            Comparison.Measured worse = measured(compare(metric, data, "noisy", "good", noRows(data)));

            assertThat(better.difference().low()).as("%s", metric).isPositive();
            assertThat(worse.difference().high()).as("%s", metric).isNegative();
            assertThat(better.difference().value())
                    .isEqualTo(-worse.difference().value());
        }
    }

    @Test
    void aModelDoesNotDifferFromItself() throws Exception {
        DataFile data = data(800, 2);

        Comparison.Measured same = measured(compare(Metric.AUC, data, "good", "good", noRows(data)));

        assertThat(same.difference().value()).isZero();
        assertThat(same.difference().low()).isZero();
        assertThat(same.difference().high()).isZero();
        assertThat(same.candidate()).isEqualTo(same.serving());
    }

    @Test
    void leavesOutWhatTheServingVersionLearntFrom() throws Exception {
        DataFile data = data(2_000, 3);
        RowReading.Rows rows = rows(data);
        int[] held = rows.split().heldOut();
        int[] half = IntStream.range(0, held.length / 2).map(i -> held[i]).toArray();

        Comparison.Measured measured = measured(compare(Metric.AUC, data, "good", "noisy", rowsOf(rows, half)));

        assertThat(measured.difference().n()).isEqualTo(held.length - half.length);
    }

    @Test
    void tooFewNewRowsAreNotEnoughData() throws Exception {
        DataFile data = data(400, 4);
        RowReading.Rows rows = rows(data);
        int[] held = rows.split().heldOut();
        int[] most = IntStream.range(0, held.length - 20).map(i -> held[i]).toArray();

        Comparison comparison = compare(Metric.AUC, data, "good", "noisy", rowsOf(rows, most));

        assertThat(comparison).isInstanceOfSatisfying(Comparison.NotEnoughData.class, few -> {
            assertThat(few.rows()).isEqualTo(20);
            assertThat(few.reason()).contains("Only 20 held-out rows");
        });
    }

    @Test
    void rowsOfOtherColumnsCannotBeRecognised() throws Exception {
        DataFile data = data(400, 5);
        Table other = Table.builder().numbers("z", new double[] {1, 2}).build();

        Comparison comparison = compare(
                Metric.AUC,
                data,
                "good",
                "noisy",
                TrainingRows.of(other.rowHashes(), new int[] {0, 1}).bytes());

        assertThat(comparison)
                .isInstanceOfSatisfying(
                        Comparison.NotEnoughData.class,
                        few -> assertThat(few.reason()).contains("other columns"));
    }

    @Test
    void anUndefinedMetricIsNotEnoughData() throws Exception {
        DataFile data = data(600, 6);

        Comparison comparison = compare(Metric.PRECISION, data, "good", "constant", noRows(data));

        assertThat(comparison)
                .isInstanceOfSatisfying(
                        Comparison.NotEnoughData.class,
                        few -> assertThat(few.reason()).contains("undefined"));
    }

    @Test
    void whatIsNotStoredWholeIsNamed() throws Exception {
        DataFile data = data(400, 7);
        Digest gone = Digest.of(new byte[0]);
        Digest model = put("good");
        byte[] rows = noRows(data);
        Comparisons.Request whole = request(Metric.AUC, data, model, model, rows);
        Files.delete(artifacts.find(whole.servingTrainingRows()).orElseThrow());

        assertThat(comparisons().compare(whole))
                .isEqualTo(new Comparison.ServingLost(Metric.AUC, whole.servingTrainingRows()));
        assertThat(comparisons().compare(request(Metric.AUC, data, model, gone, rows)))
                .isEqualTo(new Comparison.ServingLost(Metric.AUC, gone));
        assertThat(comparisons().compare(request(Metric.AUC, data, gone, model, rows)))
                .isEqualTo(new Comparison.CandidateLost(gone));
    }

    private Comparison compare(Metric metric, DataFile data, String candidate, String serving, byte[] seen)
            throws Exception {
        return comparisons().compare(request(metric, data, put(candidate), put(serving), seen));
    }

    private Comparisons.Request request(Metric metric, DataFile data, Digest candidate, Digest serving, byte[] seen)
            throws IOException {
        return new Comparisons.Request(
                Task.BINARY_CLASSIFICATION,
                metric,
                dataset(),
                data,
                candidate,
                serving,
                artifacts.put(new ByteArrayInputStream(seen)),
                11);
    }

    private PairedComparison comparisons() {
        return new PairedComparison(reader, artifacts, FunctionModel::load);
    }

    private byte[] noRows(DataFile data) throws Exception {
        return rowsOf(rows(data), new int[0]);
    }

    private static byte[] rowsOf(RowReading.Rows rows, int[] seen) {
        return TrainingRows.of(rows.hashes(), seen).bytes();
    }

    private RowReading.Rows rows(DataFile data) throws InterruptedException {
        return (RowReading.Rows) reader.read(dataset(), Optional.empty(), data);
    }

    private Digest put(String name) throws IOException {
        return artifacts.put(new ByteArrayInputStream(name.getBytes(StandardCharsets.UTF_8)));
    }

    private static Comparison.Measured measured(Comparison comparison) {
        assertThat(comparison).isInstanceOf(Comparison.Measured.class);
        return (Comparison.Measured) comparison;
    }

    private DataFile data(int rows, long seed) throws IOException {
        Random random = new Random(seed);
        List<String> lines = new ArrayList<>(List.of("x,label"));
        for (int row = 0; row < rows; row++) {
            double x = random.nextGaussian() * 2;
            boolean event = random.nextDouble() < 1 / (1 + Math.exp(-x));
            lines.add(x + "," + (event ? "yes" : "no"));
        }
        Path file = Files.write(folder.resolve("data.csv"), lines);
        return new DataFile(file, Digest.of(Files.readAllBytes(file)));
    }

    private static DatasetSpec dataset() {
        Map<String, ColumnSchema> schema = new LinkedHashMap<>();
        schema.put("x", column(ColumnType.NUMBER));
        schema.put("label", column(ColumnType.CATEGORY));
        return new DatasetSpec(
                new DataSource(
                        Optional.of("data.csv"),
                        Optional.empty(),
                        Optional.empty(),
                        DataFormat.CSV,
                        true,
                        List.of(),
                        ",",
                        ".",
                        List.of("")),
                "label",
                Optional.of("yes"),
                List.of(),
                schema,
                List.of(),
                new Split(SplitStrategy.STRATIFIED, 0.3, 7, Optional.empty(), Optional.empty()));
    }

    private static ColumnSchema column(ColumnType type) {
        return new ColumnSchema(type, Optional.empty(), Optional.empty(), List.of(), UnknownCategory.BUCKET);
    }

    private record FunctionModel(DoubleUnaryOperator function) implements Predictor {
        static Predictor load(Path file) {
            try {
                return new FunctionModel(Objects.requireNonNull(MODELS.get(Files.readString(file))));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public Predictions predict(Table rows) {
            double[][] probabilities = Arrays.stream(rows.numbers("x"))
                    .map(function)
                    .mapToObj(p -> new double[] {1 - p, p})
                    .toArray(double[][]::new);
            return new Predictions.Probabilities(List.of("no", "yes"), probabilities);
        }

        @Override
        public void close() {}
    }
}
