package dev.plumbline.runtime.data;

import dev.plumbline.runtime.data.Loading.LoadedColumn;
import dev.plumbline.schemas.model.ColumnSchema;
import dev.plumbline.schemas.model.ColumnType;
import java.sql.SQLException;

/** Whether the values of every column are what its schema says. */
final class ColumnChecks {
    /** Beyond this a double no longer tells neighbouring integers apart. */
    private static final String LARGEST_INTEGER = "9007199254740992";

    private final Engine engine;
    private final Findings findings;
    private final Offenders offenders;

    ColumnChecks(Engine engine, Findings findings) {
        this.engine = engine;
        this.findings = findings;
        this.offenders = new Offenders(engine, findings);
    }

    void check(LoadedColumn column) throws SQLException {
        if (engine.count("SELECT count(" + column.text() + ") FROM t") == 0) {
            findings.column(
                    "column-empty",
                    column.name(),
                    "Column " + column.name() + " has no value in any row.",
                    "Leave it out of the schema, or check source.missing and source.delimiter.");
        } else if (column.numeric()) {
            numeric(column);
        } else {
            category(column);
        }
    }

    private void numeric(LoadedColumn column) throws SQLException {
        String n = column.number();
        boolean integer = column.schema().type() == ColumnType.INTEGER;
        boolean commas = engine.count("SELECT count(*) FROM t WHERE " + n + " IS NULL AND regexp_full_match("
                        + column.text() + ", '[+-]?[0-9]*,[0-9]+')")
                > 0;
        offenders.report(
                "value-not-a-number",
                column,
                "(" + column.text() + " IS NOT NULL AND " + n + " IS NULL) OR isinf(" + n + ")",
                "have a value that is not a finite number",
                commas
                        ? "If the comma is the decimal sign, say source.decimal: \",\"."
                        : "If it stands for a missing value, add it to source.missing; if the values are names, say"
                                + " type: category.");
        if (integer) {
            offenders.report(
                    "value-not-an-integer",
                    column,
                    "isfinite(" + n + ") AND " + n + " <> trunc(" + n + ")",
                    "have a fraction",
                    "Say type: number.");
            offenders.report(
                    "integer-too-large",
                    column,
                    "isfinite(" + n + ") AND abs(" + n + ") > " + LARGEST_INTEGER,
                    "have an integer beyond 2^53",
                    "Such numbers are names: say type: category.");
        }
        range(column);
    }

    private void range(LoadedColumn column) throws SQLException {
        ColumnSchema schema = column.schema();
        if (schema.min().isPresent()) {
            double min = schema.min().get();
            offenders.report(
                    "value-out-of-range",
                    column,
                    column.number() + " < " + Sql.number(min),
                    "lie below the declared min of " + Table.text(min),
                    "Correct the rows or the column's min.");
        }
        if (schema.max().isPresent()) {
            double max = schema.max().get();
            offenders.report(
                    "value-out-of-range",
                    column,
                    column.number() + " > " + Sql.number(max),
                    "lie above the declared max of " + Table.text(max),
                    "Correct the rows or the column's max.");
        }
    }

    private void category(LoadedColumn column) throws SQLException {
        if (!column.schema().values().isEmpty()) {
            offenders.report(
                    "value-not-declared",
                    column,
                    column.text() + " NOT IN " + Sql.texts(column.schema().values()),
                    "have a value that the column's values do not list",
                    "Correct the rows, or add the value to the column's values.");
        }
    }
}
