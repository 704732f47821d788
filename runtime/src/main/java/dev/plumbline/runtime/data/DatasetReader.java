package dev.plumbline.runtime.data;

import dev.plumbline.runtime.DataFile;
import dev.plumbline.runtime.data.Loading.LoadedColumn;
import dev.plumbline.schemas.model.DatasetSpec;
import dev.plumbline.schemas.model.ModelSpec;
import dev.plumbline.schemas.model.Task;
import java.io.IOException;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads a data file into rows as a dataset declares them, and reports everything in it that the declaration does not
 * allow.
 *
 * <p>Phases: the file's first bytes and digest, its columns, the values of every declared column, the expectations, the
 * label, the split. Each phase reports all its problems; a later one runs as far as the earlier ones leave it something
 * to judge. Texts are trimmed, and missing when the rest is one of the declared markers. Each reading has an engine of its
 * own, which can open this one file. Blocking, interruptible, thread-safe.
 */
public final class DatasetReader {
    private static final Logger LOG = LoggerFactory.getLogger(DatasetReader.class);
    private static final long GIBIBYTE = 1024L * 1024L * 1024L;

    private final long memoryBytes;

    /** A reader that lets DuckDB use one gibibyte. */
    public DatasetReader() {
        this(GIBIBYTE);
    }

    /**
     * A reader with another limit.
     *
     * @param memoryBytes what DuckDB may use for one file, beside the Java heap
     */
    public DatasetReader(long memoryBytes) {
        this.memoryBytes = memoryBytes;
    }

    /**
     * Reads and checks the rows.
     *
     * @param model with it the label and both sides of the split are checked against the model's task
     */
    public RowReading read(DatasetSpec dataset, Optional<ModelSpec> model, DataFile file) throws InterruptedException {
        Findings findings = new Findings();
        try {
            FileCheck.check(file.path(), dataset.source().format(), findings);
            if (findings.none()) {
                FileCheck.unchanged(file.path(), file.digest(), findings);
            }
            if (!findings.none()) {
                return new RowReading.Broken(findings.problems());
            }
            return Reading.with(
                    file.path(), memoryBytes, engine -> read(engine, dataset, model.map(ModelSpec::task), findings));
        } catch (IOException | SQLException e) {
            LOG.info("a data file could not be read file={}", file.path().getFileName(), e);
            findings.file("file-unreadable", "The data file cannot be read: " + Reading.reason(e, file.path()), null);
            return new RowReading.Broken(findings.problems());
        }
    }

    private static RowReading read(Engine engine, DatasetSpec dataset, Optional<Task> task, Findings findings)
            throws SQLException {
        FileColumns file = FileColumns.of(engine, dataset.source(), findings);
        if (!findings.none()) {
            return new RowReading.Broken(findings.problems());
        }
        List<LoadedColumn> columns = new Loading(engine, dataset, file, findings).load();
        if (columns.isEmpty() || engine.count("SELECT count(*) FROM t") == 0) {
            if (!columns.isEmpty()) {
                findings.file("too-few-rows", "The file has columns, but no rows.", "Add rows.");
            }
            return new RowReading.Broken(findings.problems());
        }
        ColumnChecks checks = new ColumnChecks(engine, findings);
        for (LoadedColumn column : columns) {
            checks.check(column);
        }
        new Expectations(engine, findings).check(dataset.expectations(), columns);
        return judge(TableReading.read(engine, columns), dataset, task, findings);
    }

    private static RowReading judge(Table table, DatasetSpec dataset, Optional<Task> task, Findings findings) {
        if (!table.has(dataset.label())) {
            return new RowReading.Broken(findings.problems());
        }
        new LabelChecks(table, dataset, findings).check(task);
        SplitChecks checks = new SplitChecks(table, dataset, findings);
        if (!checks.possible() || !findings.none()) {
            return new RowReading.Broken(findings.problems());
        }
        RowHashes hashes = table.rowHashes();
        RowSplit split = Splitter.split(table, hashes, dataset.split(), dataset.label());
        checks.sides(split, task);
        return findings.none()
                ? new RowReading.Rows(table, hashes, split, hashes.digest())
                : new RowReading.Broken(findings.problems());
    }
}
