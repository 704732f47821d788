package dev.plumbline.runtime.training.job;

import dev.plumbline.runtime.RunInputs;
import dev.plumbline.runtime.RunInputs.Feature;
import dev.plumbline.runtime.onnx.RawColumn;
import dev.plumbline.schemas.model.Algorithm;
import dev.plumbline.schemas.model.ColumnType;
import dev.plumbline.schemas.model.Digest;
import dev.plumbline.schemas.model.Split;
import dev.plumbline.schemas.model.SplitStrategy;
import dev.plumbline.schemas.model.Task;
import dev.plumbline.schemas.model.UnknownCategory;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;

/** Rows made by a seeded generator, and runs over them. */
public final class Cases {
    private static final List<Feature> FEATURES = List.of(
            new Feature(
                    "months",
                    ColumnType.INTEGER,
                    List.of(),
                    UnknownCategory.BUCKET,
                    Optional.of(0.0),
                    Optional.of(72.0)),
            new Feature("amount", ColumnType.NUMBER, List.of(), UnknownCategory.BUCKET),
            new Feature("plan", ColumnType.CATEGORY, List.of(), UnknownCategory.BUCKET),
            new Feature("region", ColumnType.CATEGORY, List.of(), UnknownCategory.BUCKET));
    private static final String[] PLANS = {"basic", "plus", "pro"};
    private static final String[] REGIONS = {"north", "south", "east", "west"};

    private Cases() {}

    public static RunInputs inputs(Task task, Algorithm algorithm, Map<String, Double> parameters) {
        return new RunInputs(
                task,
                Digest.of("rows".getBytes(StandardCharsets.UTF_8)),
                "target",
                task == Task.BINARY_CLASSIFICATION ? Optional.of("yes") : Optional.empty(),
                FEATURES,
                new Split(SplitStrategy.RANDOM, 0.2, 7, Optional.empty(), Optional.empty()),
                algorithm,
                new TreeMap<>(parameters),
                42,
                1);
    }

    /** Rows with missing numbers and categories; the target follows from all columns, with some noise. */
    public static LabelledColumns rows(Task task, int count, long seed) {
        Random random = new Random(seed);
        double[] months = new double[count];
        double[] amount = new double[count];
        String[] plan = new String[count];
        String[] region = new String[count];
        double[] score = new double[count];
        for (int row = 0; row < count; row++) {
            months[row] = random.nextInt(72);
            amount[row] = random.nextInt(20) == 0 ? Double.NaN : 20 + 80 * random.nextDouble();
            plan[row] = PLANS[random.nextInt(3)];
            region[row] = random.nextInt(15) == 0 ? "" : REGIONS[random.nextInt(4)];
            score[row] = months[row] / 36
                    - (Double.isNaN(amount[row]) ? 1 : amount[row] / 50)
                    + (plan[row].equals("pro") ? 1 : 0)
                    + (region[row].equals("north") ? 0.5 : 0)
                    + random.nextGaussian() * 0.3;
        }
        List<RawColumn> columns = List.of(
                RawColumn.numbers(months),
                RawColumn.numbers(amount),
                RawColumn.categories(plan),
                RawColumn.categories(region));
        return new LabelledColumns(columns, label(task, score));
    }

    private static RawColumn label(Task task, double... scores) {
        String[] labels = new String[scores.length];
        double[] numbers = new double[scores.length];
        for (int row = 0; row < scores.length; row++) {
            labels[row] =
                    scores[row] > 0 ? "yes" : task == Task.BINARY_CLASSIFICATION || scores[row] < -1 ? "no" : "so";
            numbers[row] = 50_000 + 12_000 * scores[row];
        }
        return task == Task.REGRESSION ? RawColumn.numbers(numbers) : RawColumn.categories(labels);
    }

    public static Map<String, Double> parameters(Algorithm algorithm) {
        return switch (algorithm) {
            case LOGISTIC_REGRESSION, LINEAR_REGRESSION ->
                Map.of("epochs", 10.0, "learningRate", 0.1, "batchSize", 32.0);
            case RANDOM_FOREST -> Map.of("trees", 12.0, "maxDepth", 6.0, "featureFraction", 0.5, "minChildWeight", 5.0);
            case XGBOOST ->
                Map.of(
                        "rounds", 20.0,
                        "eta", 0.2,
                        "maxDepth", 4.0,
                        "subsample", 0.8,
                        "minChildWeight", 1.0,
                        "lambda", 1.0,
                        "gamma", 0.0);
            case ELASTIC_NET -> Map.of("alpha", 0.01, "l1Ratio", 0.5, "iterations", 200.0);
        };
    }
}
