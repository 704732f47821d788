package dev.plumbline.schemas.json;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.plumbline.schemas.model.Digest;
import java.io.StringWriter;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.cfg.DateTimeFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.BooleanNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/**
 * Reads and writes every JSON document of Plumbline, and gives the canonical form that digests are taken over.
 *
 * <p>The canonical form has its keys sorted by code unit, no white space, and each number in the shortest form without
 * an exponent for integers: {@code 0.20}, {@code 0.2} and {@code 2e-1} are one number. Absent values are left out.
 * Thread-safe.
 */
public final class Json {
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .disable(DateTimeFeature.WRITE_DATES_AS_TIMESTAMPS)
            .disable(DateTimeFeature.WRITE_DURATIONS_AS_TIMESTAMPS)
            .changeDefaultPropertyInclusion(include -> include.withValueInclusion(JsonInclude.Include.NON_ABSENT))
            .build();

    private Json() {}

    /** The mapper, for callers that stream. */
    public static JsonMapper mapper() {
        return MAPPER;
    }

    /** An empty object to fill. */
    public static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    /** An empty array to fill. */
    public static ArrayNode array() {
        return JsonNodeFactory.instance.arrayNode();
    }

    /** A record, collection or scalar as a tree. */
    public static JsonNode tree(Object value) {
        return MAPPER.valueToTree(value);
    }

    /**
     * Reads one document.
     *
     * @throws tools.jackson.core.JacksonException when the bytes are not one JSON document of that shape
     */
    public static <T> T read(byte[] bytes, Class<T> type) {
        return MAPPER.readValue(bytes, type);
    }

    /**
     * Reads one document as a tree.
     *
     * @throws tools.jackson.core.JacksonException when the bytes are not one JSON document
     */
    public static JsonNode read(byte[] bytes) {
        return MAPPER.readTree(bytes);
    }

    /** The tree as a value of that type. */
    public static <T> T convert(JsonNode tree, Class<T> type) {
        return MAPPER.treeToValue(tree, type);
    }

    /** Indented text for people. */
    public static String pretty(Object value) {
        return MAPPER.writer().with(SerializationFeature.INDENT_OUTPUT).writeValueAsString(value);
    }

    /** One line of text. */
    public static String line(Object value) {
        return MAPPER.writeValueAsString(value);
    }

    /** The canonical bytes of a value or tree. */
    public static byte[] canonical(Object value) {
        JsonNode tree = value instanceof JsonNode node ? node : tree(value);
        StringWriter text = new StringWriter();
        try (JsonGenerator generator = MAPPER.createGenerator(text)) {
            write(tree, generator);
        }
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    /** The digest of the canonical bytes. */
    public static Digest digest(Object value) {
        return Digest.of(canonical(value));
    }

    private static void write(JsonNode node, JsonGenerator generator) {
        switch (node) {
            case ObjectNode object -> {
                generator.writeStartObject();
                for (String name : sorted(object)) {
                    generator.writeName(name);
                    write(object.path(name), generator);
                }
                generator.writeEndObject();
            }
            case ArrayNode array -> {
                generator.writeStartArray();
                array.forEach(item -> write(item, generator));
                generator.writeEndArray();
            }
            case StringNode text -> generator.writeString(text.stringValue());
            case BooleanNode truth -> generator.writeBoolean(truth.booleanValue());
            case JsonNode whole when whole.isInt() || whole.isLong() -> generator.writeNumber(whole.longValue());
            case JsonNode other when other.isNumber() -> MAPPER.writeTree(generator, number(other));
            case JsonNode other -> MAPPER.writeTree(generator, other);
        }
    }

    private static String[] sorted(ObjectNode object) {
        String[] names = object.propertyNames().toArray(String[]::new);
        Arrays.sort(names);
        return names;
    }

    private static JsonNode number(JsonNode node) {
        if (node.isIntegralNumber()) {
            return node;
        }
        if (!Double.isFinite(node.doubleValue())) {
            throw new IllegalArgumentException("canonical JSON holds finite numbers only, not " + node);
        }
        BigDecimal decimal = node.decimalValue().stripTrailingZeros();
        return decimal.scale() <= 0
                ? JsonNodeFactory.instance.numberNode(decimal.toBigIntegerExact())
                : JsonNodeFactory.instance.numberNode(decimal);
    }
}
