package dev.plumbline.schemas.catalog;

import dev.plumbline.schemas.model.DataFormat;
import dev.plumbline.schemas.model.DataSource;
import dev.plumbline.schemas.model.DatasetSpec;
import dev.plumbline.schemas.validation.Suggestions;
import dev.plumbline.schemas.yaml.Pointers;
import java.util.List;
import java.util.Locale;

/** What the source of a dataset may say. */
final class SourceRules {
    private static final String SOURCE = "/spec/source";
    private static final List<String> CSV_ONLY = List.of("header", "columns", "delimiter", "decimal", "missing");

    private SourceRules() {}

    static void check(DatasetSpec spec, Findings findings) {
        DataSource source = spec.source();
        source.path().flatMap(RepositoryPaths::ofPath).ifPresent(fault -> report(findings, "/spec/source/path", fault));
        source.uri().flatMap(RepositoryPaths::ofUri).ifPresent(fault -> report(findings, "/spec/source/uri", fault));
        format(source, findings);
        if (source.format() == DataFormat.PARQUET) {
            CSV_ONLY.stream()
                    .map(field -> Pointers.child(SOURCE, field))
                    .filter(findings::states)
                    .forEach(pointer -> findings.noEffect(
                            pointer,
                            "a Parquet file needs no `"
                                    + Pointers.segments(pointer).getLast() + "`",
                            "remove it"));
        } else {
            header(source, findings);
            columns(spec, findings);
        }
    }

    static void report(Findings findings, String pointer, RepositoryPaths.Fault fault) {
        findings.error(pointer, fault.code(), fault.message(), fault.hint());
    }

    private static void format(DataSource source, Findings findings) {
        String place = source.path().or(source::uri).orElse("").toLowerCase(Locale.ROOT);
        boolean told = place.endsWith(".csv") || place.endsWith(".parquet");
        if (!told && !findings.states("/spec/source/format")) {
            findings.error(
                    source.path().isPresent() ? "/spec/source/path" : "/spec/source/uri",
                    "unknown-format",
                    "the ending of the file does not tell its format",
                    "add `format: csv` or `format: parquet` to the source");
        }
    }

    private static void header(DataSource source, Findings findings) {
        if (source.header() && !source.columns().isEmpty()) {
            findings.noEffect(
                    "/spec/source/columns",
                    "`columns` names the columns of a file without a header, and this one has a header",
                    "remove `columns`, or write `header: false`");
        }
    }

    /** Without a header the names of the columns are known before the file is read. */
    private static void columns(DatasetSpec spec, Findings findings) {
        DataSource source = spec.source();
        if (source.header()) {
            return;
        }
        for (String column : spec.schema().keySet()) {
            boolean known = source.columns().isEmpty()
                    ? column.matches("column[1-9][0-9]{0,3}")
                    : source.columns().contains(column);
            if (!known) {
                String rule = source.columns().isEmpty()
                        ? "the columns of a file without a header are column1, column2 and so on, or what"
                                + " `source.columns` calls them"
                        : "`source.columns` does not name it";
                findings.error(
                        Pointers.child("/spec/schema", column),
                        "unknown-column",
                        "the file has no column `" + column + "`",
                        Suggestions.didYouMean(column, source.columns()).orElse(rule));
            }
        }
    }
}
