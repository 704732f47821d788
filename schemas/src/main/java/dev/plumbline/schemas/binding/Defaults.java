package dev.plumbline.schemas.binding;

import dev.plumbline.schemas.model.Kind;
import dev.plumbline.schemas.validation.SchemaTree;
import dev.plumbline.schemas.yaml.Pointers;
import dev.plumbline.schemas.yaml.PositionedDocument;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Fills in what a document leaves out, by the defaults of its schema. Where the schema takes text, numbers and truth
 * values alike (labels of classes, for example), the value becomes the text that the file spells.
 */
final class Defaults {
    private final SchemaTree schema;
    private final PositionedDocument document;

    private Defaults(SchemaTree schema, PositionedDocument document) {
        this.schema = schema;
        this.document = document;
    }

    /** A copy of the document with every default filled in. */
    static JsonNode filled(Kind kind, PositionedDocument document) {
        SchemaTree schema = SchemaTree.of(kind);
        return new Defaults(schema, document).filled(schema.root(), document.tree(), Pointers.ROOT);
    }

    private JsonNode filled(JsonNode reference, JsonNode value, String pointer) {
        JsonNode resolved = schema.resolved(reference);
        return switch (value) {
            case ObjectNode object -> object(resolved, object, pointer);
            case ArrayNode array -> array(resolved, array, pointer);
            case JsonNode scalar when !scalar.isString() && isFreeText(resolved) -> text(scalar, pointer);
            case JsonNode scalar -> scalar;
        };
    }

    private JsonNode object(JsonNode resolved, ObjectNode object, String pointer) {
        ObjectNode copy = JsonNodeFactory.instance.objectNode();
        Map<String, JsonNode> fields = schema.fields(resolved, object);
        object.properties().forEach(field -> {
            JsonNode known = fields.get(field.getKey());
            JsonNode rule = known != null ? known : schema.otherFields(resolved).orElse(resolved.path("absent"));
            copy.set(field.getKey(), filled(rule, field.getValue(), Pointers.child(pointer, field.getKey())));
        });
        fields.forEach((name, rule) -> {
            JsonNode value = resolved.path("properties").path(name).path("default");
            if (!copy.has(name) && !value.isMissingNode()) {
                copy.set(name, filled(rule, value, Pointers.child(pointer, name)));
            }
        });
        return copy;
    }

    private JsonNode array(JsonNode resolved, ArrayNode array, String pointer) {
        JsonNode rule = schema.items(resolved).orElse(resolved.path("absent"));
        ArrayNode copy = JsonNodeFactory.instance.arrayNode(array.size());
        for (int i = 0; i < array.size(); i++) {
            copy.add(filled(rule, array.get(i), Pointers.child(pointer, i)));
        }
        return copy;
    }

    private JsonNode text(JsonNode scalar, String pointer) {
        return JsonNodeFactory.instance.stringNode(document.sourceAt(pointer).orElse(scalar.asString()));
    }

    private static boolean isFreeText(JsonNode resolved) {
        return resolved.path("type").isArray();
    }
}
