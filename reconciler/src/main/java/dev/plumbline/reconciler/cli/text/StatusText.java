package dev.plumbline.reconciler.cli.text;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/** What holds, for people. */
public final class StatusText {
    private StatusText() {}

    /** The whole status. */
    public static String of(JsonNode status, Style style) {
        StringBuilder text = new StringBuilder();
        String revision = Fields.revision(status, "revision");
        text.append("revision ").append(revision.isEmpty() ? "none yet" : revision);
        String fetched = Fields.time(status, "lastFetch");
        text.append(fetched.isEmpty() ? unread(status) : ", read at " + fetched).append('\n');
        String since = Fields.time(status, "sourceProblemSince");
        Fields.node(status, "sourceProblem")
                .ifPresent(problem -> text.append(style.warn("not followed"
                                + (since.isEmpty() ? ": " : " since " + since + ": ")
                                + TableText.printable(problem.asString())))
                        .append('\n'));
        text.append('\n').append(resources(Fields.list(status, "resources"), style));
        List<JsonNode> problems = Fields.list(status, "problems");
        if (!problems.isEmpty()) {
            text.append('\n').append(problems(problems, style));
        }
        String said = Fields.text(status, "sourceProblem");
        List<JsonNode> warnings = Fields.list(status, "warnings").stream()
                .filter(warning ->
                        !said.equals(Fields.text(warning, "reason") + ": " + Fields.text(warning, "message")))
                .toList();
        if (!warnings.isEmpty()) {
            text.append('\n');
        }
        warnings.forEach(warning -> text.append(style.warn(Fields.text(warning, "reason")))
                .append(": ")
                .append(TableText.printable(Fields.text(warning, "message")))
                .append('\n'));
        return text.toString();
    }

    /** A revision that is known before the branch was read is one that a former process admitted. */
    private static String unread(JsonNode status) {
        String admitted = Fields.time(status, "admittedAt");
        return admitted.isEmpty() ? ", not read yet" : ", admitted at " + admitted + ", not read since the start";
    }

    /** How resources stand, a line each. */
    public static String resources(List<JsonNode> resources, Style style) {
        if (resources.isEmpty()) {
            return "no resources\n";
        }
        TableText table = new TableText("RESOURCE", "READY", "REASON", "VERSION", "MESSAGE");
        for (JsonNode resource : resources) {
            table.row(
                    Fields.text(resource, "kind") + "/" + Fields.text(resource, "name"),
                    Fields.flag(resource, "ready") ? "yes" : "no",
                    Fields.text(resource, "reason"),
                    Fields.text(resource, "version"),
                    message(resource));
        }
        return paint(table.toString(), style);
    }

    private static String message(JsonNode resource) {
        return Fields.node(resource, "progress")
                .map(progress -> "%s %.0f %% %s"
                                .formatted(
                                        Fields.text(progress, "phase"),
                                        progress.path("fraction").asDouble() * 100,
                                        Fields.text(progress, "detail"))
                                .strip()
                        + besides(resource))
                .orElseGet(() -> Fields.text(resource, "message") + queued(resource) + besides(resource));
    }

    private static String queued(JsonNode resource) {
        return Fields.node(resource, "queue")
                .map(queue -> " (" + LedgerText.place(queue) + ")")
                .orElse("");
    }

    /** What holds beside the reason that the row gives. */
    private static String besides(JsonNode resource) {
        return Fields.list(resource, "conditions").stream()
                .filter(each -> Set.of("Suspended", "Degraded").contains(Fields.text(each, "type")))
                .filter(each -> !Fields.text(each, "reason").equals(Fields.text(resource, "reason")))
                .map(each -> "; " + Fields.text(each, "message"))
                .collect(Collectors.joining());
    }

    /** Colours whole lines after they were laid out, so that colour codes count as no width. */
    private static String paint(String table, Style style) {
        if (!style.colours()) {
            return table;
        }
        StringBuilder text = new StringBuilder();
        String[] lines = table.split("\n", -1);
        for (int index = 0; index < lines.length - 1; index++) {
            String line = lines[index];
            text.append(
                            index == 0
                                    ? style.strong(line)
                                    : line.replaceFirst(" yes ", " " + style.good("yes") + " ")
                                            .replaceFirst(" no ", " " + style.bad("no") + " "))
                    .append('\n');
        }
        return text.toString();
    }

    /** The conditions of one resource. */
    public static String conditions(JsonNode resource) {
        TableText table = new TableText("CONDITION", "STATUS", "REASON", "SINCE", "MESSAGE");
        Fields.list(resource, "conditions")
                .forEach(condition -> table.row(
                        Fields.text(condition, "type"),
                        Fields.text(condition, "status"),
                        Fields.text(condition, "reason"),
                        Fields.time(condition, "since"),
                        Fields.text(condition, "message")));
        return table.isEmpty() ? "" : "\n" + table;
    }

    /** What is wrong with files, a line each. */
    public static String problems(List<JsonNode> problems, Style style) {
        StringBuilder text = new StringBuilder();
        for (JsonNode problem : problems) {
            String severity = Fields.text(problem, "severity");
            text.append("%s:%s:%s: %s: %s%n"
                    .formatted(
                            TableText.printable(Fields.text(problem, "file")),
                            Fields.text(problem, "line"),
                            Fields.text(problem, "column"),
                            severity.equals("error") ? style.bad(severity) : style.warn(severity),
                            TableText.printable(Fields.text(problem, "message"))));
            Fields.node(problem, "hint")
                    .ifPresent(hint -> text.append("  ")
                            .append(TableText.printable(hint.asString()))
                            .append('\n'));
        }
        return text.toString();
    }
}
