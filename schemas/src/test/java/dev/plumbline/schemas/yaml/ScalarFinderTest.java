package dev.plumbline.schemas.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ScalarFinderTest {
    private static final String POINTER = "/spec/version";
    private final ScalarFinder finder = new ScalarFinder();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "spec:\n  model: a\n  version: @ # why\n  x: y\n",
                "spec: {model: a, version: @, x: y}",
                "spec: {version: @}",
                "\ufeff# \ud83d\ude80 \u00e4\r\nspec:\r\n  version:   @\r\n",
                "# \ud83d\ude80\n\"spec\": {\"m\": \"\ud83d\ude80\", \"version\":@}\n...\n",
                "spec:\n  version:\n    @",
                "spec:\n  version: @   \n\n\n",
            })
    void findsTheBytesOfTheScalarAndNothingElse(String template) {
        for (String scalar : new String[] {"v7", "'v7'", "\"v7\"", "\"\\u0076\u00e9\"", "none"}) {
            String text = template.replace("@", scalar);
            byte[] file = text.getBytes(StandardCharsets.UTF_8);
            ScalarLocation found = finder.find(file, 0, POINTER).orElseThrow();
            assertThat(found.text()).isEqualTo(scalar);
            assertThat(Arrays.copyOfRange(file, found.offset(), found.offset() + found.length()))
                    .isEqualTo(scalar.getBytes(StandardCharsets.UTF_8));
            assertThat(new String(file, 0, found.offset(), StandardCharsets.UTF_8))
                    .isEqualTo(template.substring(0, template.indexOf('@')));
        }
    }

    @Test
    void tellsHowTheScalarIsWritten() {
        assertThat(style("v7")).isEqualTo(ScalarStyle.PLAIN);
        assertThat(style("'v7'")).isEqualTo(ScalarStyle.SINGLE_QUOTED);
        assertThat(style("\"v7\"")).isEqualTo(ScalarStyle.DOUBLE_QUOTED);
        assertThat(style("|-\n  v7")).isEqualTo(ScalarStyle.LITERAL);
        assertThat(style(">-\n  v7")).isEqualTo(ScalarStyle.FOLDED);
    }

    @Test
    void findsTheScalarInTheDocumentThatIsAskedFor() {
        byte[] file = "# only a comment\n---\nspec: {version: v1}\n---\nspec: {version: v2}\n"
                .getBytes(StandardCharsets.UTF_8);
        assertThat(finder.find(file, 1, POINTER).orElseThrow().text()).isEqualTo("v2");
        assertThat(finder.find(file, 2, POINTER)).isEmpty();
    }

    @Test
    void findsNothingWhereThereIsNoScalar() {
        assertThat(find("spec: {version: [v1]}")).isTrue();
        assertThat(find("spec: {version: {}}")).isTrue();
        assertThat(find("spec: {version: }")).isTrue();
        assertThat(find("spec: {}")).isTrue();
        assertThat(find("spec: {version: v1")).isTrue();
    }

    private boolean find(String text) {
        return finder.find(text.getBytes(StandardCharsets.UTF_8), 0, POINTER).isEmpty();
    }

    private ScalarStyle style(String scalar) {
        byte[] file = ("spec:\n version: " + scalar).getBytes(StandardCharsets.UTF_8);
        return finder.find(file, 0, POINTER).orElseThrow().style();
    }
}
