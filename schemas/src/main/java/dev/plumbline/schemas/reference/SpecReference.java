package dev.plumbline.schemas.reference;

import dev.plumbline.schemas.card.CardReader;
import dev.plumbline.schemas.json.Json;
import dev.plumbline.schemas.model.Kind;
import dev.plumbline.schemas.validation.SchemaTree;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;

/** The reference of all kinds of spec and of the head of a card in Markdown, written out of their JSON Schemas. */
public final class SpecReference {
    private static final String INTRODUCTION = """
            # Specs

            This page is generated from the JSON Schemas in `schemas/src/main/resources/dev/plumbline/schemas/v1`; to bring
            it up to date, run

            ```
            mvn -pl schemas -am test -Dtest=SpecReferenceTest -Dsurefire.failIfNoSpecifiedTests=false -Dplumbline.update=true
            ```

            Every YAML document describes one thing and begins with `apiVersion: plumbline.dev/v1`. Several documents may
            share a file. A field that is not listed here is an error. Scalars follow the core schema of YAML 1.2: `yes`
            and dates are text. Anchors, aliases, tags and merge keys are refused. Where a field holds classes or other
            values of the data, write them as the file spells them; quotes are not needed.

            """;

    private final StringBuilder page = new StringBuilder(INTRODUCTION);

    private SpecReference() {}

    /** The whole page. */
    public static String markdown() {
        SpecReference reference = new SpecReference();
        for (Kind kind : Kind.values()) {
            reference.document(kind.label(), SchemaTree.of(kind));
        }
        SchemaTree card = SchemaTree.named(CardReader.SCHEMA);
        reference.document(card.root().path("title").asString(), card);
        return reference.page.toString().stripTrailing() + "\n";
    }

    private void document(String title, SchemaTree tree) {
        JsonNode root = tree.root();
        page.append("## ").append(title).append("\n\n");
        page.append(root.path("description").asString()).append("\n\n```yaml\n");
        page.append(YamlText.of(root.path("examples").path(0))).append("```\n\n");
        table(tree, root);
        JsonNode trainer =
                root.path("properties").path("spec").path("properties").path("trainer");
        trainer.path("allOf").forEach(condition -> parameters(tree, condition));
    }

    private void parameters(SchemaTree tree, JsonNode condition) {
        String algorithm = condition
                .path("if")
                .path("properties")
                .path("algorithm")
                .path("const")
                .asString();
        page.append("### Parameters of `").append(algorithm).append("`\n\n");
        table(tree, condition.path("then").path("properties").path("parameters"));
    }

    private void table(SchemaTree tree, JsonNode schema) {
        page.append("| field | type | when left out | meaning |\n| --- | --- | --- | --- |\n");
        rows(tree, schema, "");
        page.append('\n');
    }

    private void rows(SchemaTree tree, JsonNode schema, String prefix) {
        JsonNode resolved = tree.resolved(schema);
        resolved.path("properties").properties().forEach(field -> {
            JsonNode rule = tree.resolved(field.getValue());
            String name = prefix + field.getKey();
            row(tree, name, rule, absence(resolved, field.getKey()));
            below(tree, rule, name);
        });
    }

    private void below(SchemaTree tree, JsonNode rule, String name) {
        rows(tree, rule, name + ".");
        tree.items(rule).ifPresent(item -> rows(tree, item, name + "[]."));
        Optional<JsonNode> other = tree.otherFields(rule).map(tree::resolved);
        other.filter(each -> each.has("properties")).ifPresent(each -> {
            row(tree, name + ".COLUMN", each, "");
            rows(tree, each, name + ".COLUMN.");
        });
    }

    private void row(SchemaTree tree, String name, JsonNode rule, String absence) {
        page.append("| `%s` | %s | %s | %s%s |\n"
                .formatted(
                        name,
                        cell(type(tree, rule)),
                        cell(absence),
                        cell(rule.path("description").asString("")),
                        example(rule)));
    }

    private static String absence(JsonNode parent, String field) {
        JsonNode rule = parent.path("properties").path(field);
        boolean required = StreamSupport.stream(parent.path("required").spliterator(), false)
                .anyMatch(each -> each.asString().equals(field));
        if (required) {
            return "**required**";
        }
        return rule.has("default")
                ? "`" + Json.line(rule.path("default")) + "`"
                : rule.path("x-absent").asString("");
    }

    private static String type(SchemaTree tree, JsonNode rule) {
        if (rule.has("enum")) {
            return StreamSupport.stream(rule.path("enum").spliterator(), false)
                    .map(each -> "`" + each.asString() + "`")
                    .collect(Collectors.joining(", "));
        }
        if (rule.has("const")) {
            return "`" + rule.path("const").asString() + "`";
        }
        JsonNode type = rule.path("type");
        String name = type.isArray() ? "text" : word(type.asString(""));
        String items = tree.items(rule)
                .map(item -> " of " + type(tree, tree.resolved(item)))
                .orElse("");
        return name + items + bounds(rule);
    }

    private static String word(String type) {
        return switch (type) {
            case "string" -> "text";
            case "integer" -> "whole number";
            case "boolean" -> "true or false";
            case "array" -> "list";
            case "object" -> "mapping";
            default -> type;
        };
    }

    private static String bounds(JsonNode rule) {
        StringBuilder bounds = new StringBuilder();
        append(bounds, rule, "minimum", "≥ ");
        append(bounds, rule, "exclusiveMinimum", "> ");
        append(bounds, rule, "maximum", "≤ ");
        append(bounds, rule, "exclusiveMaximum", "< ");
        return bounds.toString();
    }

    private static void append(StringBuilder bounds, JsonNode rule, String keyword, String sign) {
        if (rule.has(keyword)) {
            bounds.append(bounds.isEmpty() ? " " : ", ").append(sign).append(rule.path(keyword));
        }
    }

    private static String example(JsonNode rule) {
        JsonNode example = rule.path("examples").path(0);
        boolean shows = example.isValueNode() && !rule.has("enum") && !rule.has("const");
        return shows ? " Example: `" + example.asString() + "`." : "";
    }

    private static String cell(String text) {
        return text.replace("|", "\\|");
    }
}
