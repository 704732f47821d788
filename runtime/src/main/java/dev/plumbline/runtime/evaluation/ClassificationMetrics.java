package dev.plumbline.runtime.evaluation;

import dev.plumbline.schemas.model.Metric;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;

/**
 * The metrics of predicted probabilities. The predicted class is the most probable one, the first on a tie.
 *
 * <p>With a positive class, precision, recall, F1, both areas and the Brier score are of that class. Without, they are macro
 * averages over the classes (one versus the rest for the areas) and the Brier score is the sum over classes of the squared
 * distance, between 0 and 2. Log loss clips probabilities to [ε, 1 − ε] with the ε of a double, 2⁻⁵², and does not
 * rescale rows. All as scikit-learn 1.9 defines them, except that what is undefined is absent and never 0: a macro average is
 * undefined as soon as one class is.
 */
final class ClassificationMetrics implements Measures {
    private static final double EPSILON = 0x1.0p-52;

    private final List<String> classes;
    private final int positive;
    private final int[] cells;
    private final double[] logLosses;
    private final double[] squares;
    private final List<Ranking> rankings;

    ClassificationMetrics(Truth.Labels truth, Predictions.Probabilities predictions) {
        this.classes = predictions.classes();
        this.positive = truth.positive().map(this::index).orElse(-1);
        double[][] values = predictions.values();
        int[] actual = Arrays.stream(truth.values()).mapToInt(this::index).toArray();
        this.cells = new int[values.length];
        this.logLosses = new double[values.length];
        this.squares = new double[values.length];
        for (int row = 0; row < values.length; row++) {
            cells[row] = actual[row] * classes.size() + predictions.mostProbable(row);
            logLosses[row] = -Math.log(Math.clamp(values[row][actual[row]], EPSILON, 1 - EPSILON));
            squares[row] = square(values[row], actual[row]);
        }
        this.rankings = IntStream.range(0, classes.size())
                .filter(one -> positive < 0 || one == positive)
                .mapToObj(one -> ranking(values, actual, one))
                .toList();
    }

    private int index(String name) {
        int index = classes.indexOf(name);
        if (index < 0) {
            throw new IllegalArgumentException("class " + name + " is not one of the model's classes " + classes);
        }
        return index;
    }

    private double square(double[] probabilities, int actual) {
        if (positive >= 0) {
            double distance = probabilities[positive] - (actual == positive ? 1 : 0);
            return distance * distance;
        }
        double sum = 0;
        for (int one = 0; one < probabilities.length; one++) {
            double distance = probabilities[one] - (actual == one ? 1 : 0);
            sum += distance * distance;
        }
        return sum;
    }

    private static Ranking ranking(double[][] values, int[] actual, int one) {
        boolean[] positives = new boolean[actual.length];
        for (int row = 0; row < actual.length; row++) {
            positives[row] = actual[row] == one;
        }
        return new Ranking(Arrays.stream(values).mapToDouble(row -> row[one]).toArray(), positives);
    }

    @Override
    public int rows() {
        return cells.length;
    }

    /** The confusion of all rows. */
    Confusion confusion() {
        int[] ones = new int[cells.length];
        Arrays.fill(ones, 1);
        return new Confusion(classes.size(), cells, ones);
    }

    /** The index of the positive class, or -1. */
    int positive() {
        return positive;
    }

    List<String> classes() {
        return classes;
    }

    @Override
    public Map<Metric, Double> of(int[] weights) {
        Map<Metric, Double> metrics = new EnumMap<>(Metric.class);
        Confusion confusion = new Confusion(classes.size(), cells, weights);
        double rows = confusion.rows();
        put(metrics, Metric.ACCURACY, confusion.correct() / rows);
        put(metrics, Metric.PRECISION, overClasses(confusion::precision));
        put(metrics, Metric.RECALL, overClasses(confusion::recall));
        put(metrics, Metric.F1, overClasses(confusion::f1));
        put(metrics, Metric.LOG_LOSS, sum(logLosses, weights) / rows);
        put(metrics, Metric.BRIER, sum(squares, weights) / rows);
        double roc = 0;
        double precisionRecall = 0;
        for (Ranking ranking : rankings) {
            Ranking.Areas areas = ranking.areas(weights);
            roc += areas.roc();
            precisionRecall += areas.precisionRecall();
        }
        put(metrics, Metric.AUC, roc / rankings.size());
        put(metrics, Metric.PR_AUC, precisionRecall / rankings.size());
        return metrics;
    }

    private static void put(Map<Metric, Double> metrics, Metric metric, double value) {
        if (!Double.isNaN(value)) {
            metrics.put(metric, value);
        }
    }

    private double overClasses(IntToDoubleFunction metric) {
        if (positive >= 0) {
            return metric.applyAsDouble(positive);
        }
        double sum = 0;
        for (int one = 0; one < classes.size(); one++) {
            sum += metric.applyAsDouble(one);
        }
        return sum / classes.size();
    }

    private static double sum(double[] values, int[] weights) {
        double sum = 0;
        for (int row = 0; row < values.length; row++) {
            sum += values[row] * weights[row];
        }
        return sum;
    }
}
