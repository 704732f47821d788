package dev.plumbline.reconciler.cli.text;

import tools.jackson.databind.JsonNode;

/** What a gate answered, for people. */
public final class VerdictText {
    private VerdictText() {}

    /** The verdict, a finding a paragraph. */
    public static String of(JsonNode verdict) {
        StringBuilder text = new StringBuilder();
        line(text, "verdict", Fields.text(verdict, "id"));
        line(text, "gate", Fields.text(verdict, "gate"));
        line(text, "subject", Fields.text(verdict, "subject"));
        line(
                text,
                "answer",
                (Fields.flag(verdict, "allowed") ? "allowed" : "not allowed") + " (" + Fields.text(verdict, "reason")
                        + ")");
        line(text, "recorded", Fields.time(verdict, "recordedAt"));
        line(text, "valid until", Fields.time(verdict, "validUntil"));
        line(text, "policy", Fields.digest(verdict, "policy"));
        line(text, "model", Fields.digest(verdict, "model"));
        for (JsonNode finding : Fields.list(verdict, "findings")) {
            line(
                    text,
                    Fields.text(finding, "severity"),
                    Fields.text(finding, "message") + " [" + Fields.text(finding, "id") + "]");
            Fields.node(finding, "remediation").ifPresent(what -> line(text, "", what.asString()));
        }
        return text.toString();
    }

    private static void line(StringBuilder text, String name, String value) {
        if (!value.isEmpty()) {
            text.append("%-12s %s%n".formatted(name.isEmpty() ? "" : name + ":", TableText.printable(value)));
        }
    }
}
