package dev.plumbline.runtime;

import dev.plumbline.schemas.model.Metric;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What a model measured on its held-out rows.
 *
 * @param classes class names in the order of the confusion matrix; empty for regression
 * @param confusion rows are true classes, columns predicted ones; empty for regression
 * @param groups every metric by value of each sensitive column
 * @param fairness how far those groups are apart; empty when no column was sensitive, and of runs before it was measured
 */
public record Evaluation(
        Map<Metric, MetricValue> metrics,
        List<String> classes,
        List<List<Long>> confusion,
        List<Group> groups,
        Optional<Fairness> fairness) {
    public Evaluation {
        metrics = Collections.unmodifiableSortedMap(new TreeMap<>(metrics));
        classes = List.copyOf(classes);
        confusion = confusion.stream().map(List::copyOf).toList();
        groups = List.copyOf(groups);
    }

    /** One without fairness. */
    public Evaluation(
            Map<Metric, MetricValue> metrics, List<String> classes, List<List<Long>> confusion, List<Group> groups) {
        this(metrics, classes, confusion, groups, Optional.empty());
    }

    /** The same with this fairness. */
    public Evaluation with(Optional<Fairness> measured) {
        return new Evaluation(metrics, classes, confusion, groups, measured);
    }

    /** The metrics of the rows where a column has a value; a metric that is undefined there is absent. */
    public record Group(String column, String value, long n, Map<Metric, MetricValue> metrics) {
        public Group {
            metrics = Collections.unmodifiableSortedMap(new TreeMap<>(metrics));
        }
    }
}
