package dev.plumbline.runtime.evaluation;

import dev.plumbline.runtime.Evaluation;
import dev.plumbline.runtime.MetricValue;
import dev.plumbline.runtime.evaluation.Intervals.Interval;
import dev.plumbline.schemas.model.Metric;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * Measures predictions on held-out rows: every metric of the task with its 95 % interval, the confusion matrix, and the
 * same metrics for every group.
 *
 * <p>Accuracy, and precision and recall of a positive class, are proportions: their interval is Wilson's, and their
 * {@code n} the rows that they are a proportion of. Everything else has a bootstrap interval. The same input and seed give
 * the same numbers.
 */
public final class Evaluator {
    private Evaluator() {}

    /**
     * Measures.
     *
     * @param sensitive the groups of the same rows, in the same order
     * @param seed of the bootstrap
     * @throws IllegalArgumentException when truth and predictions do not fit together
     */
    public static Evaluation evaluate(Truth truth, Predictions predictions, List<Grouping> sensitive, long seed)
            throws InterruptedException {
        Measures measures = Measures.of(truth, predictions);
        List<Evaluation.Group> byGroup = new ArrayList<>();
        for (Grouping grouping : sensitive) {
            for (String name : grouping.names()) {
                int[] rows = grouping.rows(name);
                if (rows.length > 0) {
                    Measures within = Measures.of(truth.select(rows), predictions.select(rows));
                    byGroup.add(new Evaluation.Group(grouping.column(), name, rows.length, values(within, seed)));
                }
            }
        }
        Map<Metric, MetricValue> values = values(measures, seed);
        return measures instanceof ClassificationMetrics classification
                ? new Evaluation(
                        values,
                        classification.classes(),
                        classification.confusion().matrix(),
                        byGroup)
                : new Evaluation(values, List.of(), List.of(), byGroup);
    }

    private static Map<Metric, MetricValue> values(Measures measures, long seed) throws InterruptedException {
        Map<Metric, MetricValue> values = new EnumMap<>(Metric.class);
        if (measures.rows() == 0) {
            return values;
        }
        Map<Metric, List<Double>> resampled = new EnumMap<>(Metric.class);
        Intervals.bootstrap(
                measures.rows(),
                new SplittableRandom(seed),
                weights -> measures.of(weights)
                        .forEach((metric, value) -> resampled
                                .computeIfAbsent(metric, one -> new ArrayList<>())
                                .add(value)));
        measures.ofAll().forEach((metric, value) -> {
            List<Double> drawn = resampled.getOrDefault(metric, List.of());
            if (!drawn.isEmpty()) {
                Interval interval = Intervals.middle(
                        drawn.stream().mapToDouble(Double::doubleValue).toArray());
                values.put(metric, new MetricValue(value, interval.low(), interval.high(), measures.rows()));
            }
        });
        if (measures instanceof ClassificationMetrics classification) {
            proportions(classification, values);
        }
        return values;
    }

    private static void proportions(ClassificationMetrics metrics, Map<Metric, MetricValue> values) {
        Confusion confusion = metrics.confusion();
        proportion(values, Metric.ACCURACY, confusion.correct(), confusion.rows());
        if (metrics.positive() >= 0) {
            long hits = confusion.hits(metrics.positive());
            proportion(values, Metric.PRECISION, hits, confusion.predicted(metrics.positive()));
            proportion(values, Metric.RECALL, hits, confusion.actual(metrics.positive()));
        }
    }

    private static void proportion(Map<Metric, MetricValue> values, Metric metric, long part, long whole) {
        if (whole > 0) {
            Interval interval = Intervals.wilson(part, whole, Intervals.Z);
            values.put(metric, new MetricValue((double) part / whole, interval.low(), interval.high(), whole));
        }
    }
}
