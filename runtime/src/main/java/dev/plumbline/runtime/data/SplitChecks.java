package dev.plumbline.runtime.data;

import dev.plumbline.schemas.model.DatasetSpec;
import dev.plumbline.schemas.model.Split;
import dev.plumbline.schemas.model.SplitStrategy;
import dev.plumbline.schemas.model.Task;
import dev.plumbline.schemas.problem.Counted;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Whether a split leaves enough on both sides, and whether the columns that it names can order or hold rows together. */
final class SplitChecks {
    /** Fewer rows cannot be split into something to learn from and something to measure on. */
    static final int MINIMUM_ROWS = 20;

    private static final Pattern ISO_DATE = Pattern.compile("\\d{4}(-\\d{2}(-\\d{2}([T ].*)?)?)?");

    private final Table table;
    private final DatasetSpec dataset;
    private final Findings findings;

    SplitChecks(Table table, DatasetSpec dataset, Findings findings) {
        this.table = table;
        this.dataset = dataset;
        this.findings = findings;
    }

    /** The columns that the split names can be used, and there are rows enough. */
    boolean possible() {
        Split split = dataset.split();
        boolean key = present(split.key(), "key");
        boolean columns = present(split.column(), "column") && key;
        if (columns && split.strategy() == SplitStrategy.TIME) {
            columns = split.column().map(this::ordered).orElse(false);
        }
        if (table.rows() < MINIMUM_ROWS) {
            findings.file(
                    "too-few-rows",
                    "There are " + table.rows() + " rows; at least " + MINIMUM_ROWS + " are needed.",
                    "Add rows: with fewer there is nothing to measure on.");
            return false;
        }
        return columns;
    }

    private boolean present(Optional<String> column, String field) {
        if (column.isPresent() && !table.has(column.get())) {
            findings.column(
                    "split-without-column",
                    column.get(),
                    "split." + field + " names column " + column.get() + ", which is not in the schema.",
                    "Declare it; if it must not be learnt from, list it under identifiers.");
            return false;
        }
        return true;
    }

    private boolean ordered(String column) {
        long missing =
                Arrays.stream(table.texts(column)).filter(Objects::isNull).count();
        if (missing > 0) {
            findings.add(
                    "time-missing",
                    column,
                    "Column " + column + " orders the rows, but " + Counted.of(missing, "row", "have no value") + ".",
                    "Give every row its time, or split by another strategy.",
                    missing,
                    List.of());
        }
        List<String> strange = table.numeric(column)
                ? List.of()
                : table.distinct(column).stream()
                        .filter(value -> !ISO_DATE.matcher(value).matches())
                        .toList();
        if (!strange.isEmpty()) {
            findings.add(
                    "time-not-ordered",
                    column,
                    "Column " + column + " orders the rows, but its values are neither numbers nor ISO 8601 dates.",
                    "Write dates as 2026-01-31, or order by a number.",
                    strange.size(),
                    strange.stream().limit(Findings.EXAMPLES).toList());
        }
        return missing == 0 && strange.isEmpty();
    }

    void sides(RowSplit split, Optional<Task> task) {
        int training = split.training().length;
        int heldOut = split.heldOut().length;
        if (training == 0 || heldOut == 0) {
            findings.file(
                    "split-empty",
                    "The split leaves " + Counted.of(training, "row") + " to learn from and "
                            + Counted.of(heldOut, "row") + " to measure on.",
                    "Change split.test, its key or its column, or add rows.");
        } else if (task.filter(one -> one != Task.REGRESSION).isPresent()) {
            lacking(split.training(), "to learn from");
            lacking(split.heldOut(), "to measure on");
        }
    }

    private void lacking(int[] rows, String purpose) {
        Set<String> lacking = new TreeSet<>(table.distinct(dataset.label()));
        @Nullable String[] labels = table.texts(dataset.label());
        for (int row : rows) {
            String label = labels[row];
            if (label != null) {
                lacking.remove(label);
            }
        }
        if (!lacking.isEmpty()) {
            findings.column(
                    "split-without-class",
                    dataset.label(),
                    "The split leaves no row of "
                            + lacking.stream()
                                    .limit(Findings.EXAMPLES)
                                    .map(one -> "\"" + one + "\"")
                                    .collect(Collectors.joining(", "))
                            + " " + purpose + ".",
                    "Use strategy: stratified, another seed or share, or add rows of this class.");
        }
    }
}
