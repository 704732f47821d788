package dev.plumbline.schemas.binding;

import dev.plumbline.schemas.model.Kind;
import dev.plumbline.schemas.yaml.Pointers;
import dev.plumbline.schemas.yaml.PositionedDocument;
import java.util.ArrayDeque;
import java.util.Deque;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Fills in what a document leaves out, by the defaults of its schema. Where the schema takes text, numbers and truth
 * values alike (labels of classes, for example), the value becomes the text that the file spells.
 */
final class Defaults {
    private final PositionedDocument document;
    private final Deque<String> trail = new ArrayDeque<>();

    private Defaults(PositionedDocument document) {
        this.document = document;
    }

    /** A copy of the document with every default filled in. */
    static JsonNode filled(Kind kind, PositionedDocument document) {
        return new Defaults(document).filled(Shape.of(kind), document.tree());
    }

    private JsonNode filled(Shape shape, JsonNode value) {
        return switch (value) {
            case ObjectNode object -> object(shape, object);
            case ArrayNode array -> array(shape, array);
            case JsonNode scalar when shape.freeText() && !scalar.isString() -> text(scalar);
            case JsonNode scalar -> scalar;
        };
    }

    private JsonNode object(Shape shape, ObjectNode object) {
        ObjectNode copy = JsonNodeFactory.instance.objectNode();
        object.properties()
                .forEach(field -> copy.set(
                        field.getKey(), below(field.getKey(), shape.field(field.getKey(), object), field.getValue())));
        shape.defaults().forEach((name, value) -> {
            if (!copy.has(name)) {
                copy.set(name, below(name, shape.field(name, object), value));
            }
        });
        return copy;
    }

    private JsonNode array(Shape shape, ArrayNode array) {
        ArrayNode copy = JsonNodeFactory.instance.arrayNode(array.size());
        for (int i = 0; i < array.size(); i++) {
            copy.add(below(Integer.toString(i), shape.item(), array.get(i)));
        }
        return copy;
    }

    private JsonNode below(String segment, Shape shape, JsonNode value) {
        if (shape.changesNothing()) {
            return value;
        }
        trail.addLast(segment);
        JsonNode filled = filled(shape, value);
        trail.removeLast();
        return filled;
    }

    private JsonNode text(JsonNode scalar) {
        String pointer = trail.stream().reduce(Pointers.ROOT, Pointers::child);
        return JsonNodeFactory.instance.stringNode(
                document.places().sourceAt(pointer).orElse(scalar.asString()));
    }
}
