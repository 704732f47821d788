package dev.plumbline.runtime.data;

import dev.plumbline.runtime.data.Loading.LoadedColumn;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Takes the loaded rows out of the engine, in the file's order. */
final class TableReading {
    private TableReading() {}

    static Table read(Engine engine, List<LoadedColumn> columns) throws SQLException {
        int rows = Math.toIntExact(engine.count("SELECT count(*) FROM t"));
        List<Target> targets = columns.stream()
                .map(column -> column.numeric() ? (Target) new Numbers(rows) : new Texts(rows))
                .toList();
        String names = columns.stream()
                .map(column -> column.numeric() ? column.number() : column.text())
                .collect(Collectors.joining(", "));
        int[] next = {0};
        engine.query("SELECT " + names + " FROM t ORDER BY rowid", result -> {
            int row = next[0]++;
            for (int i = 0; i < targets.size(); i++) {
                targets.get(i).take(result, i + 1, row);
            }
            return row;
        });
        Table.Builder table = Table.builder();
        for (LoadedColumn column : columns) {
            targets.get(column.index()).give(table, column.name());
        }
        return table.build();
    }

    private interface Target {
        void take(ResultSet result, int index, int row) throws SQLException;

        void give(Table.Builder table, String name);
    }

    private static final class Numbers implements Target {
        private final double[] values;

        private Numbers(int rows) {
            values = new double[rows];
        }

        @Override
        public void take(ResultSet result, int index, int row) throws SQLException {
            double value = result.getDouble(index);
            // Negative zero becomes zero, so that equal numbers are equal bits.
            values[row] = result.wasNull() ? Double.NaN : value + 0.0;
        }

        @Override
        public void give(Table.Builder table, String name) {
            table.numbers(name, values);
        }
    }

    private static final class Texts implements Target {
        private final @Nullable String[] values;
        private final Map<String, String> spellings = new HashMap<>();

        private Texts(int rows) {
            values = new String[rows];
        }

        @Override
        public void take(ResultSet result, int index, int row) throws SQLException {
            String text = result.getString(index);
            values[row] = text == null ? null : spellings.computeIfAbsent(text, one -> one);
        }

        @Override
        public void give(Table.Builder table, String name) {
            table.categories(name, values);
        }
    }
}
