package dev.plumbline.schemas.catalog;

import dev.plumbline.schemas.model.Algorithm;
import dev.plumbline.schemas.model.ColumnSchema;
import dev.plumbline.schemas.model.ColumnType;
import dev.plumbline.schemas.model.DatasetSpec;
import dev.plumbline.schemas.model.Metric;
import dev.plumbline.schemas.model.Task;
import dev.plumbline.schemas.model.TrainingSpec;
import dev.plumbline.schemas.yaml.Pointers;
import java.util.Arrays;
import java.util.stream.Collectors;

/** What fits the task of a model: algorithms, metrics, labels. */
final class TaskRules {
    /** Code of the problem that an algorithm does not do what the model is for. */
    static final String ALGORITHM = "algorithm-for-task";

    private TaskRules() {}

    static boolean fits(Algorithm algorithm, Task task) {
        return switch (algorithm) {
            case LOGISTIC_REGRESSION, RANDOM_FOREST -> task != Task.REGRESSION;
            case LINEAR_REGRESSION, ELASTIC_NET -> task == Task.REGRESSION;
            case XGBOOST -> true;
        };
    }

    static void training(TrainingSpec spec, Task task, Findings findings) {
        algorithm(spec.trainer().algorithm(), task, findings);
        spec.require()
                .keySet()
                .forEach(metric -> metric(metric, task, Pointers.child("/spec/require", metric.label()), findings));
    }

    static void algorithm(Algorithm chosen, Task task, Findings findings) {
        if (!fits(chosen, task)) {
            findings.error(
                    "/spec/trainer/algorithm",
                    ALGORITHM,
                    chosen.label() + " does not do " + task.label(),
                    "possible: "
                            + Arrays.stream(Algorithm.values())
                                    .filter(algorithm -> fits(algorithm, task))
                                    .map(Algorithm::label)
                                    .collect(Collectors.joining(", ")));
        }
    }

    static void metric(Metric metric, Task task, String pointer, Findings findings) {
        if (!metric.measures(task)) {
            findings.error(
                    pointer,
                    "metric-for-task",
                    "`" + metric.label() + "` does not measure " + task.label(),
                    "possible: "
                            + Arrays.stream(Metric.values())
                                    .filter(each -> each.measures(task))
                                    .map(Metric::label)
                                    .collect(Collectors.joining(", ")));
        }
    }

    /** Holds a dataset against the task of the model that is trained on it; what does not fit is the training's problem. */
    static void dataset(String name, DatasetSpec dataset, Task task, Findings findings) {
        ColumnSchema label = dataset.schema().get(dataset.label());
        if (label == null) {
            return;
        }
        String pointer = "/spec/dataset";
        boolean category = label.type() == ColumnType.CATEGORY;
        if (task == Task.REGRESSION && category) {
            findings.error(
                    pointer,
                    "label-for-task",
                    "the label of Dataset/" + name + " is a category, and a regression predicts a number",
                    "declare the label as number or integer, or change the task of the model");
        }
        if (task != Task.REGRESSION && label.type() == ColumnType.NUMBER) {
            findings.error(
                    pointer,
                    "label-for-task",
                    "the label of Dataset/" + name + " is a number, and " + task.label() + " predicts a class",
                    "declare the label as category or integer, or change the task of the model");
        }
        positive(name, dataset, task, label, findings);
    }

    private static void positive(String name, DatasetSpec dataset, Task task, ColumnSchema label, Findings findings) {
        String pointer = "/spec/dataset";
        if (task == Task.BINARY_CLASSIFICATION && dataset.positive().isEmpty()) {
            findings.error(
                    pointer,
                    "missing-positive",
                    "Dataset/" + name + " does not say which value of `" + dataset.label() + "` counts as the event",
                    "add `positive: VALUE` to the dataset");
        }
        if (task != Task.BINARY_CLASSIFICATION && dataset.positive().isPresent()) {
            findings.error(
                    pointer,
                    "no-effect",
                    "Dataset/" + name + " names a positive class, which means nothing for " + task.label(),
                    "remove `positive` from the dataset");
        }
        if (task == Task.BINARY_CLASSIFICATION && label.values().size() > 2) {
            findings.error(
                    pointer,
                    "label-for-task",
                    "the label of Dataset/" + name + " has " + label.values().size() + " classes, and " + task.label()
                            + " knows two",
                    "make the task multiclass-classification, or name two values");
        }
    }
}
