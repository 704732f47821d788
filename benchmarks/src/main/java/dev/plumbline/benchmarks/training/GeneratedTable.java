package dev.plumbline.benchmarks.training;

import dev.plumbline.schemas.model.ColumnSchema;
import dev.plumbline.schemas.model.ColumnType;
import dev.plumbline.schemas.model.DataFormat;
import dev.plumbline.schemas.model.DataSource;
import dev.plumbline.schemas.model.DatasetSpec;
import dev.plumbline.schemas.model.Split;
import dev.plumbline.schemas.model.SplitStrategy;
import dev.plumbline.schemas.model.Task;
import dev.plumbline.schemas.model.UnknownCategory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.random.RandomGenerator;

/** A made-up table of twelve numbers and six categories, of which a few decide the label; the same for one seed. */
final class GeneratedTable {
    private static final int NUMBERS = 12;
    private static final int CATEGORIES = 6;
    private static final List<String> VALUES = List.of("amber", "blue", "coral", "denim");

    private GeneratedTable() {}

    /** Writes the table as CSV. */
    static Path write(Path file, Task task, int rows) throws IOException {
        RandomGenerator random = new Random(11);
        List<String> lines = new ArrayList<>(rows + 1);
        lines.add(String.join(",", spec(task).schema().keySet()));
        for (int row = 0; row < rows; row++) {
            lines.add(line(task, random));
        }
        return Files.write(file, lines);
    }

    private static String line(Task task, RandomGenerator random) {
        StringBuilder line = new StringBuilder();
        double score = random.nextGaussian();
        for (int number = 0; number < NUMBERS; number++) {
            double value = random.nextGaussian();
            score += number < 4 ? value * (number + 1) / 2 : 0;
            line.append(String.format(Locale.ROOT, "%.4f,", value));
        }
        for (int category = 0; category < CATEGORIES; category++) {
            int value = random.nextInt(VALUES.size());
            score += category < 2 ? value - 1.5 : 0;
            line.append(VALUES.get(value)).append(',');
        }
        return line.append(
                        task == Task.REGRESSION ? String.format(Locale.ROOT, "%.4f", score) : score > 0 ? "yes" : "no")
                .toString();
    }

    /** The spec of the table. */
    static DatasetSpec spec(Task task) {
        Map<String, ColumnSchema> schema = new LinkedHashMap<>();
        for (int number = 0; number < NUMBERS; number++) {
            schema.put("n" + number, column(ColumnType.NUMBER));
        }
        for (int category = 0; category < CATEGORIES; category++) {
            schema.put("c" + category, column(ColumnType.CATEGORY));
        }
        schema.put("target", column(task == Task.REGRESSION ? ColumnType.NUMBER : ColumnType.CATEGORY));
        return new DatasetSpec(
                new DataSource(
                        Optional.of("table.csv"),
                        Optional.empty(),
                        Optional.empty(),
                        DataFormat.CSV,
                        true,
                        List.of(),
                        ",",
                        ".",
                        List.of("")),
                "target",
                task == Task.REGRESSION ? Optional.empty() : Optional.of("yes"),
                List.of(),
                schema,
                List.of(),
                new Split(SplitStrategy.RANDOM, 0.2, 7, Optional.empty(), Optional.empty()));
    }

    private static ColumnSchema column(ColumnType type) {
        return new ColumnSchema(type, Optional.empty(), Optional.empty(), List.of(), UnknownCategory.BUCKET);
    }
}
