package dev.plumbline.runtime.data;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Rows of typed columns, held in memory: integers and numbers as {@code double} ({@code NaN} = missing), categories as
 * text (null = missing). Immutable as long as callers leave the arrays that it hands out unchanged; thread-safe.
 */
public final class Table {
    private final int rows;
    private final Map<String, Column> columns;

    private Table(int rows, Map<String, Column> columns) {
        this.rows = rows;
        this.columns = columns;
    }

    /** Starts a table without columns. */
    public static Builder builder() {
        return new Builder();
    }

    /** The number of rows. */
    public int rows() {
        return rows;
    }

    /** The names of the columns, in the order in which the dataset declares them. */
    public List<String> columns() {
        return List.copyOf(columns.keySet());
    }

    /** Whether there is such a column. */
    public boolean has(String column) {
        return columns.containsKey(column);
    }

    /** Whether the column holds numbers; otherwise it holds categories. */
    public boolean numeric(String column) {
        return column(column) instanceof Column.Numbers;
    }

    /**
     * The values of a column of numbers, {@code NaN} where missing. Not a copy: do not change it.
     *
     * @throws IllegalArgumentException when there is no such column or it holds categories
     */
    public double[] numbers(String column) {
        return switch (column(column)) {
            case Column.Numbers numbers -> numbers.values;
            case Column.Categories categories ->
                throw new IllegalArgumentException("column " + column + " holds categories, not numbers");
        };
    }

    /**
     * The values of a column of categories, null where missing. Not a copy: do not change it.
     *
     * @throws IllegalArgumentException when there is no such column or it holds numbers
     */
    public @Nullable String[] categories(String column) {
        return switch (column(column)) {
            case Column.Categories categories -> categories.values;
            case Column.Numbers numbers ->
                throw new IllegalArgumentException("column " + column + " holds numbers, not categories");
        };
    }

    /**
     * The values of any column as text, null where missing: categories as they are, numbers in their shortest decimal
     * form ({@code 1}, {@code 0.5}). This is how a class or a group is named.
     */
    public @Nullable String[] texts(String column) {
        return switch (column(column)) {
            case Column.Categories categories -> categories.values.clone();
            case Column.Numbers numbers -> {
                @Nullable String[] texts = new String[rows];
                for (int i = 0; i < rows; i++) {
                    texts[i] = Double.isNaN(numbers.values[i]) ? null : text(numbers.values[i]);
                }
                yield texts;
            }
        };
    }

    /** The distinct values of a column in order (numbers by size, categories by code unit), without the missing. */
    public List<String> distinct(String column) {
        TreeMap<Object, String> found = new TreeMap<>();
        @Nullable String[] texts = texts(column);
        boolean numeric = numeric(column);
        for (String text : texts) {
            if (text != null) {
                found.put(numeric ? (Object) Double.valueOf(text) : text, text);
            }
        }
        return List.copyOf(found.values());
    }

    /** A table of these rows, in this order; a row may be given more than once. */
    public Table select(int[] wanted) {
        Map<String, Column> selected = new LinkedHashMap<>();
        columns.forEach((name, values) -> selected.put(name, values.select(wanted)));
        return new Table(wanted.length, Collections.unmodifiableMap(selected));
    }

    /** The hash of every row; computed anew by each call. */
    public RowHashes rowHashes() {
        return RowHashes.of(this);
    }

    private Column column(String name) {
        Column column = columns.get(name);
        if (column == null) {
            throw new IllegalArgumentException("no column " + name + " among " + columns.keySet());
        }
        return column;
    }

    static String text(double value) {
        BigDecimal decimal = BigDecimal.valueOf(value == 0 ? 0 : value).stripTrailingZeros();
        return decimal.toPlainString();
    }

    /** Collects columns of equal length. Not thread-safe. */
    public static final class Builder {
        private final Map<String, Column> columns = new LinkedHashMap<>();

        private Builder() {}

        /** Adds a column of numbers, which the table keeps as it is. */
        public Builder numbers(String name, double[] values) {
            return add(name, new Column.Numbers(values));
        }

        /** Adds a column of categories, which the table keeps as it is. */
        public Builder categories(String name, @Nullable String[] values) {
            return add(name, new Column.Categories(values));
        }

        private Builder add(String name, Column column) {
            if (columns.put(name, column) != null) {
                throw new IllegalArgumentException("column " + name + " was given twice");
            }
            return this;
        }

        /**
         * The table.
         *
         * @throws IllegalArgumentException when there is no column or their lengths differ
         */
        public Table build() {
            List<Integer> sizes = new ArrayList<>(
                    columns.values().stream().map(Column::size).distinct().toList());
            if (sizes.size() != 1) {
                throw new IllegalArgumentException("a table needs columns of one length, not " + sizes);
            }
            return new Table(sizes.getFirst(), Collections.unmodifiableMap(new LinkedHashMap<>(columns)));
        }
    }
}
