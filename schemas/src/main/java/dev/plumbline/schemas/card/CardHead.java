package dev.plumbline.schemas.card;

import dev.plumbline.schemas.json.Json;
import dev.plumbline.schemas.problem.Position;
import dev.plumbline.schemas.yaml.PositionedDocument;
import java.util.Optional;
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

    Position at(String pointer) {
        return document.map(head -> head.places().valueAt(pointer)).orElse(Position.START);
    }
}
