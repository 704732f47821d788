package dev.plumbline.schemas.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.schemas.problem.Position;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class YamlLimitsTest {
    private final YamlReader reader = new YamlReader();

    @Test
    void refusesAliasBombsWithoutExpandingThem() {
        StringBuilder bomb = new StringBuilder("l0: &l0 [x]\n");
        for (int i = 1; i <= 9; i++) {
            bomb.append(
                    "l%d: &l%d [%s]\n".formatted(i, i, "*l%d,".formatted(i - 1).repeat(10)));
        }
        assertThat(codes(bomb.toString())).contains("yaml-anchor", "yaml-alias").doesNotContain("yaml-syntax");
    }

    @Test
    void refusesDeepNesting() {
        assertThat(codes("a: " + "[".repeat(100_000))).containsExactly("too-deep");
        assertThat(codes("a: " + "{b: ".repeat(100_000))).containsExactly("too-deep");
        assertThat(codes("a: " + "- ".repeat(50_000) + "b")).isNotEmpty();
        assertThat(codes("a: " + "[".repeat(31) + "]".repeat(31))).isEmpty();
        assertThat(codes("a: " + "[".repeat(32) + "]".repeat(32))).containsExactly("too-deep");
    }

    @Test
    void refusesTooManyNodes() {
        assertThat(codes("a: [" + "1,".repeat(9_990) + "]")).isEmpty();
        assertThat(codes("a: [" + "1,".repeat(10_000) + "]")).containsExactly("too-many-nodes");
    }

    @Test
    void refusesLongText() {
        assertThat(codes("a: " + "x".repeat(64 << 10))).isEmpty();
        assertThat(codes("a: " + "x".repeat((64 << 10) + 1))).containsExactly("string-too-long");
    }

    @Test
    void refusesLargeFiles() {
        assertThat(codes("# " + "x".repeat(3 << 20))).containsExactly("file-too-large");
    }

    @Test
    void readsAHundredDocumentsAndRefusesMore() {
        String documents =
                IntStream.rangeClosed(1, 101).mapToObj(i -> "n: " + i).collect(Collectors.joining("\n---\n"));
        YamlReading reading = read(documents);
        assertThat(reading.documents()).hasSize(100);
        assertThat(reading.problems()).singleElement().satisfies(problem -> {
            assertThat(problem.code()).isEqualTo("too-many-documents");
            assertThat(problem.position()).isEqualTo(new Position(201, 1));
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-16", "UTF-16LE", "UTF-16BE", "UTF-32"})
    void refusesWideEncodings(String charset) {
        byte[] bytes = "apiVersion: plumbline.dev/v1\nkind: Model\n".getBytes(Charset.forName(charset));
        assertThat(codes(reader.read(bytes))).containsExactly("not-utf-8");
    }

    @Test
    void namesTheByteThatIsNotUtf8() {
        byte[] latin = "a: b\nn\u00e4me: x\n".getBytes(StandardCharsets.ISO_8859_1);
        assertThat(reader.read(latin).problems()).singleElement().satisfies(problem -> {
            assertThat(problem.position()).isEqualTo(new Position(2, 2));
            assertThat(problem.message()).contains("0xE4");
        });
    }

    @Test
    void refusesBinaryFiles() {
        byte[] image = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n', 0, 0, 0, 0xd, 'I', 'H', 'D', 'R', 1, 2, 3};
        assertThat(codes(reader.read(image))).containsExactly("binary-file");
    }

    @Test
    void readsAByteOrderMarkAndAnyLineEnds() {
        YamlReading reading = read("\ufeffa: 1\r\nb:\r\n  c: 2\r---\rd: 3\n");
        assertThat(codes(reading)).isEmpty();
        assertThat(reading.documents())
                .extracting(document -> document.tree().toString())
                .containsExactly("{\"a\":1,\"b\":{\"c\":2}}", "{\"d\":3}");
        assertThat(reading.documents().get(0).places().valueAt("/b/c")).isEqualTo(new Position(3, 6));
        assertThat(reading.documents().get(1).places().keyAt("/d")).isEqualTo(new Position(5, 1));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\u202eb", "a\u200bb", "\u0430\u2066", "a\u0007b", "a\ufeffb", "a\u2028b"})
    void refusesCharactersThatAreNotSeen(String text) {
        assertThat(codes("a: 1 # " + text)).contains("forbidden-character");
        assertThat(codes("a: '" + text + "'")).contains("forbidden-character");
    }

    @Test
    void refusesThemInEscapesToo() {
        assertThat(codes("a: \"x\\u202ey\"")).containsExactly("forbidden-character");
        assertThat(codes("\"x\\u200by\": 1")).containsExactly("forbidden-character");
    }

    @Test
    void wantsComposedText() {
        assertThat(codes("a: e\u0301")).containsExactly("text-not-composed");
        assertThat(codes("a: \u00e9 \uac00 \ud83d\ude80")).isEmpty();
    }

    @Test
    void neverLooksUpATag() {
        assertThat(codes("a: !!javax.script.ScriptEngineManager [x]")).containsExactly("yaml-tag");
        assertThat(codes("a: !local x")).containsExactly("yaml-tag");
    }

    @Test
    void refusesEqualKeysHoweverTheyAreWritten() {
        assertThat(codes("approved: false\n\"appr\\u006fved\": true")).containsExactly("duplicate-key");
        assertThat(codes("1: a\n'1': b")).containsExactly("duplicate-key");
    }

    @ParameterizedTest
    @ValueSource(strings = {"%YAML 99999999999.1\n---\na: b", "%TAG ! x\n%YAML 1.1\n---\na: b", "a: \"\\U99999999\""})
    void survivesWhatTheParserStumblesOver(String text) {
        assertThat(read(text).documents()).hasSizeLessThanOrEqualTo(1);
    }

    private YamlReading read(String text) {
        return reader.read(text.getBytes(StandardCharsets.UTF_8));
    }

    private List<String> codes(String text) {
        return codes(read(text));
    }

    private static List<String> codes(YamlReading reading) {
        return Stream.concat(
                        reading.problems().stream(),
                        reading.documents().stream().flatMap(document -> document.problems().stream()))
                .map(YamlProblem::code)
                .distinct()
                .toList();
    }
}
