package dev.plumbline.reconciler.cli.text;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** The audit trail, for people and for spreadsheets. */
public final class AuditText {
    private static final List<String> COLUMNS =
            List.of("at", "actor", "action", "subject", "why", "revision", "verdict", "evidence", "record");

    private AuditText() {}

    /** A line for each entry. */
    public static String table(List<JsonNode> entries) {
        TableText table = new TableText("TIME", "ACTOR", "ACTION", "SUBJECT", "COMMIT", "VERDICT", "WHY");
        entries.forEach(entry -> table.row(
                Fields.time(entry, "at"),
                Fields.text(entry, "actor"),
                Fields.text(entry, "action"),
                Fields.text(entry, "subject"),
                Fields.revision(entry, "revision"),
                Fields.digest(entry, "verdict"),
                Fields.text(entry, "why")));
        return table.isEmpty() ? "no entries\n" : table.toString();
    }

    /** The same as RFC 4180 writes it, which ends its lines in CR LF. */
    public static String csv(List<JsonNode> entries) {
        return Stream.concat(
                        Stream.of(String.join(",", COLUMNS)),
                        entries.stream()
                                .map(entry -> COLUMNS.stream()
                                        .map(column -> cell(Fields.text(entry, column)))
                                        .collect(Collectors.joining(","))))
                .map(line -> line + "\r\n")
                .collect(Collectors.joining());
    }

    /** Others wrote the text, and a spreadsheet takes what begins so for a formula. */
    private static String cell(String text) {
        String plain = text.matches("(?s)[=+\\-@\t\r].*") ? "'" + text : text;
        return "\"" + plain.replace("\"", "\"\"") + "\"";
    }

    /** What was checked, what is wrong, and what of it is accepted. */
    public static String verification(JsonNode json) {
        StringBuilder text = new StringBuilder();
        long faults = json.path("faults").asLong();
        if (faults > 0) {
            text.append("the record was changed: ");
            named(text, json, "  and          ");
        } else if (Fields.flag(json, "intact")) {
            text.append("nobody changed the record\n");
        } else {
            text.append("the record is what it was, but for what is accepted\n");
        }
        text.append("  records      ").append(Fields.text(json, "records")).append(" looked at\n");
        long unsealed = json.path("unsealed").asLong();
        if (unsealed > 0) {
            text.append("  chain        begins after record ")
                    .append(unsealed)
                    .append("; those before it are older, and only Git's own ids tell of them\n");
        }
        Fields.node(json, "signatures")
                .ifPresent(looked -> text.append("  signatures   ")
                        .append(
                                looked.asBoolean()
                                        ? Fields.flag(json, "intact")
                                                ? "each by a key that you trust"
                                                : "held against the keys that you trust"
                                        : "not looked at: without --allowed-signers whoever may push may have written all"
                                                + " of it")
                        .append('\n'));
        Fields.node(json, "checkpoints")
                .map(JsonNode::asLong)
                .ifPresent(checkpoints -> text.append("  checkpoints  ")
                        .append(
                                checkpoints == 0
                                        ? "none: records that were taken off the end would not be missed"
                                        : checkpoints.toString())
                        .append('\n'));
        Fields.list(json, "accepted").forEach(line -> accepted(text, line));
        return text.toString();
    }

    private static void named(StringBuilder text, JsonNode json, String indent) {
        List<JsonNode> first = Fields.list(json, "first");
        text.append(first.stream()
                .map(fault -> TableText.printable(Fields.text(fault, "message")) + "\n")
                .collect(Collectors.joining(indent)));
        long more = json.path("faults").asLong() - first.size();
        if (more > 0) {
            text.append(indent).append(more).append(" more\n");
        }
    }

    private static void accepted(StringBuilder text, JsonNode line) {
        text.append("  accepted     ")
                .append(Fields.flag(line, "before") ? "up to " : "")
                .append(Fields.revision(line, "commit"))
                .append(": ")
                .append(TableText.printable(Fields.text(line, "reason")))
                .append('\n');
        if (line.path("faults").asLong() == 0) {
            text.append("               takes no fault: is the line still needed?\n");
        } else {
            text.append("               ");
            named(text, line, "               ");
        }
    }
}
