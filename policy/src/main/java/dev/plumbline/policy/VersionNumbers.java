package dev.plumbline.policy;

import dev.plumbline.schemas.json.Json;
import dev.plumbline.schemas.model.Metric;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/** What the ledger knows of the numbers of one version. */
public sealed interface VersionNumbers {
    /** As the rules see it. */
    JsonNode toInput();

    /** What its run measured. */
    record Measured(Map<Metric, Double> metrics) implements VersionNumbers {
        public Measured {
            metrics = Collections.unmodifiableSortedMap(new TreeMap<>(metrics));
        }

        @Override
        public JsonNode toInput() {
            ObjectNode input = Json.object();
            metrics.forEach((metric, value) -> Measure.number(input, metric.label(), value));
            return input;
        }
    }

    /** There is no such version. */
    record NotRegistered() implements VersionNumbers {
        @Override
        public JsonNode toInput() {
            return StringNode.valueOf("not-registered");
        }
    }

    /** There was one, and only its name is still at hand. */
    record NotKept() implements VersionNumbers {
        @Override
        public JsonNode toInput() {
            return StringNode.valueOf("not-kept");
        }
    }
}
