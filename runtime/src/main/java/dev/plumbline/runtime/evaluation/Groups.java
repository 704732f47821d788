package dev.plumbline.runtime.evaluation;

import dev.plumbline.runtime.data.Table;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a table by the values of its sensitive columns. A column of numbers with more than ten different ones is cut
 * at its quartiles into ranges such as {@code [18, 35)}; rows without a value are the group {@code (missing)}.
 */
public final class Groups {
    private static final int MOST_NUMBERS = 10;
    private static final String MISSING = "(missing)";

    private final List<Group> groups;

    private Groups(List<Group> groups) {
        this.groups = List.copyOf(groups);
    }

    /**
     * By these columns.
     *
     * @throws IllegalArgumentException when the table lacks one
     */
    public static Groups of(Table rows, List<String> sensitive) {
        List<Group> groups = new ArrayList<>();
        for (String column : sensitive) {
            Map<String, List<Integer>> members = new LinkedHashMap<>();
            names(rows, column).forEach(name -> members.put(name, new ArrayList<>()));
            @Nullable String[] values = values(rows, column);
            for (int row = 0; row < values.length; row++) {
                String value = values[row];
                members.computeIfAbsent(value == null ? MISSING : value, name -> new ArrayList<>())
                        .add(row);
            }
            members.forEach((name, indices) -> groups.add(new Group(
                    column, name, indices.stream().mapToInt(Integer::intValue).toArray())));
        }
        return new Groups(groups);
    }

    List<Group> all() {
        return groups;
    }

    private static boolean ranged(Table rows, String column) {
        return rows.numeric(column) && rows.distinct(column).size() > MOST_NUMBERS;
    }

    private static List<String> names(Table rows, String column) {
        return ranged(rows, column) ? ranges(edges(rows.numbers(column))) : rows.distinct(column);
    }

    private static @Nullable String[] values(Table rows, String column) {
        if (!ranged(rows, column)) {
            return rows.texts(column);
        }
        double[] numbers = rows.numbers(column);
        double[] edges = edges(numbers);
        List<String> ranges = ranges(edges);
        @Nullable String[] values = new String[numbers.length];
        for (int row = 0; row < numbers.length; row++) {
            values[row] = Double.isNaN(numbers[row]) ? null : ranges.get(range(edges, numbers[row]));
        }
        return values;
    }

    /** The lowest value, the quartiles and the highest value, each once. */
    private static double[] edges(double[] numbers) {
        double[] sorted = Arrays.stream(numbers)
                .filter(value -> !Double.isNaN(value))
                .sorted()
                .toArray();
        return IntStream.rangeClosed(0, 4)
                .mapToDouble(quarter -> sorted[(int) ((long) quarter * (sorted.length - 1) / 4)])
                .distinct()
                .toArray();
    }

    private static List<String> ranges(double[] edges) {
        return IntStream.range(0, edges.length - 1)
                .mapToObj(i -> "[" + text(edges[i]) + ", " + text(edges[i + 1]) + (i == edges.length - 2 ? "]" : ")"))
                .toList();
    }

    private static int range(double[] edges, double value) {
        int range = 0;
        while (range < edges.length - 2 && value >= edges[range + 1]) {
            range++;
        }
        return range;
    }

    private static String text(double value) {
        return BigDecimal.valueOf(value).stripTrailingZeros().toPlainString();
    }

    /** The rows where a column has a value. Immutable as long as callers leave the array unchanged. */
    static final class Group {
        private final String column;
        private final String value;
        private final int[] rows;

        private Group(String column, String value, int[] rows) {
            this.column = column;
            this.value = value;
            this.rows = rows;
        }

        String column() {
            return column;
        }

        String value() {
            return value;
        }

        int[] rows() {
            return rows;
        }
    }
}
