package dev.plumbline.schemas.validation;

import dev.plumbline.schemas.json.Json;
import dev.plumbline.schemas.model.Kind;
import dev.plumbline.schemas.yaml.Pointers;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import tools.jackson.databind.JsonNode;

/**
 * The JSON Schema of one kind of document as a tree, for those who ask it what it says instead of validating with it: which fields
 * an object may have, which defaults they have. Read once, on first use. Thread-safe.
 *
 * <p>It follows what our schemas use: {@code $ref} within the file, {@code properties}, {@code additionalProperties},
 * {@code items}, and {@code allOf} of {@code if} (a constant field) and {@code then}.
 */
public final class SchemaTree {
    private static final Map<String, SchemaTree> READ = new ConcurrentHashMap<>();

    private final JsonNode root;
    private final byte[] bytes;

    private SchemaTree(byte[] bytes) {
        this.bytes = bytes;
        this.root = Json.read(bytes);
    }

    /** The schema of a kind. */
    public static SchemaTree of(Kind kind) {
        return named(kind.label().toLowerCase(Locale.ROOT));
    }

    /** The schema in the file of this name, which need not be that of a kind. */
    public static SchemaTree named(String name) {
        return READ.computeIfAbsent(name, SchemaTree::load);
    }

    private static SchemaTree load(String name) {
        try (InputStream in = SchemaTree.class.getResourceAsStream("/dev/plumbline/schemas/v1/" + name + ".json")) {
            if (in == null) {
                throw new IllegalStateException("the schema " + name + " is not in the class path");
            }
            return new SchemaTree(in.readAllBytes());
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** The whole schema. */
    public JsonNode root() {
        return root;
    }

    /** The bytes of the schema file, for editors. */
    public byte[] bytes() {
        return bytes.clone();
    }

    /** The schema itself, or the one that it refers to. */
    public JsonNode resolved(JsonNode schema) {
        JsonNode reference = schema.path("$ref");
        return reference.isString() ? resolved(root.at(reference.stringValue().substring(1))) : schema;
    }

    /** The fields that this object may have, by name, with their schemas. */
    public Map<String, JsonNode> fields(JsonNode schema, JsonNode object) {
        JsonNode resolved = resolved(schema);
        JsonNode conditions = resolved.path("allOf");
        Map<String, JsonNode> fields =
                LinkedHashMap.newLinkedHashMap(resolved.path("properties").size());
        resolved.path("properties").properties().forEach(each -> fields.put(each.getKey(), each.getValue()));
        for (JsonNode condition : conditions) {
            if (holds(condition.path("if"), object)) {
                condition
                        .path("then")
                        .path("properties")
                        .properties()
                        .forEach(each -> fields.computeIfPresent(each.getKey(), (n, base) -> each.getValue()));
            }
        }
        return fields;
    }

    /** The schema of a field that the schema does not name, where it allows such fields. */
    public Optional<JsonNode> otherFields(JsonNode schema) {
        JsonNode other = resolved(schema).path("additionalProperties");
        return other.isObject() ? Optional.of(other) : Optional.empty();
    }

    /** The schema of the items of an array. */
    public Optional<JsonNode> items(JsonNode schema) {
        JsonNode items = resolved(schema).path("items");
        return items.isObject() ? Optional.of(items) : Optional.empty();
    }

    /** The schema of the value at a pointer of this document; empty where the schema knows no such value. */
    public Optional<JsonNode> at(JsonNode document, String pointer) {
        JsonNode schema = root;
        JsonNode value = document;
        for (String segment : Pointers.segments(pointer)) {
            Optional<JsonNode> next = value.isArray()
                    ? items(schema)
                    : Optional.ofNullable(fields(schema, value).get(segment)).or(orOther(schema));
            if (next.isEmpty()) {
                return Optional.empty();
            }
            schema = next.get();
            value = value.isArray() ? value.path(Integer.parseInt(segment)) : value.path(segment);
        }
        return Optional.of(resolved(schema));
    }

    private Supplier<Optional<JsonNode>> orOther(JsonNode schema) {
        return () -> otherFields(schema);
    }

    private static boolean holds(JsonNode condition, JsonNode object) {
        return condition.path("properties").properties().stream()
                .allMatch(each ->
                        object.path(each.getKey()).equals(each.getValue().path("const")));
    }
}
