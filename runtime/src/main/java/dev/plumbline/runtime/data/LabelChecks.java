package dev.plumbline.runtime.data;

import dev.plumbline.schemas.model.DatasetSpec;
import dev.plumbline.schemas.model.Task;
import dev.plumbline.schemas.problem.Counted;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Whether a label can be learnt for a task. */
final class LabelChecks {
    private final Table table;
    private final DatasetSpec dataset;
    private final Findings findings;

    LabelChecks(Table table, DatasetSpec dataset, Findings findings) {
        this.table = table;
        this.dataset = dataset;
        this.findings = findings;
    }

    void check(Optional<Task> task) {
        String label = dataset.label();
        missing(label);
        List<String> values = table.distinct(label);
        if (task.filter(Task.REGRESSION::equals).isPresent() && !table.numeric(label)) {
            findings.column(
                    "label-not-numeric",
                    label,
                    "Label " + label + " is a category, but the model's task is regression.",
                    "Say type: number, or a classification task.");
        } else if (values.size() == 1) {
            findings.column(
                    "label-constant",
                    label,
                    "Label " + label + " is " + quoted(values.getFirst()) + " in every row: there is nothing to learn.",
                    "At least two different values are needed.");
        } else {
            task.filter(one -> one != Task.REGRESSION).ifPresent(one -> classes(one, label, values));
        }
        positive(label, values, task);
    }

    private void missing(String label) {
        long missing = Arrays.stream(table.texts(label)).filter(Objects::isNull).count();
        if (missing > 0) {
            findings.add(
                    "label-missing",
                    label,
                    "Label " + label + ": " + Counted.of(missing, "row", "have no value") + ".",
                    "Remove these rows: they teach nothing and cannot be measured.",
                    missing,
                    examples());
        }
    }

    private List<String> examples() {
        @Nullable String[] texts = table.texts(dataset.label());
        return IntStream.range(0, texts.length)
                .filter(row -> texts[row] == null)
                .limit(Findings.EXAMPLES)
                .mapToObj(row -> "row " + (row + 1) + ": missing")
                .toList();
    }

    private void classes(Task task, String label, List<String> values) {
        if (task == Task.BINARY_CLASSIFICATION && values.size() > 2) {
            findings.add(
                    "label-too-many-classes",
                    label,
                    "Label " + label + " has " + values.size() + " classes, but the model's task is binary.",
                    "Say task: multiclass-classification, or leave two classes.",
                    0,
                    values.stream()
                            .limit(Findings.EXAMPLES)
                            .map(LabelChecks::quoted)
                            .toList());
        }
    }

    private void positive(String label, List<String> values, Optional<Task> task) {
        boolean binary = task.filter(Task.BINARY_CLASSIFICATION::equals).isPresent();
        if (dataset.positive().isPresent() && !values.isEmpty()) {
            String positive = dataset.positive().get();
            if (!values.contains(positive)) {
                findings.column(
                        "positive-absent",
                        label,
                        "No row of label " + label + " is " + quoted(positive) + ", the positive class.",
                        Nearest.to(positive, values)
                                .map(near -> "Did you mean " + quoted(near) + "?")
                                .orElse("The label holds: " + some(values) + "."));
            }
        } else if (binary && values.size() == 2) {
            findings.column(
                    "positive-undeclared",
                    label,
                    "The dataset does not say which class of label " + label + " is the positive one.",
                    "Say positive: " + values.getFirst() + " or positive: " + values.getLast() + ".");
        }
    }

    private static String some(List<String> values) {
        String shown =
                String.join(", ", values.stream().limit(Findings.EXAMPLES).toList());
        return values.size() > Findings.EXAMPLES ? shown + " and others" : shown;
    }

    private static String quoted(String value) {
        return "\"" + value + "\"";
    }
}
