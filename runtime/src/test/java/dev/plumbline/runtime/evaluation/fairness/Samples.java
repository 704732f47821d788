package dev.plumbline.runtime.evaluation.fairness;

import dev.plumbline.runtime.Fairness;
import dev.plumbline.runtime.Fairness.Partition;
import dev.plumbline.runtime.RunId;
import dev.plumbline.runtime.data.Table;
import dev.plumbline.runtime.evaluation.Grouping;
import dev.plumbline.runtime.evaluation.Predictions;
import dev.plumbline.runtime.evaluation.Truth;
import dev.plumbline.schemas.model.ColumnSchema;
import dev.plumbline.schemas.model.ColumnType;
import dev.plumbline.schemas.model.Digest;
import dev.plumbline.schemas.model.UnknownCategory;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/** Rows of categories with what is true and what is predicted of each. */
final class Samples {
    static final RunId RUN = new RunId(Digest.of("run".getBytes(StandardCharsets.UTF_8)));

    private Samples() {}

    /** Predictions of the class {@code yes} with these probabilities. */
    static Fairness measure(boolean[] truth, double[] scores, Map<String, List<String>> columns)
            throws InterruptedException {
        double[][] values = Arrays.stream(scores)
                .mapToObj(score -> new double[] {1 - score, score})
                .toArray(double[][]::new);
        String[] labels = IntStream.range(0, truth.length)
                .mapToObj(row -> truth[row] ? "yes" : "no")
                .toArray(String[]::new);
        return FairnessMeasurement.of(
                        new Truth.Labels(labels, Optional.of("yes")),
                        new Predictions.Probabilities(List.of("no", "yes"), values),
                        groupings(columns, Map.of()),
                        new RunRandomness(RUN))
                .orElseThrow();
    }

    /** The groups of these columns, with the values that the Dataset declares of some. */
    static List<Grouping> groupings(Map<String, List<String>> columns, Map<String, List<String>> declared) {
        Table.Builder table = Table.builder();
        columns.forEach((name, values) -> table.categories(name, values.toArray(String[]::new)));
        Map<String, ColumnSchema> schema = new LinkedHashMap<>();
        declared.forEach((name, values) -> schema.put(name, category(values)));
        int rows = columns.values().iterator().next().size();
        return Grouping.of(
                table.build(),
                List.copyOf(columns.keySet()),
                schema,
                IntStream.range(0, rows).toArray());
    }

    static Partition partition(Fairness fairness, String... columns) {
        return fairness.partitions().stream()
                .filter(each -> each.columns().equals(List.of(columns)))
                .findFirst()
                .orElseThrow();
    }

    private static ColumnSchema category(List<String> values) {
        return new ColumnSchema(
                ColumnType.CATEGORY, Optional.empty(), Optional.empty(), values, UnknownCategory.BUCKET);
    }
}
