package dev.plumbline.schemas.card;

import dev.plumbline.schemas.json.Json;
import dev.plumbline.schemas.problem.Position;
import dev.plumbline.schemas.yaml.PositionedDocument;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The YAML before a card's text. Immutable.
 *
 * @param document empty where there is no head, or none that can be read
 */
public record CardHead(Optional<PositionedDocument> document) {
    static final CardHead NONE = new CardHead(Optional.empty());

    /** Its fields, those that the schema refuses among them; a new object. */
    public ObjectNode fields() {
        return document.map(PositionedDocument::tree)
                .filter(ObjectNode.class::isInstance)
                .map(tree -> ((ObjectNode) tree).deepCopy())
                .orElseGet(Json::object);
    }

    /** The versions whose numbers it states, as it names them. */
    public SortedSet<String> versions() {
        return fields().path("metrics")
                .valueStream()
                .map(stated -> stated.path("version"))
                .filter(JsonNode::isString)
                .map(JsonNode::stringValue)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    Position at(String pointer) {
        return document.map(head -> head.places().valueAt(pointer)).orElse(Position.START);
    }
}
