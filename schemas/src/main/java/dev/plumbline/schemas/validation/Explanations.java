package dev.plumbline.schemas.validation;

import dev.plumbline.schemas.json.Json;
import dev.plumbline.schemas.problem.Counted;
import dev.plumbline.schemas.yaml.Pointers;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;

/** Says in plain words what is wrong with a value and what would be right, one sentence a keyword. */
final class Explanations {
    private static final int LONGEST = 60;

    private final SchemaTree tree;
    private final JsonNode document;

    Explanations(SchemaTree tree, JsonNode document) {
        this.tree = tree;
        this.document = document;
    }

    Violation of(Breach breach) {
        JsonNode schema = tree.root().at(breach.schema());
        return switch (breach.keyword()) {
            case "additionalProperties", "unevaluatedProperties" -> unknownField(breach);
            case "required" -> missingField(breach, breach.property());
            case "dependentRequired" -> missingField(breach, companion(breach, schema));
            case "type" -> wrongType(breach, schema);
            case "enum", "const" -> notAllowed(breach, schema);
            case "pattern" -> wrongForm(breach, schema);
            case "oneOf", "false" -> conflicting(breach, schema);
            case "uniqueItems" ->
                value(breach, "duplicate-item", name(breach) + " holds the same item twice", "keep one of the two");
            default -> outOfRange(breach, schema);
        };
    }

    private Violation unknownField(Breach breach) {
        Set<String> known = tree.at(document, breach.instance())
                .map(schema -> tree.fields(schema, breach.value()).keySet())
                .orElse(Set.of());
        String where = breach.instance().isEmpty() ? "the document" : "`" + lastName(breach.instance()) + "`";
        Optional<String> hint = Suggestions.didYouMean(breach.property(), known)
                .or(() -> known.isEmpty() ? Optional.empty() : Optional.of("known here: " + listed(known)));
        return new Violation(
                Pointers.child(breach.instance(), breach.property()),
                true,
                "unknown-field",
                "`" + breach.property() + "` is not a field of " + where,
                hint);
    }

    private Violation missingField(Breach breach, String field) {
        String where = breach.instance().isEmpty() ? "the document" : "`" + lastName(breach.instance()) + "`";
        Optional<String> hint = tree.at(document, Pointers.child(breach.instance(), field))
                .map(schema -> "add it: " + schema.path("description").asString("") + example(field, schema));
        return new Violation(
                breach.instance(), true, "missing-field", where + " lacks the field `" + field + "`", hint);
    }

    /** The first field that another one asks for and that is not there. */
    private static String companion(Breach breach, JsonNode schema) {
        return schema.path("dependentRequired").properties().stream()
                .filter(rule -> breach.value().has(rule.getKey()))
                .flatMap(rule -> rule.getValue().valueStream())
                .map(JsonNode::asString)
                .filter(field -> !breach.value().has(field))
                .findFirst()
                .orElse(breach.property());
    }

    private static String example(String field, JsonNode schema) {
        JsonNode example = schema.path("examples").path(0);
        return example.isValueNode() ? " Example: " + field + ": " + example.asString() : "";
    }

    private Violation wrongType(Breach breach, JsonNode schema) {
        String wanted = types(schema.path("type"));
        String message = name(breach) + " must be " + wanted + ", not " + described(breach.value());
        String hint = switch (breach.value().getNodeType()) {
            case NULL -> "give it a value, or remove the field";
            case NUMBER, BOOLEAN -> wanted.equals("text") ? asText(breach, schema) : exampleOf(schema);
            default -> exampleOf(schema);
        };
        return value(breach, "wrong-type", message, hint);
    }

    /** What to do with a number where text is wanted: it may be right in quotes, or lack its unit. */
    private static String asText(Breach breach, JsonNode schema) {
        String pattern = schema.path("pattern").asString(".*");
        return breach.value().asString().matches(pattern)
                ? "put it in quotes"
                : schema.path("patternErrorMessage").asString(exampleOf(schema));
    }

    private Violation notAllowed(Breach breach, JsonNode schema) {
        List<String> allowed = new ArrayList<>();
        schema.path("enum").forEach(each -> allowed.add(each.asString()));
        if (schema.has("const")) {
            allowed.add(schema.path("const").asString());
        }
        String message = shown(breach.value()) + " is not a possible " + name(breach);
        String possible = "possible: " + listed(allowed);
        String hint = Suggestions.didYouMean(breach.value().asString(""), allowed)
                .map(question -> question + " (" + possible + ")")
                .orElse(possible);
        return value(breach, "not-allowed", message, hint);
    }

