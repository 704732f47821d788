package dev.plumbline.schemas.validation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.schemas.model.Kind;
import dev.plumbline.schemas.yaml.Pointers;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

class SchemaFilesTest {
    private final List<String> gaps = new ArrayList<>();

    @ParameterizedTest
    @EnumSource(Kind.class)
    void explainsEveryField(Kind kind) {
        JsonNode root = SchemaTree.of(kind).root();
        look(root, kind.label());
        root.path("$defs").properties().forEach(each -> look(each.getValue(), kind + "/$defs/" + each.getKey()));
        assertThat(gaps).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void refusesFieldsThatItDoesNotKnow(Kind kind) {
        assertThat(openObjects(SchemaTree.of(kind).root(), kind.label())).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void givesAnExampleThatFits(Kind kind) {
        JsonNode example = SchemaTree.of(kind).root().path("examples").path(0);
        assertThat(new SchemaValidator().validate(kind, example)).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void describesMetadataAlikeForAllKinds(Kind kind) {
        assertThat(withoutExamples(metadata(kind))).isEqualTo(withoutExamples(metadata(Kind.MODEL)));
    }

    private static JsonNode metadata(Kind kind) {
        return SchemaTree.of(kind).root().path("properties").path("metadata");
    }

    private static String withoutExamples(JsonNode node) {
        return node.toString().replaceAll("\"examples\":\\[[^]]*]", "");
    }

    private void look(JsonNode schema, String path) {
        schema.path("properties").properties().forEach(field -> {
            String at = path + "/" + field.getKey();
            JsonNode rule = field.getValue();
            if (!rule.has("$ref")) {
                List.of("title", "description", "examples").stream()
                        .filter(keyword -> !rule.has(keyword))
                        .forEach(keyword -> gaps.add(at + " lacks " + keyword));
            }
            boolean required = schema.path("required")
                    .valueStream()
                    .anyMatch(each -> each.asString().equals(field.getKey()));
            if (!required && !rule.has("default") && !rule.has("x-absent")) {
                gaps.add(at + " says nothing about its absence");
            }
            look(rule, at);
        });
    }

    private static List<String> openObjects(JsonNode schema, String path) {
        List<String> open = new ArrayList<>();
        if (schema.has("properties") && schema.path("type").asString("").equals("object")) {
            if (!schema.path("additionalProperties").isBoolean()) {
                open.add(path);
            }
        }
        schema.properties().forEach(each -> {
            if (each.getValue().isObject()) {
                open.addAll(openObjects(each.getValue(), Pointers.child(path, each.getKey())));
            }
        });
        return open;
    }
}
