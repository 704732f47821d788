package dev.plumbline.runtime;

import dev.plumbline.schemas.model.Metric;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a model measured on its held-out rows.
 *
 * @param classes class names in the order of the confusion matrix; empty for regression
 * @param confusion rows are true classes, columns predicted ones; empty for regression
 * @param groups every metric by value of each sensitive column
 */
public record Evaluation(
        Map<Metric, MetricValue> metrics, List<String> classes, List<List<Long>> confusion, List<Group> groups) {
    public Evaluation {
        metrics = Collections.unmodifiableSortedMap(new TreeMap<>(metrics));
        classes = List.copyOf(classes);
        confusion = confusion.stream().map(List::copyOf).toList();
        groups = List.copyOf(groups);
    }

    /** The metrics of the rows where a column has a value; a metric that is undefined there is absent. */
    public record Group(String column, String value, long n, Map<Metric, MetricValue> metrics) {
        public Group {
            metrics = Collections.unmodifiableSortedMap(new TreeMap<>(metrics));
        }
    }
}
