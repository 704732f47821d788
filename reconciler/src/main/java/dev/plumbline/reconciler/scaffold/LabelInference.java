package dev.plumbline.reconciler.scaffold;

import dev.plumbline.runtime.DataProfile;
import dev.plumbline.runtime.DataProfile.Frequency;
import dev.plumbline.schemas.model.ColumnType;
import dev.plumbline.schemas.model.Task;
import dev.plumbline.schemas.problem.Counted;
import dev.plumbline.schemas.validation.Suggestions;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Tells the task and the positive class from the label, and refuses a label that nothing can be learnt from. */
final class LabelInference {
    private static final int MOST_CLASSES_OF_NUMBERS = 20;
    private static final int MOST_CLASSES = 50;
    private static final Set<String> EVENTS = Set.of("yes", "true", "1");

    private final DataProfile.Column label;
    private final String shown;

    LabelInference(DataProfile.Column label) {
        this.label = label;
        this.shown = YamlScalar.of(label.name());
    }

    Task task(Optional<Task> chosen) throws ScaffoldException {
        usable();
        boolean fractions = label.type() == ColumnType.NUMBER;
        boolean category = label.type() == ColumnType.CATEGORY;
        boolean regression = fractions || (!category && label.distinct() > MOST_CLASSES_OF_NUMBERS);
        Task told = regression ? Task.REGRESSION : classes();
        Task task = chosen.orElse(told);
        if (task == Task.REGRESSION && category) {
            throw new ScaffoldException(
                    "the label " + shown + " holds text, and regression predicts a number",
                    "leave --task out, or choose another --label");
        }
        if (task != Task.REGRESSION && (fractions || label.distinct() > MOST_CLASSES)) {
            throw new ScaffoldException(
                    "the label " + shown + " has " + label.distinct() + " different values"
                            + (fractions ? ", some with a fraction" : "") + ": too many to be classes",
                    category ? "choose another --label" : "try --task regression, or choose another --label");
        }
        if (task == Task.BINARY_CLASSIFICATION && label.distinct() > 2) {
            throw new ScaffoldException(
                    "the label " + shown + " has " + label.distinct() + " classes, and " + task.label() + " knows two",
                    "try --task " + Task.MULTICLASS_CLASSIFICATION.label());
        }
        if (task != Task.REGRESSION) {
            learnable();
        }
        return task;
    }

    /** The class that counts as the event: yes, true or 1, else the rarer one. */
    Optional<String> positive(Task task, Optional<String> chosen) throws ScaffoldException {
        List<String> classes = label.top().stream().map(Frequency::value).toList();
        if (task != Task.BINARY_CLASSIFICATION) {
            if (chosen.isPresent()) {
                throw new ScaffoldException(
                        "--positive means nothing for " + task.label(), "it is for a label of two classes");
            }
            return Optional.empty();
        }
        if (chosen.isPresent() && !classes.contains(chosen.get())) {
            throw new ScaffoldException(
                    "no row of the label " + shown + " is " + YamlScalar.of(chosen.get()),
                    Suggestions.didYouMean(chosen.get(), classes).orElse("it holds " + String.join(" and ", classes)));
        }
        return chosen.or(() -> classes.stream()
                        .filter(value -> EVENTS.contains(value.toLowerCase(Locale.ROOT)))
                        .findFirst())
                .or(() -> label.top().stream()
                        .min(Comparator.comparingLong(Frequency::rows).thenComparing(Frequency::value))
                        .map(Frequency::value));
    }

    private Task classes() {
        return label.distinct() == 2 ? Task.BINARY_CLASSIFICATION : Task.MULTICLASS_CLASSIFICATION;
    }

    private void usable() throws ScaffoldException {
        if (label.missing() > 0) {
            throw new ScaffoldException(
                    "the label " + shown + " has no value in " + Counted.of(label.missing(), "row"),
                    "remove these rows: they teach nothing and cannot be measured");
        }
        if (label.distinct() < 2) {
            String value = label.top().stream()
                    .findFirst()
                    .map(each -> YamlScalar.of(each.value()))
                    .orElse("empty");
            throw new ScaffoldException(
                    "the label " + shown + " is " + value + " in every row: there is nothing to learn",
                    "at least two different values are needed");
        }
    }

    private void learnable() throws ScaffoldException {
        for (Frequency each : label.top()) {
            if (!YamlScalar.isAllowed(each.value())) {
                throw new ScaffoldException(
                        "the label " + shown + " holds " + YamlScalar.of(each.value()) + ", which a spec may not hold",
                        "replace characters that are not seen or not composed");
            }
            if (each.rows() < 2) {
                throw new ScaffoldException(
                        "only one row of the label " + shown + " is " + YamlScalar.of(each.value())
                                + ": it cannot be both learnt from and measured on",
                        "add rows of this class, or remove it");
            }
        }
    }
}
