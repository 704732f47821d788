package dev.plumbline.schemas.policies;

import dev.plumbline.schemas.json.Json;
import dev.plumbline.schemas.model.Bound;
import dev.plumbline.schemas.model.Metric;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import tools.jackson.databind.node.ObjectNode;

/**
 * The numbers that rules go by for the models of one risk tier, as far as an organisation says them; of the rest those count
 * that stand in the rules. Immutable.
 *
 * @param metrics what every model of the tier must reach
 * @param gaps how far groups of people may be apart, by the name of the gap
 * @param minimumGroupSize test rows from which on a group is large enough to be judged by itself
 */
public record Thresholds(
        SortedMap<Metric, Bound> metrics, SortedMap<String, Bound> gaps, Optional<Integer> minimumGroupSize) {
    /** What says nothing. */
    public static final Thresholds NONE = new Thresholds(new TreeMap<>(), new TreeMap<>(), Optional.empty());

    public Thresholds {
        metrics = Collections.unmodifiableSortedMap(new TreeMap<>(metrics));
        gaps = Collections.unmodifiableSortedMap(new TreeMap<>(gaps));
    }

    /** As the rules see it. */
    ObjectNode toInput() {
        ObjectNode input = Json.object();
        ObjectNode reached = input.putObject("metrics");
        metrics.forEach((metric, bound) -> reached.set(metric.label(), bound(bound)));
        ObjectNode fairness = input.putObject("fairness");
        ObjectNode limits = fairness.putObject("limits");
        for (Map.Entry<String, Bound> gap : gaps.entrySet()) {
            limits.set(gap.getKey(), bound(gap.getValue()));
        }
        minimumGroupSize.ifPresent(rows -> fairness.put("minimumGroupSize", rows));
        return input;
    }

    private static ObjectNode bound(Bound bound) {
        ObjectNode json = Json.object();
        bound.min().ifPresent(min -> json.put("min", min));
        bound.max().ifPresent(max -> json.put("max", max));
        return json;
    }
}
