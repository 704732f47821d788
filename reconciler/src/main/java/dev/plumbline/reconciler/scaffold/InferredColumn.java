package dev.plumbline.reconciler.scaffold;

import dev.plumbline.runtime.DataProfile;
import dev.plumbline.schemas.model.ColumnType;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;

/**
 * A column that the dataset declares.
 *
 * @param range allowed numbers; empty: any
 * @param values allowed categories; empty: any
 * @param found what the file holds of it, for people
 */
record InferredColumn(
        String name, Role role, ColumnType type, Optional<WidenedRange> range, List<String> values, String found) {
    /** What the column is for. */
    enum Role {
        LABEL,
        FEATURE,
        IDENTIFIER
    }

    private static final int LONGEST_VALUE = 1024;

    InferredColumn {
        values = List.copyOf(values);
    }

    /**
     * What is declared of a column.
     *
     * @param mostValues a category with more values than this is left open
     */
    static InferredColumn of(DataProfile.Column column, Role role, int mostValues) {
        boolean open = role == Role.IDENTIFIER;
        return new InferredColumn(
                column.name(),
                role,
                column.type(),
                open ? Optional.empty() : range(column),
                open ? List.of() : values(column, mostValues),
                found(column, role, mostValues));
    }

    private static Optional<WidenedRange> range(DataProfile.Column column) {
        if (column.min().isEmpty() || column.max().isEmpty()) {
            return Optional.empty();
        }
        double min = column.min().getAsDouble();
        double max = column.max().getAsDouble();
        boolean bits = column.type() == ColumnType.INTEGER && min == 0 && max == 1;
        return Optional.of(bits ? WidenedRange.ofBits() : WidenedRange.of(min, max));
    }

    private static List<String> values(DataProfile.Column column, int most) {
        boolean listed = column.type() == ColumnType.CATEGORY
                && column.distinct() <= most
                && column.distinct() == column.top().size();
        List<String> values =
                column.top().stream().map(DataProfile.Frequency::value).sorted().toList();
        return listed
                        && values.stream()
                                .allMatch(value -> value.length() <= LONGEST_VALUE && YamlScalar.isAllowed(value))
                ? values
                : List.of();
    }

    private static String found(DataProfile.Column column, Role role, int mostValues) {
        String missing = column.missing() == 0 ? "" : ", " + column.missing() + " missing";
        if (column.type() != ColumnType.CATEGORY && role != Role.IDENTIFIER) {
            return number(column.min().orElse(0)) + " to " + number(column.max().orElse(0)) + " in the file" + missing;
        }
        boolean many = column.distinct() > mostValues || role == Role.IDENTIFIER;
        return (many ? column.distinct() + " different values" : "") + (many ? missing : missing.replace(", ", ""));
    }

    private static String number(double value) {
        return WidenedRange.text(BigDecimal.valueOf(value));
    }
}
