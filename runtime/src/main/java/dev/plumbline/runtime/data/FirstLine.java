package dev.plumbline.runtime.data;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The values of a CSV file's first line. DuckDB cuts it; it must be told how many columns to expect, and guessing that by
 * itself it would fail on a file with a single short row, without naming the row. So the delimiters of the line are counted
 * first, which is never too few.
 */
final class FirstLine {
    private static final int LONGEST = 1 << 20;
    private static final int MOST_COLUMNS = 10_000;

    private FirstLine() {}

    static List<String> of(Engine engine, String delimiter) throws SQLException {
        String line = text(engine.path());
        long columns = 1 + line.chars().filter(c -> c == delimiter.charAt(0)).count();
        if (line.chars().filter(c -> c == '"').count() % 2 != 0) {
            throw new SQLException("a quote in the first line is not closed on it.");
        }
        if (columns > MOST_COLUMNS) {
            throw new SQLException("its first line has " + columns + " columns; the most are " + MOST_COLUMNS + ".");
        }
        String names = IntStream.range(0, (int) columns)
                .mapToObj(i -> "'c" + i + "': 'VARCHAR'")
                .collect(Collectors.joining(", ", "{", "}"));
        String sql = "SELECT * FROM read_csv(" + engine.file() + ", header = false, auto_detect = false, columns = "
                + names + ", null_padding = true, ignore_errors = true, parallel = false, compression = 'none'"
                + ", nullstr = [chr(1)], quote = '\"', escape = '\"', delim = " + Sql.text(delimiter) + ") LIMIT 1";
        List<List<String>> lines = engine.query(sql, FirstLine::texts);
        return lines.isEmpty() ? List.of() : lines.getFirst();
    }

    private static String text(Path file) throws SQLException {
        try (InputStream in = Files.newInputStream(file)) {
            String head = new String(in.readNBytes(LONGEST), StandardCharsets.UTF_8);
            return head.lines().findFirst().orElse("");
        } catch (IOException e) {
            throw new SQLException("its first line cannot be read.", e);
        }
    }

    private static List<String> texts(ResultSet row) throws SQLException {
        List<String> texts = new ArrayList<>();
        for (int i = 1; i <= row.getMetaData().getColumnCount(); i++) {
            String text = row.getString(i);
            if (text == null) {
                break;
            }
            texts.add(text);
        }
        return texts;
    }
}
