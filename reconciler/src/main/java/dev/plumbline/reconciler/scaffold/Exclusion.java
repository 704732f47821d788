package dev.plumbline.reconciler.scaffold;

import dev.plumbline.runtime.DataProfile;
import dev.plumbline.schemas.model.ColumnType;
import java.util.Optional;
import java.util.regex.Pattern;

/** Why a column is left out of a dataset, in words for the person whose data it is. */
final class Exclusion {
    /** A category of more values is not listed in a spec. */
    static final int MOST_VALUES = 50;

    static final int LONGEST_NAME = 256;

    private static final Pattern DATE =
            Pattern.compile("\\d{4}-\\d{2}(-\\d{2}([T ].*)?)?|\\d{1,2}[./]\\d{1,2}[./]\\d{2,4}( .*)?");

    /** What a split by time can order as text. */
    private static final Pattern ISO_DATE = Pattern.compile("\\d{4}-\\d{2}(-\\d{2}([T ].*)?)?");

    /** With other signs than a point before the fraction: {@code 1.234,5}, {@code 1,234.5}, {@code 1'234}, {@code 0,5}. */
    private static final Pattern OTHER_NUMBER = Pattern.compile("[+-]?(?=.*[.,' ])[0-9][0-9.,' ]*");

    private Exclusion() {}

    /** Why a column that nobody named is left out; empty: it is read. */
    static Optional<String> reason(DataProfile.Column column, long rows) {
        if (column.name().isEmpty()) {
            return Optional.of("has no name");
        }
        if (column.name().length() > LONGEST_NAME || !YamlScalar.isAllowed(column.name())) {
            return Optional.of("has a name that a spec may not hold");
        }
        if (column.missing() == rows) {
            return Optional.of("has no value in any row");
        }
        if (column.distinct() == 1 && column.missing() == 0) {
            return Optional.of("has the same value in every row");
        }
        if (column.personal().isPresent()) {
            return Optional.of("looks like personal data");
        }
        return column.type() == ColumnType.CATEGORY ? text(column, rows) : Optional.empty();
    }

    private static Optional<String> text(DataProfile.Column column, long rows) {
        if (matching(column, DATE) > column.top().size() / 2) {
            return Optional.of("looks like dates" + timeSplit(column));
        }
        if (matching(column, OTHER_NUMBER) == column.top().size()
                && !column.top().isEmpty()) {
            return Optional.of(
                    "looks like numbers in a form that is not read: write 1234.5, or with source.decimal 1234,5");
        }
        long present = rows - column.missing();
        return !column.identifier() && column.distinct() > MOST_VALUES && column.distinct() > present / 2
                ? Optional.of("looks like free text: " + column.distinct() + " different values")
                : Optional.empty();
    }

    /** How a split by time would use the column, if it can. */
    private static String timeSplit(DataProfile.Column column) {
        if (matching(column, ISO_DATE) < column.top().size()) {
            return "; a split by time takes them only as 2026-01-31";
        }
        if (column.missing() > 0) {
            return "; a split by time needs one in every row, and " + column.missing() + " have none";
        }
        String name = YamlScalar.of(column.name());
        return "; to split by time add " + name + ": {type: category} to schema, " + name
                + " to identifiers, and write split: {strategy: time, test: 0.2, column: " + name + "}, without a seed";
    }

    private static long matching(DataProfile.Column column, Pattern form) {
        return column.top().stream()
                .filter(each -> form.matcher(each.value()).matches())
                .count();
    }

    /** What a column of this type of a Parquet file holds, for people. */
    static String type(String type) {
        return (type.endsWith("]")
                        ? "lists"
                        : type.startsWith("STRUCT") || type.startsWith("MAP") ? "nested values" : type + " values")
                + ", which no column type can take";
    }
}
