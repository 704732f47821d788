package dev.plumbline.reconciler.cli.text;

import dev.plumbline.schemas.json.Json;
import java.util.Map;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/** A JSON document as YAML 1.2 block text. */
public final class YamlText {
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z_/][A-Za-z0-9_./@ -]*[A-Za-z0-9_./@-]|[A-Za-z_/]");
    private static final Pattern RESERVED = Pattern.compile("(?i)true|false|null|yes|no|on|off|y|n|nan|inf");

    private YamlText() {}

    /** The document, with a last line end. */
    public static String of(JsonNode document) {
        StringBuilder text = new StringBuilder();
        if (document.isContainer() && !document.isEmpty()) {
            block(text, document, 0, false);
        } else {
            text.append(scalar(document)).append('\n');
        }
        return text.toString();
    }

    private static void block(StringBuilder text, JsonNode node, int depth, boolean afterDash) {
        boolean inline = afterDash;
        if (node.isObject()) {
            for (Map.Entry<String, JsonNode> field : node.properties()) {
                indent(text, inline ? 0 : depth);
                inline = false;
                text.append(string(field.getKey())).append(':');
                value(text, field.getValue(), depth + 1, false);
            }
        } else {
            for (JsonNode item : node) {
                indent(text, inline ? 0 : depth);
                inline = false;
                text.append('-');
                value(text, item, depth + 1, true);
            }
        }
    }

    private static void value(StringBuilder text, JsonNode node, int depth, boolean afterDash) {
        if (!node.isContainer() || node.isEmpty()) {
            text.append(' ').append(scalar(node)).append('\n');
        } else if (afterDash) {
            text.append(' ');
            block(text, node, depth, true);
        } else {
            text.append('\n');
            block(text, node, depth, false);
        }
    }

    private static void indent(StringBuilder text, int depth) {
        text.append("  ".repeat(depth));
    }

    private static String scalar(JsonNode node) {
        return node.isString() ? string(node.stringValue()) : Json.line(node);
    }

    /** Plain where no reader can take it for something else, else in JSON's quotes, which YAML shares. */
    private static String string(String value) {
        return PLAIN.matcher(value).matches() && !RESERVED.matcher(value).matches() ? value : Json.line(value);
    }
}
