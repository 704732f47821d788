package dev.plumbline.runtime.data;

import dev.plumbline.schemas.model.DataFormat;
import dev.plumbline.schemas.model.DataSource;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The columns that a file has.
 *
 * @param names in the file's order and spelling, trimmed
 * @param types DuckDB's type of each; {@code VARCHAR} throughout for CSV, whose values are read as text
 */
record FileColumns(List<String> names, List<String> types) {
    static final String TEXT = "VARCHAR";

    FileColumns {
        names = List.copyOf(names);
        types = List.copyOf(types);
    }

    static FileColumns of(Engine engine, DataSource source, Findings findings) throws SQLException {
        FileColumns columns = source.format() == DataFormat.PARQUET ? parquet(engine) : csv(engine, source, findings);
        Set<String> seen = new HashSet<>();
        Set<String> twice =
                columns.names.stream().filter(name -> !seen.add(name)).collect(Collectors.toSet());
        for (String name : twice.stream().sorted().toList()) {
            findings.column(
                    "duplicate-column",
                    name,
                    "The file has more than one column named " + name + ".",
                    name.matches("-?[0-9.,]+")
                            ? "Is the first line a row? Then say header: false (--no-header to `plumb init`)."
                            : "Rename one.");
        }
        return columns;
    }

    private static FileColumns parquet(Engine engine) throws SQLException {
        List<String> names = new ArrayList<>();
        List<String> types = new ArrayList<>();
        engine.query("DESCRIBE SELECT * FROM read_parquet(" + engine.file() + ")", row -> {
            types.add(row.getString("column_type"));
            return names.add(row.getString("column_name"));
        });
        return new FileColumns(names, types);
    }

    private static FileColumns csv(Engine engine, DataSource source, Findings findings) throws SQLException {
        List<String> first = FirstLine.of(engine, source.delimiter());
        List<String> names = first;
        if (!source.header()) {
            names = source.columns().isEmpty() ? numbered(first.size()) : source.columns();
        }
        if (names.size() != first.size()) {
            findings.file(
                    "column-count",
                    "The file has " + first.size() + " columns, but source.columns names " + names.size() + ".",
                    "Name every column of the file, in its order.");
        } else if (names.size() == 1 && source.header() && wrongDelimiter(first.getFirst())) {
            findings.file(
                    "delimiter",
                    "The file has one column only when it is cut at '" + source.delimiter() + "'.",
                    "Say source.delimiter, such as \";\" or a tab.");
        }
        List<String> trimmed = names.stream().map(String::strip).toList();
        return new FileColumns(trimmed, trimmed.stream().map(name -> TEXT).toList());
    }

    /** The names of columns that have none: {@code column1} and so on. */
    static List<String> numbered(int count) {
        return IntStream.rangeClosed(1, count).mapToObj(i -> "column" + i).toList();
    }

    private static boolean wrongDelimiter(String header) {
        return header.chars().anyMatch(c -> c == ';' || c == '\t' || c == '|' || c == ',');
    }
}
