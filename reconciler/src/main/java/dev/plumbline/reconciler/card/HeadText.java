package dev.plumbline.reconciler.card;

import dev.plumbline.schemas.json.Json;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Writes the head of a card: YAML whose values are written as JSON, which is YAML and leaves nothing to be guessed. */
final class HeadText {
    private HeadText() {}

    static String of(ObjectNode head) {
        StringBuilder text = new StringBuilder("---\n");
        head.properties().forEach(field -> {
            text.append(field.getKey()).append(':');
            if (field.getValue().isArray()) {
                for (JsonNode item : field.getValue()) {
                    text.append("\n  - ").append(Json.line(item));
                }
            } else {
                text.append(' ').append(Json.line(field.getValue()));
            }
            text.append('\n');
        });
        return text.append("---\n").toString();
    }
}
