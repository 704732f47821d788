package dev.plumbline.runtime.data;

import dev.plumbline.runtime.DataFile;
import dev.plumbline.schemas.model.ColumnSchema;
import dev.plumbline.schemas.model.ColumnType;
import dev.plumbline.schemas.model.DataFormat;
import dev.plumbline.schemas.model.DataSource;
import dev.plumbline.schemas.model.DatasetSpec;
import dev.plumbline.schemas.model.Digest;
import dev.plumbline.schemas.model.Expectation;
import dev.plumbline.schemas.model.ModelSpec;
import dev.plumbline.schemas.model.RiskTier;
import dev.plumbline.schemas.model.Split;
import dev.plumbline.schemas.model.SplitStrategy;
import dev.plumbline.schemas.model.Task;
import dev.plumbline.schemas.model.UnknownCategory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Dataset specs of tests, changed one part at a time. */
record Specs(
        Map<String, ColumnSchema> schema,
        String label,
        Optional<String> positive,
        List<String> identifiers,
        DataSource source,
        List<Expectation> expectations,
        Split split) {
    static final Split STRATIFIED = new Split(SplitStrategy.STRATIFIED, 0.25, 7, Optional.empty(), Optional.empty());

    /** Columns written {@code name:type}; the last one is the label. */
    static Specs of(String... columns) {
        Map<String, ColumnSchema> schema = new LinkedHashMap<>();
        for (String column : columns) {
            String[] parts = column.split(":", -1);
            schema.put(parts[0], column(type(parts[1])));
        }
        String last = columns[columns.length - 1];
        return new Specs(
                schema,
                last.substring(0, last.indexOf(':')),
                Optional.of("yes"),
                List.of(),
                csv(true, List.of(), ",", List.of("")),
                List.of(),
                STRATIFIED);
    }

    static ColumnSchema column(ColumnType type) {
        return new ColumnSchema(type, Optional.empty(), Optional.empty(), List.of(), UnknownCategory.BUCKET);
    }

    static DataSource csv(boolean header, List<String> columns, String delimiter, List<String> missing) {
        return new DataSource(
                Optional.of("data.csv"),
                Optional.empty(),
                Optional.empty(),
                DataFormat.CSV,
                header,
                columns,
                delimiter,
                ".",
                missing);
    }

    static ModelSpec model(Task task) {
        return new ModelSpec(task, RiskTier.LOW, Optional.empty(), List.of());
    }

    static DataFile file(Path path) throws IOException {
        return new DataFile(path, Digest.of(Files.readAllBytes(path)));
    }

    private static ColumnType type(String label) {
        return Arrays.stream(ColumnType.values())
                .filter(type -> type.label().equals(label))
                .findFirst()
                .orElseThrow();
    }

    Specs with(String column, ColumnSchema changed) {
        Map<String, ColumnSchema> copy = new LinkedHashMap<>(schema);
        copy.put(column, changed);
        return new Specs(copy, label, positive, identifiers, source, expectations, split);
    }

    Specs positive(String value) {
        return new Specs(schema, label, Optional.of(value), identifiers, source, expectations, split);
    }

    Specs noPositive() {
        return new Specs(schema, label, Optional.empty(), identifiers, source, expectations, split);
    }

    Specs source(DataSource changed) {
        return new Specs(schema, label, positive, identifiers, changed, expectations, split);
    }

    Specs parquet() {
        return source(new DataSource(
                Optional.of("data.parquet"),
                Optional.empty(),
                Optional.empty(),
                DataFormat.PARQUET,
                true,
                List.of(),
                ",",
                ".",
                source.missing()));
    }

    Specs expecting(Expectation... changed) {
        return new Specs(schema, label, positive, identifiers, source, List.of(changed), split);
    }

    Specs split(Split changed) {
        return new Specs(schema, label, positive, identifiers, source, expectations, changed);
    }

    DatasetSpec spec() {
        return new DatasetSpec(source, label, positive, identifiers, schema, expectations, split);
    }
}
