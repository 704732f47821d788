package dev.plumbline.reconciler.cli.text;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** What the ledger holds, for people. */
public final class LedgerText {
    private LedgerText() {}

    /** Training runs, a line each. */
    public static String runs(List<JsonNode> runs) {
        TableText table =
                new TableText("RUN", "MODEL", "ATTEMPT", "STATUS", "STARTED", "FINISHED", "VERSION", "REASON");
        runs.forEach(run -> table.row(
                Fields.digest(run, "run"),
                Fields.text(run, "model"),
                Fields.text(run, "attempt"),
                Fields.text(run, "status"),
                Fields.time(run, "startedAt"),
                Fields.time(run, "finishedAt"),
                Fields.text(run, "version"),
                Fields.node(run, "queue").map(LedgerText::place).orElseGet(() -> Fields.text(run, "reason"))));
        return table.isEmpty() ? "no runs\n" : table.toString();
    }

    /** Where a run stands in the queue. */
    static String place(JsonNode queue) {
        String place = "place " + Fields.text(queue, "place") + " of " + Fields.text(queue, "of");
        return Fields.node(queue, "startsInSeconds")
                .map(JsonNode::asLong)
                .map(seconds -> place + ", starts in about " + (seconds < 120 ? seconds + " s" : seconds / 60 + " min"))
                .orElse(place);
    }

    /** Registered versions, a line each. */
    public static String versions(List<JsonNode> versions) {
        TableText table = new TableText("VERSION", "DIGEST", "CREATED", "SERVING", "METRICS");
        versions.forEach(version -> table.row(
                Fields.text(version, "model") + "/" + Fields.text(version, "version"),
                Fields.digest(version, "digest"),
                Fields.time(version, "createdAt"),
                String.join(", ", Fields.texts(version, "serving")),
                metrics(version)));
        return table.isEmpty() ? "no versions\n" : table.toString();
    }

    private static String metrics(JsonNode version) {
        return Fields.node(version, "metrics")
                .map(metrics -> metrics.properties().stream()
                        .map(each -> "%s %.4f"
                                .formatted(
                                        each.getKey(),
                                        each.getValue().path("value").asDouble()))
                        .collect(Collectors.joining(", ")))
                .orElse("");
    }

    /** Events, a line each. */
    public static String events(List<JsonNode> events) {
        TableText table = new TableText("AT", "RESOURCE", "REASON", "MESSAGE");
        events.forEach(event -> table.row(
                Fields.time(event, "at"),
                Fields.text(event, "resource"),
                Fields.text(event, "reason"),
                Fields.text(event, "message")));
        return table.isEmpty() ? "no events\n" : table.toString();
    }

    /** One event, as a line of a stream. */
    public static String event(JsonNode event) {
        return TableText.printable("%s  %s  %s  %s"
                .formatted(
                        Fields.time(event, "at"),
                        Fields.text(event, "resource"),
                        Fields.text(event, "reason"),
                        Fields.text(event, "message")));
    }

    /** What an endpoint served, and what is held back. */
    public static String history(JsonNode history) {
        TableText table = new TableText("VERSION", "FROM", "TO", "COMMIT", "DIGEST");
        Stream.concat(
                        Fields.list(history, "removals").stream().map(LedgerText::removal),
                        Fields.list(history, "history").stream().map(LedgerText::service))
                .sorted(Comparator.comparing((Period period) -> period.from()).reversed())
                .forEach(period -> table.row(period.cells().toArray(String[]::new)));
        StringBuilder text = new StringBuilder(table.isEmpty() ? "nothing yet\n" : table.toString());
        for (JsonNode service : Fields.list(history, "history")) {
            warnings(service)
                    .forEach(warning -> text.append(TableText.printable("%s went live with a warning: %s"
                                    .formatted(Fields.text(service, "version"), warning)))
                            .append('\n'));
        }
        for (JsonNode held : Fields.list(history, "heldBack")) {
            text.append(TableText.printable("%s is held back since %s: moved away from by %s in %s"
                            .formatted(
                                    Fields.text(held, "version"),
                                    Fields.time(held, "since"),
                                    Fields.text(held, "by"),
                                    Fields.revision(held, "commit"))))
                    .append('\n');
        }
        return text.toString();
    }

    /** A line of a history: when it began, and what is written of it. */
    private record Period(String from, List<String> cells) {}

    private static Period service(JsonNode service) {
        return new Period(
                Fields.text(service, "from"),
                List.of(
                        Fields.text(service, "version"),
                        Fields.time(service, "from"),
                        until(service),
                        Fields.revision(service, "commit"),
                        Fields.digest(service, "digest")));
    }

    private static Period removal(JsonNode removal) {
        return new Period(
                Fields.text(removal, "at"),
                List.of(
                        "(removed)",
                        Fields.time(removal, "at"),
                        Fields.node(removal, "back").isPresent() ? Fields.time(removal, "back") : "now",
                        Fields.revision(removal, "commit"),
                        ""));
    }

    private static List<String> warnings(JsonNode of) {
        return Fields.texts(of, "warnings");
    }

    private static String until(JsonNode service) {
        return Fields.node(service, "to").isPresent() ? Fields.time(service, "to") : "now";
    }

    /** What led to a version, and where it served. */
    public static String lineage(JsonNode lineage) {
        StringBuilder text = new StringBuilder();
        line(text, "version", Fields.text(lineage, "model") + "/" + Fields.text(lineage, "version"));
        line(text, "digest", Fields.text(lineage, "digest"));
        line(text, "run", Fields.text(lineage, "run"));
        Fields.node(lineage, "dataset")
                .ifPresent(dataset -> line(
                        text,
                        "dataset",
                        "%s, %s rows, %s"
                                .formatted(
                                        Fields.text(dataset, "name"),
                                        Fields.text(dataset, "rows"),
                                        Fields.text(dataset, "digest"))));
        Fields.node(lineage, "code").ifPresent(code -> line(text, "revision", Fields.text(code, "revision")));
        line(text, "seed", Fields.text(lineage, "seed"));
        line(text, "metrics", metrics(lineage));
        Fields.node(lineage, "environment")
                .ifPresent(environment -> line(
                        text,
                        "on",
                        environment.properties().stream().map(LedgerText::pair).collect(Collectors.joining(", "))));
        Fields.list(lineage, "verdicts").forEach(verdict -> {
            line(
                    text,
                    "verdict",
                    "%s %s (%s)"
                            .formatted(
                                    Fields.text(verdict, "gate"),
                                    Fields.flag(verdict, "allowed") ? "allowed" : "not allowed",
                                    Fields.digest(verdict, "id")));
            warnings(verdict).forEach(warning -> line(text, "  warning", warning));
        });
        Fields.list(lineage, "servedBy")
                .forEach(served -> line(
                        text,
                        "served",
                        "%s from %s to %s, named by %s"
                                .formatted(
                                        Fields.text(served, "serving"),
                                        Fields.time(served, "from"),
                                        until(served),
                                        Fields.revision(served, "commit"))));
        return text.toString();
    }

    private static String pair(Map.Entry<String, JsonNode> entry) {
        return entry.getKey() + " " + entry.getValue().asString();
    }

    private static void line(StringBuilder text, String name, String value) {
        if (!value.isEmpty()) {
            text.append("%-10s %s%n".formatted(name + ":", TableText.printable(value)));
        }
    }
}
