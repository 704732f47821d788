package dev.plumbline.runtime.data;

import dev.plumbline.runtime.DataProfile;
import dev.plumbline.runtime.Profiler;
import dev.plumbline.runtime.data.Loading.LoadedColumn;
import dev.plumbline.schemas.model.ColumnSchema;
import dev.plumbline.schemas.model.ColumnType;
import dev.plumbline.schemas.model.DataFormat;
import dev.plumbline.schemas.model.DataSource;
import dev.plumbline.schemas.model.DatasetSpec;
import dev.plumbline.schemas.model.Split;
import dev.plumbline.schemas.model.SplitStrategy;
import dev.plumbline.schemas.model.UnknownCategory;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Looks at a data file with the same engine, and through the same loading, as {@link DatasetReader}: what it says of a file
 * is what a spec that is written from it will read. Reads twice, since the missing markers must be known before values can
 * be counted. Blocking, interruptible, thread-safe.
 */
public final class DataProfiler implements Profiler {
    private static final long GIBIBYTE = 1024L * 1024L * 1024L;

    @Override
    public Profiling profile(Path file, Options options) throws InterruptedException {
        Findings findings = new Findings();
        try {
            DataFormat format = format(file);
            FileCheck.check(file, format, findings);
            if (findings.none()) {
                DataSource source = recognized(file, format, options, findings);
                if (findings.none()) {
                    return Reading.with(file, GIBIBYTE, engine -> profile(engine, source));
                }
            }
        } catch (IOException | SQLException e) {
            findings.file("file-unreadable", "The data file cannot be read: " + Reading.reason(e, file), null);
        }
        return new Profiling.Unreadable(findings.problems());
    }

    private static DataSource recognized(Path file, DataFormat format, Options options, Findings findings)
            throws SQLException, InterruptedException {
        String delimiter = delimiter(file, format, options);
        DataSource plain = source(format, options, delimiter, ".", List.of(""));
        Seen seen = Reading.with(file, GIBIBYTE, engine -> look(engine, plain, findings));
        if (seen.decimal().equals(".")) {
            return source(format, options, delimiter, ".", seen.markers());
        }
        // Which texts stand for a missing number is known only when numbers are.
        DataSource commas = source(format, options, delimiter, seen.decimal(), List.of(""));
        Seen again = Reading.with(file, GIBIBYTE, engine -> look(engine, commas, findings));
        return source(format, options, delimiter, seen.decimal(), again.markers());
    }

    private static String delimiter(Path file, DataFormat format, Options options)
            throws SQLException, InterruptedException {
        if (format == DataFormat.PARQUET || options.delimiter().isPresent()) {
            return options.delimiter().orElse(",");
        }
        return Reading.with(file, GIBIBYTE, Delimiters::of);
    }

    private static DataFormat format(Path file) {
        String name = file.toString().toLowerCase(Locale.ROOT);
        return name.endsWith(".parquet") || name.endsWith(".pq") ? DataFormat.PARQUET : DataFormat.CSV;
    }

    private static DataSource source(
            DataFormat format, Options options, String delimiter, String decimal, List<String> missing) {
        return new DataSource(
                Optional.of("profiled"),
                Optional.empty(),
                Optional.empty(),
                format,
                options.header(),
                options.columns(),
                delimiter,
                decimal,
                missing);
    }

    /** What the values tell of how they are written. */
    private record Seen(List<String> markers, String decimal) {}

    private static Seen look(Engine engine, DataSource source, Findings findings) throws SQLException {
        List<LoadedColumn> columns = load(engine, source, findings);
        return findings.none()
                ? new Seen(
                        MissingMarkers.of(engine, columns),
                        source.format() == DataFormat.PARQUET ? "." : DecimalSign.of(engine, columns))
                : new Seen(List.of(), ".");
    }

    private static Profiling profile(Engine engine, DataSource source) throws SQLException {
        List<LoadedColumn> loaded = load(engine, source, new Findings());
        List<DataProfile.Column> columns = new ArrayList<>();
        for (LoadedColumn column : loaded) {
            columns.add(ColumnProfile.of(engine, column));
        }
        return new Profiling.Profiled(new DataProfile(
                source.format(),
                source.header(),
                source.delimiter(),
                source.decimal(),
                source.missing(),
                engine.count("SELECT count(*) FROM t"),
                columns,
                unread(FileColumns.of(engine, source, new Findings()))));
    }

    private static List<DataProfile.Unread> unread(FileColumns file) {
        List<DataProfile.Unread> unread = new ArrayList<>();
        for (int i = 0; i < file.names().size(); i++) {
            if (!Loading.scalar(file.types().get(i))) {
                unread.add(
                        new DataProfile.Unread(file.names().get(i), file.types().get(i)));
            }
        }
        return unread;
    }

    /** Loads every column both as text and, where it can be, as number. */
    private static List<LoadedColumn> load(Engine engine, DataSource source, Findings findings) throws SQLException {
        FileColumns file = FileColumns.of(engine, source, findings);
        if (!findings.none()) {
            return List.of();
        }
        List<DataProfile.Unread> unread = unread(file);
        Map<String, ColumnSchema> schema = new LinkedHashMap<>();
        file.names().stream()
                .filter(name -> unread.stream().noneMatch(each -> each.name().equals(name)))
                .forEach(name -> schema.put(
                        name,
                        new ColumnSchema(
                                ColumnType.NUMBER,
                                Optional.empty(),
                                Optional.empty(),
                                List.of(),
                                UnknownCategory.BUCKET)));
        DatasetSpec dataset = new DatasetSpec(
                source,
                file.names().getFirst(),
                Optional.empty(),
                List.of(),
                schema,
                List.of(),
                new Split(SplitStrategy.RANDOM, 0.2, 0, Optional.empty(), Optional.empty()));
        List<LoadedColumn> columns = new Loading(engine, dataset, file, findings).load();
        if (columns.isEmpty()) {
            findings.file("no-columns", "The file has no column of numbers or text.", "Store some.");
        } else if (findings.none() && engine.count("SELECT count(*) FROM t") == 0) {
            findings.file("too-few-rows", "The file has columns, but no rows.", "Add rows.");
        }
        return columns;
    }
}
