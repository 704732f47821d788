package dev.plumbline.schemas.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.schemas.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

class YamlReaderTest {
    private static final String[] TEXTS = {
        "a", "no", "yes", "on", "2026-01-01", "1.10", "\u00e4 b", "x: y", "- z", "# c", "\"q\"", "it's", "null", "~",
                "",
        " a ", "\\", "\ud83d\ude80", "true", "1e3", "a\nb", "\t", "---", "&a", "*a", "!t", "%d", "@x", "[1", "{"
    };

    private final YamlReader reader = new YamlReader();

    @Test
    void readsEveryJsonDocumentAsTheJsonReaderDoes() {
        Random random = new Random(7);
        for (int i = 0; i < 2_000; i++) {
            ObjectNode document = object(random, 3);
            String json = i % 2 == 0 ? Json.line(document) : Json.pretty(document);
            YamlReading reading = reader.read(json.getBytes(StandardCharsets.UTF_8));
            if (document.isEmpty()) {
                continue;
            }
            assertThat(reading.documents()).as(json).singleElement().satisfies(read -> {
                assertThat(read.problems()).isEmpty();
                assertThat(Json.digest(read.tree())).isEqualTo(Json.digest(document));
            });
        }
    }

    @Test
    void keepsTextThatOlderReadersConvert() {
        JsonNode tree = tree("a: no\nb: on\nc: 2026-01-01\nd: Yes\ne: 1.2.3\ng: 1e\nh: .\ni: 50/50\nj: -x");
        assertThat(tree.toString())
                .isEqualTo("{\"a\":\"no\",\"b\":\"on\",\"c\":\"2026-01-01\",\"d\":\"Yes\",\"e\":\"1.2.3\",\"g\":\"1e\","
                        + "\"h\":\".\",\"i\":\"50/50\",\"j\":\"-x\"}");
    }

    @Test
    void readsNumbersExactly() {
        JsonNode tree = tree("a: 9007199254740993\nb: -9223372036854775808\nc: +1\nd: 1e3\ne: .5\nf: 5.\ng: -0.0");
        assertThat(tree.toString())
                .isEqualTo(
                        "{\"a\":9007199254740993,\"b\":-9223372036854775808,\"c\":1,\"d\":1000.0,\"e\":0.5,\"f\":5.0,"
                                + "\"g\":0.0}");
    }

    @Test
    void leavesTheDocumentsAroundABrokenOneReadable() {
        YamlReading reading = reader.read(
                "a: 1\n---\nb: [\n---\nc: 3\n...\n# nothing\n---\n\n---\nd: 4".getBytes(StandardCharsets.UTF_8));
        assertThat(reading.documents())
                .extracting(document -> document.problems().size())
                .containsExactly(0, 1, 0, 0);
        assertThat(reading.documents()).extracting(PositionedDocument::line).containsExactly(1, 3, 5, 11);
    }

    @Test
    void survivesEveryMutationOfASoundFile() {
        byte[] sound = """
                apiVersion: plumbline.dev/v1
                kind: Model
                metadata: {name: a, labels: {x: 'y', z: "\\u0041"}}
                spec:
                  task: >-
                    regression
                  sensitive: [a, b]
                ---
                - |
                  text
                ...
                """.getBytes(StandardCharsets.UTF_8);
        Random random = new Random(11);
        byte[] odd = "{}[]:,-?&*!|>'\"%@`#~\t\n\r \\\0\u0007".getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < 20_000; i++) {
            byte[] mutated = sound.clone();
            for (int j = random.nextInt(5); j >= 0; j--) {
                mutated[random.nextInt(mutated.length)] =
                        random.nextInt(4) == 0 ? (byte) random.nextInt(256) : odd[random.nextInt(odd.length)];
            }
            YamlReading reading = reader.read(mutated);
            assertThat(reading.documents())
                    .allSatisfy(document -> assertThat(
                                    document.complete() || !document.problems().isEmpty())
                            .isTrue());
        }
    }

    private JsonNode tree(String text) {
        List<PositionedDocument> documents =
                reader.read(text.getBytes(StandardCharsets.UTF_8)).documents();
        assertThat(documents).hasSize(1);
        assertThat(documents.getFirst().problems()).isEmpty();
        return documents.getFirst().tree();
    }

    private static ObjectNode object(Random random, int depth) {
        ObjectNode object = Json.object();
        for (int i = random.nextInt(5); i > 0; i--) {
            object.set("k" + TEXTS[random.nextInt(TEXTS.length)], value(random, depth - 1));
        }
        return object;
    }

    private static JsonNode value(Random random, int depth) {
        return switch (random.nextInt(depth > 0 ? 8 : 6)) {
            case 0 -> Json.tree(random.nextLong());
            case 1 -> Json.tree(random.nextInt(100));
            case 2 -> Json.tree(random.nextDouble());
            case 3 -> Json.tree(random.nextBoolean());
            case 4 -> Json.object().nullNode();
            case 5 -> Json.tree(TEXTS[random.nextInt(TEXTS.length)]);
            case 6 -> object(random, depth);
            default -> {
                ArrayNode array = Json.array();
                for (int i = random.nextInt(4); i > 0; i--) {
                    array.add(value(random, depth - 1));
                }
                yield array;
            }
        };
    }
}
