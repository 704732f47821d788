package dev.plumbline.schemas.binding;

import dev.plumbline.schemas.model.ColumnSchema;
import dev.plumbline.schemas.model.ColumnType;
import dev.plumbline.schemas.model.DataFormat;
import dev.plumbline.schemas.model.DataSource;
import dev.plumbline.schemas.model.DatasetSpec;
import dev.plumbline.schemas.model.Digest;
import dev.plumbline.schemas.model.Expectation;
import dev.plumbline.schemas.model.Split;
import dev.plumbline.schemas.model.SplitStrategy;
import dev.plumbline.schemas.model.UnknownCategory;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** Binds the spec of a Dataset. */
final class DatasetBinder {
    private DatasetBinder() {}

    static DatasetSpec bind(Fields spec) {
        Map<String, ColumnSchema> schema = new LinkedHashMap<>();
        spec.object()
                .path("schema")
                .properties()
                .forEach(each -> schema.put(each.getKey(), column(new Fields(each.getValue()))));
        List<Expectation> expectations = new ArrayList<>();
        spec.object().path("expectations").forEach(each -> expectations.add(expectation(new Fields(each))));
        return new DatasetSpec(
                source(spec.in("source")),
                spec.text("label"),
                spec.optionalText("positive"),
                spec.texts("identifiers"),
                schema,
                expectations,
                split(spec.in("split")));
    }

    private static DataSource source(Fields source) {
        return new DataSource(
                source.optionalText("path"),
                source.optionalText("uri"),
                source.optionalText("digest").map(Digest::new),
                format(source),
                source.truth("header"),
                source.texts("columns"),
                source.text("delimiter"),
                source.text("decimal"),
                source.texts("missing"));
    }

    /** As declared, else by the ending; that another ending needs a declared format is judged elsewhere. */
    private static DataFormat format(Fields source) {
        if (source.has("format")) {
            return source.oneOf("format", DataFormat.values(), DataFormat::label);
        }
        Optional<String> place = source.optionalText("path").or(() -> source.optionalText("uri"));
        boolean parquet = place.orElse("").toLowerCase(Locale.ROOT).endsWith(".parquet");
        return parquet ? DataFormat.PARQUET : DataFormat.CSV;
    }

    private static ColumnSchema column(Fields column) {
        return new ColumnSchema(
                column.oneOf("type", ColumnType.values(), ColumnType::label),
                column.optionalNumber("min"),
                column.optionalNumber("max"),
                column.texts("values"),
                column.oneOf("unknown", UnknownCategory.values(), UnknownCategory::label));
    }

    private static Expectation expectation(Fields expectation) {
        if (expectation.has("rows")) {
            Fields rows = expectation.in("rows");
            return new Expectation.OfRows(rows.optionalWhole("min"), rows.optionalWhole("max"));
        }
        return new Expectation.OfColumn(
                expectation.text("column"),
                expectation.truth("notNull"),
                expectation.truth("unique"),
                range(expectation.object().path("between")),
                expectation.has("in") ? Optional.of(expectation.texts("in")) : Optional.empty());
    }

    private static Optional<Expectation.Range> range(JsonNode between) {
        return between.isMissingNode()
                ? Optional.empty()
                : Optional.of(new Expectation.Range(
                        between.get(0).doubleValue(), between.get(1).doubleValue()));
    }

    private static Split split(Fields split) {
        return new Split(
                split.oneOf("strategy", SplitStrategy.values(), SplitStrategy::label),
                split.number("test"),
                split.whole("seed"),
                split.optionalText("key"),
                split.optionalText("column"));
    }
}
