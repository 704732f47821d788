package dev.plumbline.schemas.model;

import java.util.List;
import java.util.Optional;

/**
 * What the values of one column may be. A value outside is a data error when training and a client error when serving.
 *
 * @param min smallest allowed number
 * @param max largest allowed number
 * @param values allowed categories; empty allows any
 * @param unknown what serving does with a category that training never saw
 */
public record ColumnSchema(
        ColumnType type, Optional<Double> min, Optional<Double> max, List<String> values, UnknownCategory unknown) {
    public ColumnSchema {
        values = List.copyOf(values);
    }
}
