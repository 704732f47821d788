package dev.plumbline.runtime.evaluation;

import dev.plumbline.runtime.data.Table;
import dev.plumbline.schemas.model.ColumnSchema;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The groups of one sensitive column, and which of them each row belongs to. A column of numbers with more than ten different
 * ones is cut at its quartiles into ranges such as {@code [18, 35)}; rows without a value are the group {@code (missing)}.
 * Immutable.
 */
public final class Grouping {
    private static final int MOST_NUMBERS = 10;
    private static final String MISSING = "(missing)";

    private final String column;
    private final Set<String> known;
    private final String[] byRow;

    private Grouping(String column, Set<String> known, String[] byRow) {
        this.column = column;
        this.known = known;
        this.byRow = byRow;
    }

    /**
     * The groups of each of these columns, for some of a table's rows. Every group that the schema declares, or that any row
     * of the whole table belongs to, is one, even if none of the chosen rows belongs to it.
     *
     * @param schema what the Dataset declares of its columns
     * @param chosen indices of the rows, in the order in which they are to be known
     * @throws IllegalArgumentException when the table lacks a column
     */
    public static List<Grouping> of(
            Table table, List<String> sensitive, Map<String, ColumnSchema> schema, int[] chosen) {
        List<Grouping> groupings = new ArrayList<>();
        for (String column : sensitive) {
            ColumnSchema declared = schema.get(column);
            groupings.add(of(table, column, declared == null ? List.of() : declared.values(), chosen));
        }
        return groupings;
    }

    static Grouping of(Table table, String column, List<String> declared, int[] chosen) {
        Set<String> known = new LinkedHashSet<>();
        if (!ranged(table, column)) {
            known.addAll(declared);
        }
        known.addAll(names(table, column));
        @Nullable String[] values = values(table, column);
        String[] byRow = Arrays.stream(chosen)
                .mapToObj(row -> Objects.requireNonNullElse(values[row], MISSING))
                .toArray(String[]::new);
        if (Arrays.asList(byRow).contains(MISSING)) {
            known.add(MISSING);
        }
        return new Grouping(column, known, byRow);
    }

    /** The column. */
    public String column() {
        return column;
    }

    /** Every group, whether a row belongs to it or not. */
    public List<String> names() {
        return List.copyOf(known);
    }

    /** The group of a row. */
    public String name(int row) {
        return Objects.requireNonNull(byRow[row]);
    }

    /** How many rows there are. */
    public int rows() {
        return byRow.length;
    }

    /** The rows of a group. */
    int[] rows(String name) {
        return IntStream.range(0, byRow.length)
                .filter(row -> name(row).equals(name))
                .toArray();
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
}
