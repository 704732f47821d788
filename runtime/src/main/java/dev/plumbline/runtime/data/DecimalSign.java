package dev.plumbline.runtime.data;

import dev.plumbline.runtime.data.Loading.LoadedColumn;
import java.sql.SQLException;
import java.util.List;

/**
 * What stands before the fraction of a file's numbers, told from its values: a comma where a column holds nothing but
 * numbers with one, and no other column has numbers with a point. {@code 1,234} alone may as well be a thousand.
 */
final class DecimalSign {
    /** A text that is a number when the comma is its decimal sign, with a fraction. */
    private static final String COMMA = "'[+-]?[0-9]*,[0-9]+([eE][+-]?[0-9]+)?'";

    private static final String THOUSANDS = "'[+-]?[1-9][0-9]{0,2},[0-9]{3}'";

    private DecimalSign() {}

    /** Of the file that was loaded with a point. */
    static String of(Engine engine, List<LoadedColumn> columns) throws SQLException {
        boolean commas = false;
        for (LoadedColumn column : columns) {
            String s = column.text();
            if (engine.count("SELECT count(*) FROM t WHERE " + column.number() + " IS NOT NULL AND contains(" + s
                            + ", '.')")
                    > 0) {
                return ".";
            }
            commas |= holdsCommas(engine, column);
        }
        return commas ? "," : ".";
    }

    private static boolean holdsCommas(Engine engine, LoadedColumn column) throws SQLException {
        String s = column.text();
        String comma = "regexp_full_match(" + s + ", " + COMMA + ")";
        return engine.count("SELECT count(*) FROM t WHERE " + comma + " AND NOT regexp_full_match(" + s + ", "
                                + THOUSANDS + ")")
                        > 0
                && engine.count("SELECT count(*) FROM t WHERE " + s + " IS NOT NULL AND " + column.number()
                                + " IS NULL AND NOT " + comma + " AND " + s + " NOT IN "
                                + Sql.texts(MissingMarkers.ALL))
                        == 0;
    }
}
