package dev.plumbline.schemas.model;

import java.util.List;
import java.util.Optional;

/** What must hold of the rows before anything is trained on them. */
public sealed interface Expectation {
    /**
     * Of the values of one column.
     *
     * @param notNull whether a missing value breaks it
     * @param between smallest and largest allowed number, both included
     * @param in allowed values, compared as text
     */
    record OfColumn(String column, boolean notNull, boolean unique, Optional<Range> between, Optional<List<String>> in)
            implements Expectation {
        public OfColumn {
            in = in.map(List::copyOf);
        }
    }

    /** Of the number of rows, both bounds included. */
    record OfRows(Optional<Long> min, Optional<Long> max) implements Expectation {}

    /** Both ends included. */
    record Range(double low, double high) {}
}
