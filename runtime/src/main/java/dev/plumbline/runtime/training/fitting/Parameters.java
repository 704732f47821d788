package dev.plumbline.runtime.training.fitting;

import java.util.Map;

/** The parameters of an algorithm by name; the schema of the training spec states their names, bounds and defaults. */
public record Parameters(Map<String, Double> values) {
    public Parameters {
        values = Map.copyOf(values);
    }

    double number(String name) {
        Double value = values.get(name);
        if (value == null) {
            throw new IllegalArgumentException("parameter '" + name + "' is absent; there are " + values.keySet());
        }
        return value;
    }

    int whole(String name) {
        double value = number(name);
        if (value != Math.rint(value) || Math.abs(value) > Integer.MAX_VALUE) {
            throw new IllegalArgumentException("parameter '" + name + "' is a whole number, not " + value);
        }
        return (int) value;
    }
}
