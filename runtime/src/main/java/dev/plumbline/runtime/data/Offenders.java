package dev.plumbline.runtime.data;

import dev.plumbline.runtime.data.Loading.LoadedColumn;
import dev.plumbline.schemas.problem.Counted;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reports the rows of the loaded table that break a rule: how many, and the first five with their values. */
final class Offenders {
    private final Engine engine;
    private final Findings findings;

    Offenders(Engine engine, Findings findings) {
        this.engine = engine;
        this.findings = findings;
    }

    /**
     * Reports rows where the condition holds.
     *
     * @param message follows the count, such as {@code have no value in column age}
     */
    void report(String code, LoadedColumn column, String condition, String message, @Nullable String hint)
            throws SQLException {
        long count = engine.count("SELECT count(*) FROM t WHERE " + condition);
        if (count > 0) {
            findings.add(
                    code,
                    column.name(),
                    "Column " + column.name() + ": " + Counted.of(count, "row", message) + ".",
                    hint,
                    count,
                    examples(column, condition));
        }
    }

    private List<String> examples(LoadedColumn column, String condition) throws SQLException {
        return engine.query(
                "SELECT rowid + 1, " + column.text() + " FROM t WHERE " + condition + " ORDER BY rowid LIMIT "
                        + Findings.EXAMPLES,
                row -> example(row.getLong(1), row.getString(2)));
    }

    private static String example(long row, @Nullable String value) {
        return "row " + row + ": " + (value == null ? "missing" : "\"" + shortened(value) + "\"");
    }

    private static String shortened(String value) {
        return value.length() <= 80 ? value : value.substring(0, 79) + "…";
    }
}
