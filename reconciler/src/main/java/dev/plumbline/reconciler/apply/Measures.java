package dev.plumbline.reconciler.apply;

import dev.plumbline.runtime.Evaluation;
import dev.plumbline.runtime.MetricValue;
import dev.plumbline.schemas.model.Metric;
import java.util.List;
import java.util.Locale;
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

    private static String one(Metric metric, MetricValue value) {
        return String.format(
                Locale.ROOT, "%s %.3f (%.3f to %.3f)", metric.label(), value.value(), value.low(), value.high());
    }
}