    private Violation wrongForm(Breach breach, JsonNode schema) {
        String rule = schema.path("patternErrorMessage").asString("it must match " + schema.path("pattern"));
        return value(breach, "wrong-form", shown(breach.value()) + " is not a possible " + name(breach), rule);
    }

    /** A field that must not stand beside another one, or an object that fits none of its alternatives. */
    private Violation conflicting(Breach breach, JsonNode schema) {
        String rule = schema.path("errorMessage").asString("");
        String message = rule.isEmpty() ? name(breach) + " does not belong here" : rule;
        return value(breach, "conflicting-fields", message, "keep the fields of one of the two");
    }

    private Violation outOfRange(Breach breach, JsonNode schema) {
        JsonNode limit = schema.path(breach.keyword());
        String rule = switch (breach.keyword()) {
            case "minimum" -> "must be at least " + limit;
            case "maximum" -> "must be at most " + limit;
            case "exclusiveMinimum" -> "must be more than " + limit;
            case "exclusiveMaximum" -> "must be less than " + limit;
            case "minLength" ->
                limit.asInt() == 1
                        ? "must not be empty"
                        : "must have at least " + Counted.of(limit.asInt(), "character");
            case "maxLength" -> "must have at most " + Counted.of(limit.asInt(), "character");
            case "minItems" -> "must have at least " + Counted.of(limit.asInt(), "item");
            case "maxItems" -> "must have at most " + Counted.of(limit.asInt(), "item");
            case "minProperties" -> "must have at least " + Counted.of(limit.asInt(), "field");
            case "maxProperties" -> "must have at most " + Counted.of(limit.asInt(), "field");
            default -> "does not fit the schema (" + breach.keyword() + ")";
        };
        String given = breach.value().isValueNode() ? ", not " + shown(breach.value()) : "";
        return value(breach, "out-of-range", name(breach) + " " + rule + given, exampleOf(schema));
    }

    private static Violation value(Breach breach, String code, String message, String hint) {
        return new Violation(
                breach.instance(), false, code, message, hint.isEmpty() ? Optional.empty() : Optional.of(hint));
    }

    private static String exampleOf(JsonNode schema) {
        JsonNode example = schema.path("examples").path(0);
        return example.isMissingNode() ? "" : "for example " + Json.line(example);
    }

    private static String name(Breach breach) {
        return breach.instance().isEmpty() ? "the document" : "`" + lastName(breach.instance()) + "`";
    }

    /** The name of the field, or for an item of a list the name of the list with the item's number. */
    private static String lastName(String pointer) {
        List<String> segments = Pointers.segments(pointer);
        String last = segments.getLast();
        boolean item = segments.size() > 1 && last.chars().allMatch(Character::isDigit);
        return item ? segments.get(segments.size() - 2) + "[" + last + "]" : last;
    }

    private static String types(JsonNode type) {
        if (type.isString()) {
            return phrase(type.stringValue());
        }
        return StreamSupport.stream(type.spliterator(), false)
                .map(each -> phrase(each.asString()))
                .collect(Collectors.joining(" or "));
    }

    private static String phrase(String type) {
        return switch (type) {
            case "string" -> "text";
            case "integer" -> "a whole number";
            case "number" -> "a number";
            case "boolean" -> "true or false";
            case "array" -> "a list";
            case "object" -> "a mapping (field: value)";
            default -> type;
        };
    }

    private static String described(JsonNode value) {
        return switch (value.getNodeType()) {
            case NULL -> "empty";
            case ARRAY -> "a list";
            case OBJECT -> "a mapping";
            case NUMBER -> "the number " + shown(value);
            case BOOLEAN -> "the truth value " + shown(value);
            case STRING -> "the text " + shown(value);
            case BINARY, MISSING, POJO -> "something else";
        };
    }

    private static String shown(JsonNode value) {
        String line = Json.line(value);
        return line.length() <= LONGEST ? line : line.substring(0, LONGEST) + "…";
    }

    private static String listed(Iterable<String> names) {
        return String.join(", ", names);
    }
}
