package dev.plumbline.reconciler.apply;

import dev.plumbline.runtime.Evaluation;
import dev.plumbline.runtime.MetricValue;
import dev.plumbline.schemas.model.Bound;
import dev.plumbline.schemas.model.Metric;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Says what a model measured, in one line for people. */
public final class Measures {
    private static final List<Metric> TOLD = List.of(Metric.AUC, Metric.F1, Metric.ACCURACY, Metric.R2, Metric.RMSE);

    private Measures() {}

    /** The measures that people ask for first, each with its interval. */
    public static String line(Evaluation evaluation) {
        return TOLD.stream()
                .flatMap(metric -> Optional.ofNullable(evaluation.metrics().get(metric)).stream()
                        .map(value -> one(metric, value)))
                .collect(Collectors.joining(", "));
    }

    /** Which bounds these measures do not keep, such as {@code r2 0.938 < 0.99}; empty when they keep all. */
    public static String missed(Map<Metric, Bound> bounds, Evaluation evaluation) {
        return bounds.entrySet().stream()
                .flatMap(bound -> missed(
                        bound.getKey(),
                        bound.getValue(),
                        Optional.ofNullable(evaluation.metrics().get(bound.getKey())))
                        .stream())
                .collect(Collectors.joining(", "));
    }

    private static List<String> missed(Metric metric, Bound bound, Optional<MetricValue> measured) {
        if (measured.isEmpty()) {
            return List.of(metric.label() + " was not measured");
        }
        double value = measured.get().value();
        List<String> missed = new ArrayList<>();
        bound.min()
                .filter(least -> value < least)
                .ifPresent(least -> missed.add(rounded(metric, value, RoundingMode.FLOOR) + " < " + least));
        bound.max()
                .filter(most -> value > most)
                .ifPresent(most -> missed.add(rounded(metric, value, RoundingMode.CEILING) + " > " + most));
        return missed;
    }

    /** Rounded away from the bound, so that what misses it never looks as if it kept it. */
    private static String rounded(Metric metric, double value, RoundingMode mode) {
        return Double.isFinite(value)
                ? metric.label() + " "
                        + BigDecimal.valueOf(value).setScale(3, mode).toPlainString()
                : metric.label() + " " + value;
    }

    private static String one(Metric metric, MetricValue value) {
        return String.format(
                Locale.ROOT, "%s %.3f (%.3f to %.3f)", metric.label(), value.value(), value.low(), value.high());
    }
}
