package dev.plumbline.reconciler.cli.text;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** Everything that is known of one resource, for people. */
public final class DescriptionText {
    private final JsonNode resource;
    private final Style style;
    private final StringBuilder text = new StringBuilder();

    /** A description of what the API says of one resource. */
    public DescriptionText(JsonNode resource, Style style) {
        this.resource = resource;
        this.style = style;
    }

    /** The description. */
    public String text() {
        text.append(style.strong(Fields.text(resource, "kind") + "/" + Fields.text(resource, "name")))
                .append('\n');
        line("file", place());
        line(
                "owner",
                Fields.node(resource, "metadata")
                        .map(data -> Fields.text(data, "owner"))
                        .orElse(""));
        Fields.node(resource, "status").ifPresent(this::status);
        Fields.node(resource, "run").ifPresent(this::run);
        Fields.node(resource, "baseline").ifPresent(this::baseline);
        Fields.node(resource, "endpoint").ifPresent(this::endpoint);
        versions();
        events();
        return text.toString();
    }

    private String place() {
        String file = Fields.text(resource, "file");
        return file.isEmpty() ? "" : file + ":" + Fields.text(resource, "line");
    }

    private void line(String name, String value) {
        if (!value.isEmpty()) {
            text.append("%-10s %s%n".formatted(name + ":", TableText.printable(value)));
        }
    }

    private void section(String title) {
        text.append('\n').append(style.strong(title)).append('\n');
    }

    private void status(JsonNode status) {
        line("version", Fields.text(status, "version"));
        line("digest", Fields.digest(status, "digest"));
        line("observed", Fields.revision(status, "observedRevision"));
        line("applied", Fields.revision(status, "appliedRevision"));
        Fields.node(status, "progress")
                .ifPresent(progress -> line(
                        "progress",
                        "%s, %.0f %%, %s"
                                .formatted(
                                        Fields.text(progress, "phase"),
                                        progress.path("fraction").asDouble() * 100,
                                        Fields.text(progress, "detail"))));
        text.append(StatusText.conditions(status));
        Fields.node(status, "window").ifPresent(this::window);
    }

    private void window(JsonNode window) {
        section("Traffic of the last " + window.path("lengthSeconds").asLong() / 60 + " minutes");
        boolean none = window.path("requests").asLong() == 0;
        text.append("%d requests, %d rows, %d errors; latency %s (median), %s (99 %%)%n"
                .formatted(
                        window.path("requests").asLong(),
                        window.path("rows").asLong(),
                        window.path("errors").asLong(),
                        none ? "-" : milliseconds(window, "latencyP50Seconds"),
                        none ? "-" : milliseconds(window, "latencyP99Seconds")));
        TableText table = new TableText("PREDICTED", "ROWS");
        Fields.node(window, "predictions")
                .ifPresent(predictions -> predictions
                        .properties()
                        .forEach(
                                each -> table.row(each.getKey(), each.getValue().asString())));
        if (!table.isEmpty()) {
            text.append(table);
        }
    }

    private static String milliseconds(JsonNode window, String key) {
        return "%.1f ms".formatted(window.path(key).asDouble() * 1_000);
    }

    private void run(JsonNode run) {
        section("Latest run");
        line("run", Fields.digest(run, "run"));
        line("status", Fields.text(run, "status") + " (attempt " + Fields.text(run, "attempt") + ")");
        line("started", Fields.time(run, "startedAt"));
        line("finished", Fields.time(run, "finishedAt"));
        line("reason", (Fields.text(run, "reason") + " " + Fields.text(run, "message")).strip());
    }

    private void baseline(JsonNode baseline) {
        section("Measured on held-out rows (95 % intervals)");
        line("run", Fields.digest(baseline, "run") + ", " + Fields.text(baseline, "status"));
        line("version", Fields.text(baseline, "version"));
        line("trainer", Fields.text(baseline, "algorithm") + " " + parameters(baseline));
        Fields.node(baseline, "dataset")
                .ifPresent(dataset -> line(
                        "dataset",
                        Fields.text(dataset, "name") + " " + Fields.digest(dataset, "digest")
                                + Fields.node(dataset, "rows")
                                        .map(rows -> ", " + rows.asString() + " rows")
                                        .orElse("")));
        TableText table = new TableText("METRIC", "VALUE", "ROWS");
        Fields.node(baseline, "metrics")
                .ifPresent(metrics -> metrics.properties()
                        .forEach(each -> table.row(
                                each.getKey(), Fields.metric(each.getValue()), Fields.text(each.getValue(), "n"))));
        text.append(table);
        confusion(baseline);
        groups(baseline);
        Fields.node(baseline, "fairness").ifPresent(fairness -> text.append(FairnessText.of(fairness, style)));
    }

    private static String parameters(JsonNode baseline) {
        List<String> all = new ArrayList<>();
        Fields.node(baseline, "parameters")
                .ifPresent(parameters -> parameters
                        .properties()
                        .forEach(each -> all.add(
                                each.getKey() + "=" + each.getValue().asString().replaceFirst("\\.0$", ""))));
        all.add("seed=" + Fields.text(baseline, "seed"));
        return String.join(" ", all);
    }

    private void confusion(JsonNode baseline) {
        List<String> classes = Fields.texts(baseline, "classes");
        List<JsonNode> rows = Fields.list(baseline, "confusion");
        if (classes.isEmpty() || rows.size() != classes.size()) {
            return;
        }
        List<String> header = new ArrayList<>(List.of("TRUE \\ PREDICTED"));
        header.addAll(classes);
        TableText table = new TableText(header.toArray(String[]::new));
        for (int row = 0; row < rows.size(); row++) {
            List<String> cells = new ArrayList<>(List.of(classes.get(row)));
            rows.get(row).forEach(count -> cells.add(count.asString()));
            table.row(cells.toArray(String[]::new));
        }
        text.append('\n').append(table);
    }

    private void groups(JsonNode baseline) {
        TableText table = new TableText("GROUP", "ROWS", "METRIC", "VALUE");
        for (JsonNode group : Fields.list(baseline, "groups")) {
            for (Map.Entry<String, JsonNode> metric :
                    Fields.node(group, "metrics").map(JsonNode::properties).orElse(Set.of())) {
                table.row(
                        Fields.text(group, "column") + "=" + Fields.text(group, "value"),
                        Fields.text(group, "n"),
                        metric.getKey(),
                        Fields.metric(metric.getValue()));
            }
        }
        if (!table.isEmpty()) {
            text.append('\n').append(table);
        }
    }

    private void endpoint(JsonNode endpoint) {
        section("Served, newest first");
        text.append(LedgerText.history(endpoint));
    }

    private void versions() {
        List<JsonNode> versions = Fields.list(resource, "versions");
        if (!versions.isEmpty()) {
            section("Versions");
            text.append(LedgerText.versions(versions));
        }
    }

    private void events() {
        List<JsonNode> events = Fields.list(resource, "events");
        if (!events.isEmpty()) {
            section("Events, newest first");
            text.append(LedgerText.events(events));
        }
    }
}
