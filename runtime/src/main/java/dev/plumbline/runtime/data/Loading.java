package dev.plumbline.runtime.data;

import dev.plumbline.schemas.model.ColumnType;
import dev.plumbline.schemas.model.DataFormat;
import dev.plumbline.schemas.model.DatasetSpec;
import dev.plumbline.schemas.problem.Counted;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Loads the declared columns into the table {@code t}: per column {@code i} its text {@code s<i>} (trimmed, null where
 * missing) and, for integers and numbers, its value {@code n<i>} (null where missing or no number). {@code rowid}
 * counts the file's rows from 0.
 */
final class Loading {
    /** What is trimmed from both ends of a text: white space, with tabs, line ends and the no-break space. */
    private static final String BLANKS = "(' ' || chr(9) || chr(10) || chr(13) || chr(160))";

    /** Decimal notation only: neither {@code 1_000} nor {@code nan} nor {@code 0x1F}. */
    private static final String NUMBER = "'[+-]?([0-9]+\\.?[0-9]*|\\.[0-9]+)([eE][+-]?[0-9]+)?'";

    private static final String NUMBER_WITH_COMMA = "'[+-]?([0-9]+,?[0-9]*|,[0-9]+)([eE][+-]?[0-9]+)?'";

    private static final Pattern NUMERIC =
            Pattern.compile("(U?(TINY|SMALL|BIG|HUGE)INT|U?INTEGER|FLOAT|DOUBLE|DECIMAL\\([0-9]+,[0-9]+\\))");
    private static final Set<String> SCALAR =
            Set.of("VARCHAR", "BOOLEAN", "DATE", "TIME", "TIMESTAMP", "TIMESTAMP WITH TIME ZONE", "UUID");

    private final Engine engine;
    private final DatasetSpec dataset;
    private final FileColumns file;
    private final Findings findings;

    Loading(Engine engine, DatasetSpec dataset, FileColumns file, Findings findings) {
        this.engine = engine;
        this.dataset = dataset;
        this.file = file;
        this.findings = findings;
    }

    /** Loads and gives the columns that are there, in the order of the schema. */
    List<LoadedColumn> load() throws SQLException {
        List<LoadedColumn> columns = present();
        if (columns.isEmpty()) {
            return columns;
        }
        boolean parquet = dataset.source().format() == DataFormat.PARQUET;
        String texts = columns.stream().map(this::text).collect(Collectors.joining(", "));
        String numbers = columns.stream()
                .filter(LoadedColumn::numeric)
                .map(column -> ", " + number(column))
                .collect(Collectors.joining());
        String inner = "SELECT " + texts + " FROM " + (parquet ? parquetSource() : csvSource());
        engine.execute("CREATE TEMP TABLE t AS SELECT *" + numbers + " FROM (" + inner + ")");
        if (!parquet) {
            rejects();
        }
        return columns;
    }

    private List<LoadedColumn> present() {
        List<LoadedColumn> columns = new ArrayList<>();
        dataset.schema().forEach((name, schema) -> {
            int position = file.names().indexOf(name);
            if (position < 0) {
                missing(name);
            } else if (readable(name, file.types().get(position))) {
                columns.add(new LoadedColumn(columns.size(), position, name, schema));
            }
        });
        return columns;
    }

    private void missing(String name) {
        String hint = Nearest.to(name, file.names())
                .map(near -> "Did you mean " + near + "?")
                .orElse("The file has: " + String.join(", ", file.names()) + ".");
        findings.column("column-missing", name, "The file has no column " + name + ".", hint);
    }

    /** Whether a column of this type of DuckDB can be read as numbers or text. */
    static boolean scalar(String type) {
        return NUMERIC.matcher(type).matches()
                || SCALAR.contains(type)
                || (type.startsWith("ENUM(") && type.endsWith(")"));
    }

    private boolean readable(String name, String type) {
        if (scalar(type)) {
            return true;
        }
        findings.column(
                "column-type",
                name,
                "Column " + name + " holds " + type + " values, which no column type can take.",
                "Store numbers or text, or leave the column out of the schema.");
        return false;
    }

