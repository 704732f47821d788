package dev.plumbline.policy;

import dev.plumbline.schemas.json.Json;
import tools.jackson.databind.node.ObjectNode;

/**
 * A number with its 95 % interval.
 *
 * @param n rows that it was measured on
 */
public record Measure(double value, double low, double high, long n) {
    ObjectNode toInput() {
        ObjectNode input = Json.object();
        number(input, "value", value);
        number(input, "low", low);
        number(input, "high", high);
        input.put("n", n);
        return input;
    }

    // JSON has no word for what is not a number; as text it meets no rule that asks for one.
    static void number(ObjectNode input, String name, double value) {
        if (Double.isFinite(value)) {
            input.put(name, value);
        } else {
            input.put(name, Double.toString(value));
        }
    }
}
