package dev.plumbline.runtime.data;

import org.jspecify.annotations.Nullable;

/** The values of one column of a {@link Table}. */
sealed interface Column {
    /** The values of these rows, in this order. */
    Column select(int[] rows);

    /** How many values it has. */
    int size();

    /** Finite numbers; {@code NaN} stands for a missing one. */
    final class Numbers implements Column {
        final double[] values;

        Numbers(double[] values) {
            this.values = values;
        }

        @Override
        public Column select(int[] rows) {
            double[] selected = new double[rows.length];
            for (int i = 0; i < rows.length; i++) {
                selected[i] = values[rows[i]];
            }
            return new Numbers(selected);
        }

        @Override
        public int size() {
            return values.length;
        }
    }

    /** Texts; null stands for a missing one. */
    final class Categories implements Column {
        final @Nullable String[] values;

        Categories(@Nullable String[] values) {
            this.values = values;
        }

        @Override
        public Column select(int[] rows) {
            @Nullable String[] selected = new String[rows.length];
            for (int i = 0; i < rows.length; i++) {
                selected[i] = values[rows[i]];
            }
            return new Categories(selected);
        }

        @Override
        public int size() {
            return values.length;
        }
    }
}
