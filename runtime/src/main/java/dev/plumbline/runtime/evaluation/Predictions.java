package dev.plumbline.runtime.evaluation;

import java.util.List;

/** What a model says of rows, one entry a row. */
public sealed interface Predictions {
    /** How many rows. */
    int rows();

    /** The predictions of these rows, in this order. */
    Predictions select(int[] rows);

    /** The probability of each class. Immutable as long as callers leave the array unchanged. */
    final class Probabilities implements Predictions {
        private final List<String> classes;
        private final double[][] values;

        /**
         * Probabilities by row and class.
         *
         * @param classes names in the order of each row's entries
         * @throws IllegalArgumentException when a row has another number of entries
         */
        public Probabilities(List<String> classes, double[][] values) {
            for (double[] row : values) {
                if (row.length != classes.size()) {
                    throw new IllegalArgumentException(
                            "a row has " + row.length + " probabilities for " + classes.size() + " classes");
                }
            }
            this.classes = List.copyOf(classes);
            this.values = values;
        }

        /** Class names in the order of each row's entries. */
        public List<String> classes() {
            return classes;
        }

        /** By row, then class. Not a copy: do not change it. */
        public double[][] values() {
            return values;
        }

        @Override
        public int rows() {
            return values.length;
        }

        /** The index of the row's most probable class, the first on a tie. */
        public int mostProbable(int row) {
            double[] probabilities = values[row];
            int best = 0;
            for (int one = 1; one < probabilities.length; one++) {
                if (probabilities[one] > probabilities[best]) {
                    best = one;
                }
            }
            return best;
        }

        @Override
        public Probabilities select(int[] rows) {
            double[][] selected = new double[rows.length][];
            for (int i = 0; i < rows.length; i++) {
                selected[i] = values[rows[i]];
            }
            return new Probabilities(classes, selected);
        }
    }

    /** A predicted number. Immutable as long as callers leave the array unchanged. */
    final class Values implements Predictions {
        private final double[] values;

        /** Numbers by row. */
        public Values(double[] values) {
            this.values = values;
        }

        /** By row. Not a copy: do not change it. */
        public double[] values() {
            return values;
        }

        @Override
        public int rows() {
            return values.length;
        }

        @Override
        public Values select(int[] rows) {
            double[] selected = new double[rows.length];
            for (int i = 0; i < rows.length; i++) {
                selected[i] = values[rows[i]];
            }
            return new Values(selected);
        }
    }
}
