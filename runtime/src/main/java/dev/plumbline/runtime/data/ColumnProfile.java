package dev.plumbline.runtime.data;

import dev.plumbline.runtime.DataProfile;
import dev.plumbline.runtime.DataProfile.Frequency;
import dev.plumbline.runtime.data.Loading.LoadedColumn;
import dev.plumbline.schemas.model.ColumnType;
import java.sql.SQLException;
import java.util.List;
import java.util.OptionalDouble;

/** Looks at one loaded column. */
final class ColumnProfile {
    private static final int TOP = 50;

    private ColumnProfile() {}

    static DataProfile.Column of(Engine engine, LoadedColumn column) throws SQLException {
        String s = column.text();
        String n = column.number();
        Counts counts = engine.query(
                        "SELECT count(*), count(" + s + "), count(" + n + "), count(DISTINCT " + s
                                + "), count(DISTINCT "
                                + n + "), count(*) FILTER (WHERE " + n + " <> trunc(" + n + ")), min(" + n + "), max("
                                + n
                                + "), count(*) FILTER (WHERE isinf(" + n + ") OR regexp_full_match(" + s
                                + ", '[+-]?0[0-9].*')) FROM t",
                        row -> new Counts(
                                row.getLong(1),
                                row.getLong(2),
                                row.getLong(3),
                                row.getLong(4),
                                row.getLong(5),
                                row.getLong(6),
                                row.getDouble(7),
                                row.getDouble(8),
                                row.getLong(9)))
                .getFirst();
        boolean numeric = counts.type() != ColumnType.CATEGORY;
        return new DataProfile.Column(
                column.name(),
                counts.type(),
                counts.rows - counts.present,
                numeric ? OptionalDouble.of(counts.min) : OptionalDouble.empty(),
                numeric ? OptionalDouble.of(counts.max) : OptionalDouble.empty(),
                counts.different(),
                numeric ? numbers(engine, column) : texts(engine, column),
                Identifiers.likely(
                        column.name(), counts.type(), counts.present, counts.different(), counts.max - counts.min),
                PersonalData.in(engine, column, counts.type(), counts.present, counts.different()));
    }

    private static List<Frequency> texts(Engine engine, LoadedColumn column) throws SQLException {
        return engine.query(top(column.text()), row -> new Frequency(row.getString(1), row.getLong(2)));
    }

    private static List<Frequency> numbers(Engine engine, LoadedColumn column) throws SQLException {
        return engine.query(top(column.number()), row -> new Frequency(Table.text(row.getDouble(1)), row.getLong(2)));
    }

    private static String top(String value) {
        return "SELECT " + value + ", count(*) FROM t WHERE " + value
                + " IS NOT NULL GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT " + TOP;
    }

    /**
     * What one pass over the column counts.
     *
     * @param unfit rows with a leading zero, as postal codes have, or an infinite number: no column of numbers
     */
    private record Counts(
            long rows,
            long present,
            long numbers,
            long distinctTexts,
            long distinctNumbers,
            long fractions,
            double min,
            double max,
            long unfit) {
        ColumnType type() {
            if (present == 0 || numbers < present || unfit > 0) {
                return ColumnType.CATEGORY;
            }
            if (fractions > 0) {
                return ColumnType.NUMBER;
            }
            // Integers that a double cannot tell apart are names.
            return Math.max(Math.abs(min), Math.abs(max)) > 0x1.0p53 ? ColumnType.CATEGORY : ColumnType.INTEGER;
        }

        long different() {
            return type() == ColumnType.CATEGORY ? distinctTexts : distinctNumbers;
        }
    }
}
