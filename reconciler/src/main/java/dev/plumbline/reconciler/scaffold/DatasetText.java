package dev.plumbline.reconciler.scaffold;

import dev.plumbline.reconciler.scaffold.InferredColumn.Role;
import dev.plumbline.runtime.DataProfile;
import dev.plumbline.schemas.model.DataFormat;
import dev.plumbline.schemas.model.Kind;
import dev.plumbline.schemas.model.Task;
import java.util.List;
import java.util.stream.Collectors;

/** Writes the Dataset spec. */
final class DatasetText {
    private static final int WIDTH = 110;

    private final InferredData data;
    private final DataPlace place;
    private final StringBuilder text = new StringBuilder();

    DatasetText(InferredData data, DataPlace place) {
        this.data = data;
        this.place = place;
    }

    String write() {
        line(EditorSchemas.line(Kind.DATASET));
        line("# The rows to learn from. Written from the data by `plumb init`: read it, and say what you know better.");
        line(SpecTexts.head(Kind.DATASET, data.choices()) + "spec:");
        source();
        label();
        schema();
        expectations();
        split();
        return text.toString();
    }

    private void source() {
        DataProfile profile = data.profile();
        line("  source:");
        place.path().ifPresent(path -> line("    path: " + YamlScalar.of(path)));
        place.uri().ifPresent(uri -> {
            line("    # Too large for Git. The control plane reads it where it is, if data.roots in its configuration");
            line("    # names a folder above it. Another file needs its new digest here.");
            line("    uri: " + YamlScalar.of(uri));
            line("    digest: " + place.digest().orElseThrow());
            line("    format: " + SpecTexts.lower(profile.format()));
        });
        if (profile.format() == DataFormat.PARQUET) {
            return;
        }
        if (!profile.header()) {
            line("    header: false");
            if (!data.choices().columns().isEmpty()) {
                list("    columns:", data.choices().columns());
            }
        }
        if (!profile.delimiter().equals(",")) {
            line("    delimiter: " + YamlScalar.of(profile.delimiter()));
        }
        if (!profile.decimal().equals(".")) {
            line("    decimal: " + YamlScalar.of(profile.decimal()) + "    # 0,5 is a half");
        }
        line("    missing: " + flow(profile.missing()) + "    # texts that stand for a missing value");
    }

    private void label() {
        line("  label: " + YamlScalar.of(data.choices().label()));
        data.positive()
                .ifPresent(positive ->
                        line("  positive: " + YamlScalar.of(positive) + "    # the class that counts as the event"));
        List<InferredColumn> identifiers = data.in(Role.IDENTIFIER);
        if (!identifiers.isEmpty()) {
            line("  # They name rows and are never learnt from. Is one a quantity? Then remove it here.");
            list(
                    "  identifiers:",
                    identifiers.stream().map(InferredColumn::name).toList());
        }
    }

    private void schema() {
        line("  # Columns that are read. Ranges leave room around what the file holds; tighten them where you know"
                + " the");
        line("  # limits: a value outside is an error in the data, and 400 in a prediction.");
        line("  schema:");
        data.columns().forEach(this::column);
        data.leftOut().forEach(each -> line("    # Left out: " + YamlScalar.of(each.name()) + " (" + each.why() + ")"));
    }

    private void column(InferredColumn column) {
        String key = "    " + YamlScalar.of(column.name()) + ": ";
        String comment = column.found().isEmpty() ? "" : "    # " + column.found();
        String range = column.role() == Role.LABEL
                ? ""
                : column.range()
                        .map(each ->
                                ", min: " + WidenedRange.text(each.min()) + ", max: " + WidenedRange.text(each.max()))
                        .orElse("");
        String values = column.values().isEmpty() ? "" : ", values: " + flow(column.values());
        String type = "type: " + SpecTexts.lower(column.type());
        String whole = key + "{" + type + range + values + "}" + comment;
        if (whole.length() <= WIDTH || column.values().isEmpty()) {
            line(whole);
            return;
        }
        line(key.stripTrailing() + comment);
        line("      " + type);
        list("      values:", column.values());
    }

    private void expectations() {
        line("  # What must hold of the rows; a run whose data breaks one does not start.");
        line("  expectations:");
        line("    - {rows: {min: " + Math.max(1, data.profile().rows() / 2) + "}}    # the file has "
                + data.profile().rows());
        line("    - {column: " + YamlScalar.of(data.choices().label()) + ", notNull: true}");
        for (InferredColumn column : data.in(Role.IDENTIFIER)) {
            if (isUnique(column)) {
                line("    - {column: " + YamlScalar.of(column.name()) + ", notNull: true, unique: true}");
            }
        }
    }

    private boolean isUnique(InferredColumn column) {
        return data.profile().columns().stream()
                .anyMatch(each -> each.name().equals(column.name())
                        && each.distinct() == data.profile().rows());
    }

    private void split() {
        boolean regression = data.task() == Task.REGRESSION;
        line("  # Which rows are held out to measure the model on. Are later rows what it will meet? Then split by"
                + " time.");
        line("  split:");
        line("    strategy: " + (regression ? "random" : "stratified"));
        line("    test: 0.2");
        line("    seed: 7");
        data.key()
                .ifPresent(key -> line("    key: " + YamlScalar.of(key) + "    # rows of one " + YamlScalar.of(key)
                        + " stay together"));
    }

    /** A key and its sequence, on one line if there is room. */
    private void list(String key, List<String> values) {
        String whole = key + " " + flow(values);
        if (whole.length() <= WIDTH) {
            line(whole);
            return;
        }
        line(key);
        String indent = " ".repeat(key.length() - key.stripLeading().length() + 2);
        StringBuilder row = new StringBuilder(indent).append('[');
        for (int i = 0; i < values.size(); i++) {
            String value = YamlScalar.of(values.get(i)) + (i == values.size() - 1 ? "]" : ",");
            if (row.length() > indent.length() + 1 && row.length() + 1 + value.length() > WIDTH) {
                line(row.toString());
                row = new StringBuilder(indent);
            }
            row.append(row.length() > indent.length() + 1 ? " " : "").append(value);
        }
        line(row.toString());
    }

    private static String flow(List<String> values) {
        return values.stream().map(YamlScalar::of).collect(Collectors.joining(", ", "[", "]"));
    }

    private void line(String line) {
        text.append(line).append('\n');
    }
}