    private String text(LoadedColumn column) {
        String type = file.types().get(column.position());
        String source = dataset.source().format() == DataFormat.PARQUET
                ? Sql.name("p" + column.position())
                : "c" + column.position();
        String value = "CAST(" + source + " AS VARCHAR)";
        if (NUMERIC.matcher(type).matches()) {
            String present = type.equals("FLOAT") || type.equals("DOUBLE")
                    ? "CASE WHEN isnan(" + source + ") THEN NULL ELSE " + value + " END"
                    : value;
            String exact = column.numeric() ? ", CAST(" + source + " AS DOUBLE) AS d" + column.index() : "";
            return present + " AS s" + column.index() + exact;
        }
        String trimmed = "trim(" + value + ", " + BLANKS + ")";
        List<String> markers =
                dataset.source().missing().stream().map(String::strip).toList();
        String present = markers.isEmpty()
                ? trimmed
                : "CASE WHEN " + trimmed + " IN " + Sql.texts(markers) + " THEN NULL ELSE " + trimmed + " END";
        return present + " AS s" + column.index();
    }

    private String number(LoadedColumn column) {
        String s = column.text();
        String type = file.types().get(column.position());
        String value = NUMERIC.matcher(type).matches()
                ? "CASE WHEN " + s + " IS NOT NULL THEN d" + column.index() + " END"
                : written(s);
        return value + " AS " + column.number();
    }

    private String written(String s) {
        return dataset.source().decimal().equals(",")
                ? "CASE WHEN regexp_full_match(" + s + ", " + NUMBER_WITH_COMMA + ") THEN TRY_CAST(replace(" + s
                        + ", ',', '.') AS DOUBLE) END"
                : "CASE WHEN regexp_full_match(" + s + ", " + NUMBER + ") THEN TRY_CAST(" + s + " AS DOUBLE) END";
    }

    private String parquetSource() {
        String names = IntStream.range(0, file.names().size())
                .mapToObj(i -> Sql.name(Objects.requireNonNull(file.names().get(i))) + " AS " + Sql.name("p" + i))
                .collect(Collectors.joining(", "));
        return "(SELECT " + names + " FROM read_parquet(" + engine.file() + "))";
    }

    private String csvSource() {
        String names = IntStream.range(0, file.names().size())
                .mapToObj(i -> "'c" + i + "': 'VARCHAR'")
                .collect(Collectors.joining(", ", "{", "}"));
        return "read_csv(" + engine.file() + ", auto_detect = false, header = "
                + dataset.source().header() + ", columns = " + names + ", delim = "
                + Sql.text(dataset.source().delimiter())
                + ", quote = '\"', escape = '\"', nullstr = [chr(1)], compression = 'none', store_rejects = true"
                + ", rejects_limit = 0)";
    }

    private void rejects() throws SQLException {
        String encoding = "CAST(error_type AS VARCHAR) = 'INVALID ENCODING'";
        long foreign = rejected(encoding);
        if (foreign > 0) {
            findings.add(
                    "file-encoding",
                    null,
                    Counted.of(foreign, "row", "hold bytes that are not UTF-8") + ".",
                    FileCheck.SAVE_AS_UTF8,
                    foreign,
                    rejects(encoding, row -> "line " + row.getLong(1)));
        }
        long ragged = rejected("NOT " + encoding);
        if (ragged > 0) {
            findings.add(
                    "ragged-rows",
                    null,
                    Counted.of(ragged, "row") + " cannot be read: another number of values than the "
                            + file.names().size() + " columns, or a broken quote.",
                    "Mend these lines, or say source.delimiter if it is another one.",
                    ragged,
                    rejects("NOT " + encoding, row -> "line " + row.getLong(1) + ": " + row.getString(2)));
        }
    }

    private long rejected(String condition) throws SQLException {
        return engine.count("SELECT count(DISTINCT line) FROM reject_errors WHERE " + condition);
    }

    private List<String> rejects(String condition, Engine.Reader<String> reader) throws SQLException {
        return engine.query(
                "SELECT line, min(lower(CAST(error_type AS VARCHAR))) AS kind FROM reject_errors WHERE " + condition
                        + " GROUP BY line ORDER BY line LIMIT " + Findings.EXAMPLES,
                reader);
    }

    /**
     * A column of the schema that the file has.
     *
     * @param index its place in {@code t}
     * @param position its place in the file
     */
    record LoadedColumn(int index, int position, String name, dev.plumbline.schemas.model.ColumnSchema schema) {
        boolean numeric() {
            return schema.type() != ColumnType.CATEGORY;
        }

        String text() {
            return "s" + index;
        }

        String number() {
            return "n" + index;
        }
    }
}
