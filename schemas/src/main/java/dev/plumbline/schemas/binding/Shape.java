package dev.plumbline.schemas.binding;

import dev.plumbline.schemas.model.Kind;
import dev.plumbline.schemas.validation.SchemaTree;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What a schema says about one value, as far as defaults need it, worked out once: the defaults of an object's fields,
 * and the shapes of what it holds. Immutable.
 *
 * @param freeText whether text, numbers and truth values are all taken as text
 * @param fields the shapes of the named fields
 * @param defaults the defaults of the named fields, not yet filled in themselves
 * @param other the shape of every other field
 * @param items the shape of each item of an array
 * @param alternatives shapes that hold instead, where a field has a certain value
 */
record Shape(
        boolean freeText,
        Map<String, Shape> fields,
        Map<String, JsonNode> defaults,
        @Nullable Shape other,
        @Nullable Shape items,
        List<Alternative> alternatives) {
    /** A value that the schema says nothing about. */
    static final Shape ANY = new Shape(false, Map.of(), Map.of(), null, null, List.of());

    private static final Map<Kind, Shape> KNOWN = Collections.synchronizedMap(new EnumMap<>(Kind.class));

    /** The shape of a field that holds where another field has a certain value. */
    record Alternative(String field, JsonNode value, Map<String, Shape> fields) {}

    /** The shape of a whole document. */
    static Shape of(Kind kind) {
        return KNOWN.computeIfAbsent(
                kind, each -> of(SchemaTree.of(each), SchemaTree.of(each).root()));
    }

    private static Shape of(SchemaTree tree, JsonNode reference) {
        JsonNode schema = tree.resolved(reference);
        Map<String, Shape> fields = fields(tree, schema);
        Map<String, JsonNode> defaults = new LinkedHashMap<>();
        schema.path("properties").properties().forEach(field -> {
            if (field.getValue().has("default")) {
                defaults.put(field.getKey(), field.getValue().path("default"));
            }
        });
        return new Shape(
                schema.path("type").isArray(),
                fields,
                defaults,
                tree.otherFields(schema).map(other -> of(tree, other)).orElse(null),
                tree.items(schema).map(item -> of(tree, item)).orElse(null),
                schema.path("allOf")
                        .valueStream()
                        .map(condition -> alternative(tree, condition))
                        .collect(Collectors.toUnmodifiableList()));
    }

    private static Alternative alternative(SchemaTree tree, JsonNode condition) {
        Map.Entry<String, JsonNode> wanted =
                condition.path("if").path("properties").properties().iterator().next();
        return new Alternative(wanted.getKey(), wanted.getValue().path("const"), fields(tree, condition.path("then")));
    }

    private static Map<String, Shape> fields(SchemaTree tree, JsonNode schema) {
        Map<String, Shape> fields = new HashMap<>();
        schema.path("properties")
                .properties()
                .forEach(field ->
                        fields.put(field.getKey(), field.getValue().isObject() ? of(tree, field.getValue()) : ANY));
        return fields;
    }

    /** The shape of a field of this object. */
    Shape field(String name, JsonNode object) {
        for (Alternative alternative : alternatives) {
            Shape shape = alternative.fields().get(name);
            if (shape != null && alternative.value().equals(object.path(alternative.field()))) {
                return shape;
            }
        }
        Shape shape = fields.get(name);
        return shape != null ? shape : Optional.ofNullable(other).orElse(ANY);
    }

    /** Whether every value of this shape stays as it is. */
    boolean changesNothing() {
        return !freeText && fields.isEmpty() && other == null && items == null;
    }

    /** The shape of each item of an array. */
    Shape item() {
        return items != null ? items : ANY;
    }
}
