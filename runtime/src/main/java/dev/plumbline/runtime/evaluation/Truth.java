package dev.plumbline.runtime.evaluation;

import dev.plumbline.runtime.data.Table;
import dev.plumbline.schemas.model.Task;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What the rows really are, one entry a row. */
public sealed interface Truth {
    /** How many rows. */
    int rows();

    /** The truth of these rows, in this order. */
    Truth select(int[] rows);

    /**
     * The label column of a table.
     *
     * @param positive the class that counts as the event; empty for more than two classes
     * @throws IllegalArgumentException when a label is missing, or is no number although the task is regression
     */
    static Truth of(Task task, String label, Optional<String> positive, Table rows) {
        return switch (task) {
            case REGRESSION -> new Numbers(rows.numbers(label));
            case BINARY_CLASSIFICATION -> new Labels(texts(rows, label), positive);
            case MULTICLASS_CLASSIFICATION -> new Labels(texts(rows, label), Optional.empty());
        };
    }

    private static String[] texts(Table rows, String label) {
        @Nullable String[] texts = rows.texts(label);
        String[] present = new String[texts.length];
        for (int row = 0; row < texts.length; row++) {
            String text = texts[row];
            if (text == null) {
                throw new IllegalArgumentException("row " + row + " has no label");
            }
            present[row] = text;
        }
        return present;
    }

    /** A class name a row. Immutable as long as callers leave the array unchanged. */
    final class Labels implements Truth {
        private final String[] values;
        private final Optional<String> positive;

        /**
         * Class names by row.
         *
         * @param positive the class that counts as the event; empty: every metric is a macro average
         */
        public Labels(String[] values, Optional<String> positive) {
            this.values = values;
            this.positive = positive;
        }

        /** By row. Not a copy: do not change it. */
        public String[] values() {
            return values;
        }

        /** The class that counts as the event. */
        public Optional<String> positive() {
            return positive;
        }

        @Override
        public int rows() {
            return values.length;
        }

        @Override
        public Labels select(int[] rows) {
            String[] selected = new String[rows.length];
            for (int i = 0; i < rows.length; i++) {
                selected[i] = Objects.requireNonNull(values[rows[i]]);
            }
            return new Labels(selected, positive);
        }
    }

    /** A number a row. Immutable as long as callers leave the array unchanged. */
    final class Numbers implements Truth {
        private final double[] values;

        /**
         * Numbers by row.
         *
         * @throws IllegalArgumentException when one is not finite
         */
        public Numbers(double[] values) {
            for (double value : values) {
                if (!Double.isFinite(value)) {
                    throw new IllegalArgumentException("a true value is missing or infinite");
                }
            }
            this.values = values;
        }

        double[] values() {
            return values;
        }

        @Override
        public int rows() {
            return values.length;
        }

        @Override
        public Numbers select(int[] rows) {
            double[] selected = new double[rows.length];
            for (int i = 0; i < rows.length; i++) {
                selected[i] = values[rows[i]];
            }
            return new Numbers(selected);
        }
    }
}
