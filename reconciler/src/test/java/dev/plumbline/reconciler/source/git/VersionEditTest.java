package dev.plumbline.reconciler.source.git;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class VersionEditTest {
    private static final String HEAD = "apiVersion: plumbline.dev/v1\nkind: Serving\nmetadata: {name: a}\n";

    private final VersionEdit edit = new VersionEdit();

    /** The place to change is written «…»; what stands outside must stay. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                HEAD + "spec:\n  model: m\n  version: «v1»\n",
                HEAD + "spec:\n  model: m\n  version: «v1»",
                HEAD + "spec:\n  model: m\n  version:    «v1»   # why\n  # end\n",
                HEAD + "spec:\n  version: '«v1»'\n  model: m\n",
                HEAD + "spec:\n  version: \"«v1»\" # quoted\n  model: m\n",
                HEAD + "spec: {model: m, version: «v1»}\n",
                HEAD + "spec: {version: \"«v1»\" , model: m}",
                HEAD + "spec: {\n  version: «v1»,\n  model: m # it\n}\n",
                HEAD + "\"spec\":\n    \"version\":   «v1»\n    'model': m\n",
                "\uFEFF" + HEAD + "spec:\n  model: m # ümläut 模型 🎛\n  version: «v1»\n",
                "# version: v1\n" + HEAD + "spec:\n  model: v1\n  version: «v1»\n",
                HEAD + "spec:\n  model: m\n  version: «v1»\n---\nspec: {version: v1}\n"
            })
    void keepsEveryOtherByte(String marked) {
        for (String newline : List.of("\n", "\r\n")) {
            String present = marked.replace("\n", newline).replaceAll("[«»]", "");
            String wanted = marked.replace("\n", newline).replaceAll("«v1»", "v27");

            assertThat(edit.read(bytes(present), 0)).contains("v1");
            assertThat(edit.write(bytes(present), 0, "v27"))
                    .hasValueSatisfying(file -> assertThat(text(file)).isEqualTo(wanted));
        }
    }

    /** The line to insert is written «…». */
    @ParameterizedTest
    @ValueSource(
            strings = {
                HEAD + "spec:\n  model: m«\n  version: v1»\n  promotion: {mode: commit}\n",
                HEAD + "spec:\n  model: m   # the model«\n  version: v1»",
                HEAD + "spec:\n    'model': \"m\"«\n    version: v1»\n",
                HEAD + "spec: {model: m«, version: v1»}\n",
                HEAD + "spec: {model: m«, version: v1», promotion: {mode: commit}}",
                HEAD + "spec: {\n  model: m«, version: v1» # it\n}\n",
                HEAD + "spec:\n  promotion:\n    mode: commit\n  model: m«\n  version: v1»\n"
            })
    void writesTheFieldWhereItIsAbsent(String marked) {
        for (String newline : List.of("\n", "\r\n")) {
            String present = marked.replace("\n", newline).replaceAll("«[^»]*»", "");
            String wanted = marked.replace("\n", newline).replaceAll("[«»]", "");

            assertThat(edit.read(bytes(present), 0)).contains("none");
            assertThat(edit.write(bytes(present), 0, "v1"))
                    .hasValueSatisfying(file -> assertThat(text(file)).isEqualTo(wanted));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "spec: [unclosed\n",
                "spec:\n  other: 1\n",
                "",
                "spec:\n  model: m\n  version:\n",
                "spec:\n  model: m\n  version: |\n    v1\n",
                "spec:\n  ? model\n  : m\n",
                "\u0000\u0001binary"
            })
    void leavesAloneWhatItCannotChangeAlone(String file) {
        assertThat(edit.write(bytes(file), 0, "v1")).isEmpty();
    }

    @Test
    void changesTheDocumentThatIsMeant() {
        String file = "spec: {model: a, version: v1}\n---\nspec: {model: b, version: v1}\n---\nspec:\n  model: c\n";

        assertThat(edit.write(bytes(file), 1, "v2"))
                .hasValueSatisfying(edited -> assertThat(text(edited))
                        .isEqualTo(file.replace("{model: b, version: v1}", "{model: b, version: v2}")));
        assertThat(edit.write(bytes(file), 2, "v2"))
                .hasValueSatisfying(edited -> assertThat(text(edited)).isEqualTo(file + "  version: v2\n"));
        assertThat(edit.write(bytes(file), 3, "v2")).isEmpty();
    }

    @Test
    void keepsEveryOtherByteOfGeneratedFiles() {
        SplittableRandom random = new SplittableRandom(20260301);
        for (int round = 0; round < 1_000; round++) {
            Generated file = Generated.of(random);
            byte[] before = bytes(file.before() + "v1" + file.after());

            Optional<byte[]> after = edit.write(before, file.document(), "v12345");

            assertThat(after)
                    .as("file %s:%n%s", round, text(before))
                    .hasValueSatisfying(
                            bytes -> assertThat(text(bytes)).isEqualTo(file.before() + "v12345" + file.after()));
            assertThat(edit.read(after.orElseThrow(), file.document())).contains("v12345");
            assertThat(edit.write(after.orElseThrow(), file.document(), "v1").orElseThrow())
                    .isEqualTo(before);
        }
    }

    private record Generated(String before, String after, int document) {
        static Generated of(SplittableRandom random) {
            String newline = random.nextBoolean() ? "\n" : "\r\n";
            List<String> documents = new ArrayList<>();
            int count = random.nextInt(1, 4);
            int chosen = random.nextInt(count);
            for (int document = 0; document < count; document++) {
                documents.add(document(random, newline, document == chosen ? "«»" : "v1"));
            }
            String mark = random.nextInt(4) == 0 ? "\uFEFF" : "";
            String whole =
                    mark + String.join(newline + "---" + newline, documents) + (random.nextBoolean() ? newline : "");
            int place = whole.indexOf("«»");
            return new Generated(whole.substring(0, place), whole.substring(place + 2), chosen);
        }

        private static String document(SplittableRandom random, String newline, String value) {
            String quote = pick(random, "", "'", "\"");
            String version = "version:" + pick(random, " ", "  ", "    ") + quote + value + quote;
            List<String> fields = new ArrayList<>(List.of(
                    "model: " + pick(random, "churn", "'ch#urn'", "\"v1\"", "模型"),
                    version,
                    "labels: " + pick(random, "{version: v1}", "[v1, 'v1']", "none")));
            if (random.nextBoolean()) {
                fields.add(random.nextInt(fields.size() + 1), "note: \"version: v1 # not this one\"");
            }
            Collections.swap(fields, random.nextInt(fields.size()), random.nextInt(fields.size()));
            String head = comment(random, newline) + "kind: Serving" + comment(random, "") + newline;
            if (random.nextInt(3) == 0) {
                return head + "spec: {" + String.join(pick(random, ", ", "," + newline + "  "), fields) + "}"
                        + comment(random, "");
            }
            String indent = " ".repeat(random.nextInt(1, 5));
            StringBuilder body = new StringBuilder(head + "spec:" + comment(random, ""));
            for (String field : fields) {
                body.append(newline).append(indent).append(field).append(comment(random, ""));
            }
            return body.toString();
        }

        private static String comment(SplittableRandom random, String end) {
            return random.nextInt(3) == 0 ? (end.isEmpty() ? " " : "") + "# version: v1 🎛" + end : "";
        }

        private static String pick(SplittableRandom random, String... choices) {
            return choices[random.nextInt(choices.length)];
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
