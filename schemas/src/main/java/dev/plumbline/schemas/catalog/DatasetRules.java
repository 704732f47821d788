package dev.plumbline.schemas.catalog;

import dev.plumbline.schemas.model.ColumnSchema;
import dev.plumbline.schemas.model.ColumnType;
import dev.plumbline.schemas.model.DatasetSpec;
import dev.plumbline.schemas.model.Split;
import dev.plumbline.schemas.model.SplitStrategy;
import dev.plumbline.schemas.validation.Suggestions;
import dev.plumbline.schemas.yaml.Pointers;
import java.util.List;
import java.util.Optional;

/** What a dataset must say about its columns, whoever uses it. */
final class DatasetRules {
    private static final String SCHEMA = "/spec/schema";

    private DatasetRules() {}

    static void check(DatasetSpec spec, Findings findings) {
        SourceRules.check(spec, findings);
        spec.schema().forEach((name, column) -> column(Pointers.child(SCHEMA, name), name, column, findings));
        label(spec, findings);
        identifiers(spec, findings);
        split(spec, findings);
        ExpectationRules.check(spec, findings);
    }

    /** The column of the dataset with this name; says so when there is none. */
    static Optional<ColumnSchema> known(DatasetSpec spec, String column, String pointer, Findings findings) {
        Optional<ColumnSchema> schema = Optional.ofNullable(spec.schema().get(column));
        if (schema.isPresent()) {
            return schema;
        }
        findings.error(
                pointer,
                "unknown-column",
                "the schema has no column `" + column + "`",
                Suggestions.didYouMean(column, spec.schema().keySet())
                        .or(() -> Optional.of("name one of the columns of `schema`, or add it there")));
        return schema;
    }

    private static void column(String pointer, String name, ColumnSchema column, Findings findings) {
        boolean category = column.type() == ColumnType.CATEGORY;
        for (String field : category ? List.of("min", "max") : List.of("values", "unknown")) {
            String at = Pointers.child(pointer, field);
            if (findings.states(at)) {
                findings.noEffect(
                        at,
                        "`" + field + "` means nothing for `" + name + "`, a column of type "
                                + column.type().label(),
                        category ? "name the allowed `values`" : "bound it with `min` and `max`");
            }
        }
        if (!category
                && column.min().isPresent()
                && column.max().isPresent()
                && column.min().get() > column.max().get()) {
            findings.error(
                    Pointers.child(pointer, "min"),
                    "min-above-max",
                    "`min` of `" + name + "` is above its `max`",
                    "exchange the two");
        }
    }

    private static void label(DatasetSpec spec, Findings findings) {
        Optional<ColumnSchema> label = known(spec, spec.label(), "/spec/label", findings);
        if (label.isEmpty()) {
            return;
        }
        if (spec.identifiers().contains(spec.label())) {
            findings.error(
                    "/spec/label",
                    "label-is-identifier",
                    "the label is among the identifiers",
                    "remove it from one of the two");
        }
        List<String> classes = label.get().values();
        if (classes.size() == 1) {
            findings.error(
                    Pointers.child(Pointers.child(SCHEMA, spec.label()), "values"),
                    "one-class",
                    "the label has one class only; there is nothing to learn",
                    "name at least two values");
        }
        spec.positive()
                .filter(positive -> !classes.isEmpty() && !classes.contains(positive))
                .ifPresent(positive -> findings.error(
                        "/spec/positive",
                        "unknown-class",
                        "`" + positive + "` is not among the values of the label",
                        Suggestions.didYouMean(positive, classes)
                                .or(() -> Optional.of("possible: " + String.join(", ", classes)))));
        if (spec.features().isEmpty()) {
            findings.error(
                    SCHEMA,
                    "no-features",
                    "the schema has no column besides label and identifiers; there is nothing to learn from",
                    "add the columns to learn from");
        }
    }

    private static void identifiers(DatasetSpec spec, Findings findings) {
        for (int i = 0; i < spec.identifiers().size(); i++) {
            known(spec, spec.identifiers().get(i), Pointers.child("/spec/identifiers", i), findings);
        }
    }

    private static void split(DatasetSpec spec, Findings findings) {
        Split split = spec.split();
        split.key().ifPresent(key -> known(spec, key, "/spec/split/key", findings));
        split.column().ifPresent(column -> known(spec, column, "/spec/split/column", findings));
        boolean byTime = split.strategy() == SplitStrategy.TIME;
        if (byTime && split.column().isEmpty()) {
            findings.error(
                    "/spec/split/strategy",
                    "missing-field",
                    "a split by time needs the column that orders the rows",
                    "add `column: NAME` to the split");
        }
        if (byTime && split.column().filter(spec.label()::equals).isPresent()) {
            findings.error(
                    "/spec/split/column",
                    "label-orders-rows",
                    "the label cannot order the rows",
                    "name another column");
        }
        if (!byTime && split.column().isPresent()) {
            findings.noEffect(
                    "/spec/split/column", "only a split by time has a column", "write `strategy: time`, or remove it");
        }
        for (String field : List.of("key", "seed")) {
            String at = Pointers.child("/spec/split", field);
            if (byTime && findings.states(at)) {
                findings.noEffect(at, "a split by time has no `" + field + "`", "remove it");
            }
        }
    }
}
