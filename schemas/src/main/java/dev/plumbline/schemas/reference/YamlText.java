package dev.plumbline.schemas.reference;

import dev.plumbline.schemas.json.Json;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Writes example documents as people write YAML: nested mappings in lines, their leaves and lists in one line each. */
final class YamlText {
    private final StringBuilder text = new StringBuilder();

    private YamlText() {}

    static String of(JsonNode document) {
        YamlText yaml = new YamlText();
        yaml.fields(document, "");
        return yaml.text.toString();
    }

    private void fields(JsonNode object, String indentation) {
        object.properties().forEach(field -> {
            text.append(indentation).append(field.getKey()).append(':');
            if (field.getValue() instanceof ObjectNode nested && isNested(nested, indentation)) {
                text.append('\n');
                fields(nested, indentation + "  ");
            } else {
                text.append(' ').append(inline(field.getValue())).append('\n');
            }
        });
    }

    private static boolean isNested(ObjectNode object, String indentation) {
        return indentation.isEmpty()
                || object.properties().stream().anyMatch(each -> each.getValue().isContainer());
    }

    private static String inline(JsonNode value) {
        if (value.isString()) {
            return value.stringValue();
        }
        if (value.isArray()) {
            StringBuilder items = new StringBuilder("[");
            value.forEach(item -> items.append(items.length() > 1 ? ", " : "").append(inline(item)));
            return items.append(']').toString();
        }
        if (value.isObject()) {
            StringBuilder fields = new StringBuilder("{");
            value.properties()
                    .forEach(field -> fields.append(fields.length() > 1 ? ", " : "")
                            .append(field.getKey())
                            .append(": ")
                            .append(inline(field.getValue())));
            return fields.append('}').toString();
        }
        return Json.line(value);
    }
}
