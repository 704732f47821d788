package dev.plumbline.schemas.model;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Rows to learn from.
 *
 * @param label the column to predict
 * @param positive for binary classification, the label value that counts as the event
 * @param identifiers columns that name a row and are never learnt from
 * @param schema the columns to read, in the order in which the spec declares them; the label is one of them
 */
public record DatasetSpec(
        DataSource source,
        String label,
        Optional<String> positive,
        List<String> identifiers,
        Map<String, ColumnSchema> schema,
        List<Expectation> expectations,
        Split split)
        implements Spec {
    public DatasetSpec {
        identifiers = List.copyOf(identifiers);
        schema = Collections.unmodifiableMap(new LinkedHashMap<>(schema));
        expectations = List.copyOf(expectations);
    }

    @Override
    public Kind kind() {
        return Kind.DATASET;
    }

    /** The columns that a model of this dataset takes, in order: all but the label and the identifiers. */
    public List<String> features() {
        return schema.keySet().stream()
                .filter(column -> !column.equals(label) && !identifiers.contains(column))
                .toList();
    }
}
