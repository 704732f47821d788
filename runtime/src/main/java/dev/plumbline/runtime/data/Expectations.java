package dev.plumbline.runtime.data;

import dev.plumbline.runtime.data.Loading.LoadedColumn;
import dev.plumbline.schemas.model.Expectation;
import dev.plumbline.schemas.model.Expectation.OfColumn;
import dev.plumbline.schemas.model.Expectation.OfRows;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Evaluates a dataset's expectations over the loaded rows. */
final class Expectations {
    private final Engine engine;
    private final Findings findings;
    private final Offenders offenders;

    Expectations(Engine engine, Findings findings) {
        this.engine = engine;
        this.findings = findings;
        this.offenders = new Offenders(engine, findings);
    }

    void check(List<Expectation> expectations, List<LoadedColumn> columns) throws SQLException {
        for (Expectation expectation : expectations) {
            switch (expectation) {
                case OfRows rows -> rows(rows);
                case OfColumn of -> {
                    Optional<LoadedColumn> column = columns.stream()
                            .filter(one -> one.name().equals(of.column()))
                            .findFirst();
                    if (column.isPresent()) {
                        column(of, column.get());
                    } else {
                        findings.column(
                                "expectation-without-column",
                                of.column(),
                                "An expectation is about column " + of.column() + ", which was not read.",
                                "Declare the column in the schema.");
                    }
                }
            }
        }
    }

    private void rows(OfRows expectation) throws SQLException {
        long rows = engine.count("SELECT count(*) FROM t");
        if (expectation.min().filter(min -> rows < min).isPresent()) {
            findings.file(
                    "expected-more-rows",
                    "There are " + rows + " rows, expected are at least "
                            + expectation.min().get() + ".",
                    null);
        }
        if (expectation.max().filter(max -> rows > max).isPresent()) {
            findings.file(
                    "expected-fewer-rows",
                    "There are " + rows + " rows, expected are at most "
                            + expectation.max().get() + ".",
                    null);
        }
    }

    private void column(OfColumn expectation, LoadedColumn column) throws SQLException {
        String value = column.numeric() ? column.number() : column.text();
        if (expectation.notNull()) {
            offenders.report(
                    "expected-not-null",
                    column,
                    column.text() + " IS NULL",
                    "have no value, none is expected to",
                    null);
        }
        if (expectation.unique()) {
            String repeated =
                    "SELECT " + value + " FROM t WHERE " + value + " IS NOT NULL GROUP BY 1 HAVING count(*) > 1";
            offenders.report(
                    "expected-unique",
                    column,
                    value + " IN (" + repeated + ")",
                    "share a value that is expected to be unique",
                    null);
        }
        if (expectation.between().isPresent()) {
            between(expectation.between().get(), column);
        }
        if (expectation.in().isPresent()) {
            in(expectation.in().get(), column);
        }
    }

    private void between(Expectation.Range range, LoadedColumn column) throws SQLException {
        String bounds = Table.text(range.low()) + " and " + Table.text(range.high());
        if (!column.numeric()) {
            findings.column(
                    "expectation-without-number",
                    column.name(),
                    "Column " + column.name() + " is a category; it cannot be expected between " + bounds + ".",
                    "Say in: [...], or make the column a number.");
            return;
        }
        offenders.report(
                "expected-between",
                column,
                column.number() + " < " + Sql.number(range.low()) + " OR " + column.number() + " > "
                        + Sql.number(range.high()),
                "are not between " + bounds + " as expected",
                null);
    }

    private void in(List<String> allowed, LoadedColumn column) throws SQLException {
        // A number is the same in every spelling; what the list spells as no number cannot be one of them.
        String condition = column.numeric()
                ? "NOT coalesce(list_contains("
                        + allowed.stream()
                                .map(text -> "TRY_CAST(" + Sql.text(text) + " AS DOUBLE)")
                                .collect(Collectors.joining(", ", "[", "]::DOUBLE[]"))
                        + ", " + column.number() + "), false) AND " + column.number() + " IS NOT NULL"
                : allowed.isEmpty() ? column.text() + " IS NOT NULL" : column.text() + " NOT IN " + Sql.texts(allowed);
        offenders.report("expected-in", column, condition, "have a value that is not among the expected ones", null);
    }
}
