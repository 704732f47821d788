package dev.plumbline.runtime.data;

import dev.plumbline.runtime.data.Loading.LoadedColumn;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Which texts stand for a missing value in a file. Some are never anything else; others may be a value ({@code None},
 * {@code NA}) and count only where they are all that keeps a column from being numbers.
 */
final class MissingMarkers {
    private static final List<String> UNMISTAKABLE =
            List.of("?", "N/A", "n/a", "#N/A", "NaN", "nan", "NULL", "null", "<NA>");
    private static final List<String> AMONG_NUMBERS = List.of("NA", "na", "None", "none", "-", "--", ".", "missing");

    /** Every text that may stand for a missing number. */
    static final List<String> ALL =
            Stream.concat(UNMISTAKABLE.stream(), AMONG_NUMBERS.stream()).toList();

    private MissingMarkers() {}

    /** Those that the loaded file uses, the empty text always among them. */
    static List<String> of(Engine engine, List<LoadedColumn> columns) throws SQLException {
        List<String> found = new ArrayList<>(List.of(""));
        for (LoadedColumn column : columns) {
            boolean numbers = engine.count("SELECT count(*) FROM t WHERE " + column.number() + " IS NOT NULL") > 0
                    && engine.count("SELECT count(*) FROM t WHERE " + column.text() + " IS NOT NULL AND "
                                    + column.number() + " IS NULL AND " + column.text() + " NOT IN " + Sql.texts(ALL))
                            == 0;
            List<String> candidates = numbers ? ALL : UNMISTAKABLE;
            engine
                    .query(
                            "SELECT DISTINCT " + column.text() + " FROM t WHERE " + column.text() + " IN "
                                    + Sql.texts(candidates) + " ORDER BY 1",
                            row -> row.getString(1))
                    .stream()
                    .filter(marker -> !found.contains(marker))
                    .forEach(found::add);
        }
        return found;
    }
}
