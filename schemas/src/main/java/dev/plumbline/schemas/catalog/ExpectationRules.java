package dev.plumbline.schemas.catalog;

import dev.plumbline.schemas.model.ColumnSchema;
import dev.plumbline.schemas.model.ColumnType;
import dev.plumbline.schemas.model.DatasetSpec;
import dev.plumbline.schemas.model.Expectation;
import dev.plumbline.schemas.yaml.Pointers;
import java.util.Optional;

/** What the expectations of a dataset may ask for. */
final class ExpectationRules {
    private ExpectationRules() {}

    static void check(DatasetSpec spec, Findings findings) {
        for (int i = 0; i < spec.expectations().size(); i++) {
            String pointer = Pointers.child("/spec/expectations", i);
            switch (spec.expectations().get(i)) {
                case Expectation.OfColumn column -> column(spec, column, pointer, findings);
                case Expectation.OfRows rows -> rows(rows, pointer, findings);
            }
        }
    }

    private static void column(DatasetSpec spec, Expectation.OfColumn wanted, String pointer, Findings findings) {
        Optional<ColumnSchema> schema =
                DatasetRules.known(spec, wanted.column(), Pointers.child(pointer, "column"), findings);
        boolean asksNothing = !wanted.notNull()
                && !wanted.unique()
                && wanted.between().isEmpty()
                && wanted.in().isEmpty();
        if (asksNothing) {
            findings.noEffect(
                    pointer, "the expectation asks for nothing", "add `notNull`, `unique`, `between` or `in`");
        }
        String between = Pointers.child(pointer, "between");
        wanted.between()
                .filter(range -> range.low() > range.high())
                .ifPresent(range -> findings.error(
                        between,
                        "min-above-max",
                        "the smallest allowed number is above the largest",
                        "exchange the two"));
        boolean category =
                schema.filter(column -> column.type() == ColumnType.CATEGORY).isPresent();
        if (category && wanted.between().isPresent()) {
            findings.error(
                    between,
                    "wrong-type",
                    "`" + wanted.column() + "` is a category and has no order",
                    "name the allowed values with `in`");
        }
    }

    private static void rows(Expectation.OfRows rows, String pointer, Findings findings) {
        if (rows.min().isPresent()
                && rows.max().isPresent()
                && rows.min().get() > rows.max().get()) {
            findings.error(
                    Pointers.child(pointer, "rows"), "min-above-max", "`min` is above `max`", "exchange the two");
        }
    }
}
