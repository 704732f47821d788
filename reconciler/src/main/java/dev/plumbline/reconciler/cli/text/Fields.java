package dev.plumbline.reconciler.cli.text;

import java.util.List;
import java.util.Optional;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;

/** Reads what may be absent from answers of a server, which may be newer or older than this command. */
public final class Fields {
    private static final int SHORT = 8;
    private static final int SHORT_DIGEST = 12;

    private Fields() {}

    /** The value, unless it is absent or null. */
    public static Optional<JsonNode> node(JsonNode from, String key) {
        return Optional.ofNullable(from.get(key)).filter(node -> !node.isNull());
    }

    /** The value as text; empty when it is absent. */
    public static String text(JsonNode from, String key) {
        return node(from, key).map(JsonNode::asString).orElse("");
    }

    /** The truth value; false when it is absent. */
    public static boolean flag(JsonNode from, String key) {
        return node(from, key).map(node -> node.asBoolean(false)).orElse(false);
    }

    /** The items; none when it is absent. */
    public static List<JsonNode> list(JsonNode from, String key) {
        return node(from, key)
                .map(node -> StreamSupport.stream(node.spliterator(), false).toList())
                .orElse(List.of());
    }

    /** The items as texts. */
    public static List<String> texts(JsonNode from, String key) {
        return list(from, key).stream().map(JsonNode::asString).toList();
    }

    /** The start of a commit id. */
    public static String revision(JsonNode from, String key) {
        String id = text(from, key);
        return id.length() > SHORT ? id.substring(0, SHORT) : id;
    }

    /** The start of a digest's digits. */
    public static String digest(JsonNode from, String key) {
        String digits = text(from, key).replaceFirst("^sha256:", "");
        return digits.length() > SHORT_DIGEST ? digits.substring(0, SHORT_DIGEST) : digits;
    }

    /** A time to the second. */
    public static String time(JsonNode from, String key) {
        return text(from, key).replaceFirst("\\.[0-9]+Z$", "Z");
    }

    /** A measure to four digits, with its interval. */
    public static String metric(JsonNode metric) {
        return "%.4f (%.4f to %.4f)"
                .formatted(
                        metric.path("value").asDouble(),
                        metric.path("low").asDouble(),
                        metric.path("high").asDouble());
    }
}
