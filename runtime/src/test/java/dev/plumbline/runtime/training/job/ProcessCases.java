package dev.plumbline.runtime.training.job;

import dev.plumbline.runtime.DataFile;
import dev.plumbline.runtime.RunInputs;
import dev.plumbline.runtime.TrainingRequest;
import dev.plumbline.runtime.data.DatasetReader;
import dev.plumbline.runtime.data.RowReading;
import dev.plumbline.runtime.onnx.RawColumn;
import dev.plumbline.schemas.model.Algorithm;
import dev.plumbline.schemas.model.ColumnSchema;
import dev.plumbline.schemas.model.ColumnType;
import dev.plumbline.schemas.model.DataFormat;
import dev.plumbline.schemas.model.DataSource;
import dev.plumbline.schemas.model.DatasetSpec;
import dev.plumbline.schemas.model.Digest;
import dev.plumbline.schemas.model.Expectation;
import dev.plumbline.schemas.model.ModelSpec;
import dev.plumbline.schemas.model.RiskTier;
import dev.plumbline.schemas.model.Split;
import dev.plumbline.schemas.model.SplitStrategy;
import dev.plumbline.schemas.model.Task;
import dev.plumbline.schemas.model.TrainingSpec;
import dev.plumbline.schemas.model.TrainingSpec.TrainerSpec;
import dev.plumbline.schemas.model.UnknownCategory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;

/** Requests over small data files. */
public final class ProcessCases {
    private static final long MEBIBYTE = 1 << 20;

    private final Path folder;
    private Algorithm algorithm = Algorithm.LOGISTIC_REGRESSION;
    private Map<String, Double> parameters = Cases.parameters(Algorithm.LOGISTIC_REGRESSION);
    private Duration limit = Duration.ofMinutes(2);
    private long memory = 256 * MEBIBYTE;
    private Task task = Task.BINARY_CLASSIFICATION;
    private List<String> sensitive = List.of("plan");
    private List<Expectation> expectations = List.of(
            new Expectation.OfRows(Optional.of(10L), Optional.empty()),
            new Expectation.OfColumn(
                    "months", true, false, Optional.of(new Expectation.Range(0, 1000)), Optional.empty()));

    public ProcessCases(Path folder) {
        this.folder = folder;
    }

    public ProcessCases with(Algorithm wanted, Map<String, Double> values) {
        algorithm = wanted;
        parameters = values;
        return this;
    }

    public ProcessCases task(Task wanted) {
        task = wanted;
        return this;
    }

    public ProcessCases sensitive(String... columns) {
        sensitive = List.of(columns);
        return this;
    }

    public ProcessCases limit(Duration wanted) {
        limit = wanted;
        return this;
    }

    public ProcessCases mebibytes(long wanted) {
        memory = wanted * MEBIBYTE;
        return this;
    }

    public ProcessCases expecting(Expectation... wanted) {
        expectations = List.of(wanted);
        return this;
    }

    /** A file of generated rows; another order is the same rows shuffled. */
    public Path file(String name, int rows, boolean shuffled) throws IOException {
        LabelledColumns columns = Cases.rows(task, rows, 5);
        List<String> lines = new ArrayList<>();
        for (int row = 0; row < rows; row++) {
            lines.add(line(columns, row));
        }
        if (shuffled) {
            Collections.shuffle(lines, new Random(3));
        }
        lines.addFirst("months,amount,plan,region,target");
        return Files.write(folder.resolve(name), lines);
    }

    private static String line(LabelledColumns columns, int row) {
        List<String> values = new ArrayList<>();
        for (RawColumn column : columns.columns()) {
            values.add(text(column, row));
        }
        values.add(text(columns.label(), row));
        return String.join(",", values);
    }

    private static String text(RawColumn column, int row) {
        return switch (column) {
            case RawColumn.Numbers numbers -> {
                double value = numbers.values()[row];
                yield Double.isNaN(value) ? "" : value == Math.rint(value) ? "" + (long) value : "" + value;
            }
            case RawColumn.Categories categories -> categories.values()[row];
        };
    }

    public TrainingRequest request(Path file) throws Exception {
        DataFile data = new DataFile(file, Digest.of(Files.readAllBytes(file)));
        ModelSpec model = new ModelSpec(task, RiskTier.LOW, Optional.empty(), sensitive);
        TrainingSpec training = new TrainingSpec(
                "churn",
                "rows",
                new TrainerSpec(algorithm, new TreeMap<>(parameters), 42),
                Map.of(),
                limit,
                new TrainingSpec.Resources(1, memory));
        RunInputs inputs = RunInputs.of(model, dataset(), training, digest(model, data), 1);
        return new TrainingRequest("churn", inputs, 1, model, dataset(), training, data, folder.resolve("attempt"));
    }

    private Digest digest(ModelSpec model, DataFile data) throws InterruptedException {
        return switch (new DatasetReader().read(dataset(), Optional.of(model), data)) {
            case RowReading.Rows rows -> rows.digest();
            case RowReading.Broken _ -> data.digest();
        };
    }

    private DatasetSpec dataset() {
        Map<String, ColumnSchema> schema = new LinkedHashMap<>();
        schema.put("months", column(ColumnType.INTEGER));
        schema.put("amount", column(ColumnType.NUMBER));
        schema.put("plan", column(ColumnType.CATEGORY));
        schema.put("region", column(ColumnType.CATEGORY));
        schema.put("target", column(task == Task.REGRESSION ? ColumnType.NUMBER : ColumnType.CATEGORY));
        return new DatasetSpec(
                new DataSource(
                        Optional.of("rows.csv"),
                        Optional.empty(),
                        Optional.empty(),
                        DataFormat.CSV,
                        true,
                        List.of(),
                        ",",
                        ".",
                        List.of("")),
                "target",
                task == Task.BINARY_CLASSIFICATION ? Optional.of("yes") : Optional.empty(),
                List.of(),
                schema,
                expectations,
                new Split(SplitStrategy.RANDOM, 0.25, 7, Optional.empty(), Optional.empty()));
    }

    private static ColumnSchema column(ColumnType type) {
        return new ColumnSchema(type, Optional.empty(), Optional.empty(), List.of(), UnknownCategory.BUCKET);
    }
}
