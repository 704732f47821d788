package dev.plumbline.reconciler.card;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plumbline.reconciler.api.Sample;
import dev.plumbline.reconciler.fixture.Specs;
import dev.plumbline.reconciler.ledger.VersionEntry;
import dev.plumbline.schemas.card.CardReader;
import dev.plumbline.schemas.card.ModelCard;
import dev.plumbline.schemas.model.VersionName;
import dev.plumbline.schemas.yaml.YamlReader;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class VersionCardTest {
    private static final VersionEntry VERSION =
            Sample.usual().ledger().version(new VersionName("churn", 1)).orElseThrow();

    private static ModelCard card(String text) {
        return new CardReader().read("card.md", text.getBytes(StandardCharsets.UTF_8));
    }

    private static VersionCard of(String text) {
        return new VersionCard(card(text), VERSION);
    }

    private static JsonNode head(String card) {
        String yaml = card.substring(0, card.indexOf("\n---\n", 4) + 1);
        return new YamlReader()
                .read(yaml.getBytes(StandardCharsets.UTF_8))
                .documents()
                .getFirst()
                .tree();
    }

    @Test
    void fillsInWhatWasMeasured() {
        String rendered = of(Specs.CARD).markdown();

        JsonNode head = head(rendered);
        assertThat(head.path("license").asString()).isEqualTo("Apache-2.0");
        assertThat(head.path("version").asString()).isEqualTo("v1");
        assertThat(head.path("digest").asString()).isEqualTo(VERSION.digest().value());
        assertThat(head.path("run").asString()).isEqualTo(VERSION.run().toString());
        assertThat(head.at("/dataset/rows").asInt()).isEqualTo(7_043);
        assertThat(head.at("/metrics/0/name").asString()).isEqualTo("auc");
        assertThat(head.at("/metrics/0/value").asDouble()).isEqualTo(0.84);
        assertThat(rendered)
                .contains("## Purpose\n\nTells who may leave.")
                .contains("| auc | 0.8400 | 0.8200 to 0.8600 | 1400 |")
                .contains("| Dataset | churn, 7043 rows |")
                .contains("| Environment: java | 25 |")
                .contains("| female | 700 |")
                .contains("| demographicParityRatio | 0.9000 | 0.7000 to 1.0000 | female | male |");
        assertThat(of(Specs.CARD).markdown()).isEqualTo(rendered);
    }

    @Test
    void replacesWhatTheAuthorClaims() {
        String rendered = of(Specs.CARD.replace(
                        "license: Apache-2.0\n",
                        "license: Apache-2.0\nmetrics: [{name: auc, value: 0.99, version: v1}]\n"))
                .markdown();

        assertThat(head(rendered).path("metrics").findValuesAsString("value")).containsExactly("0.84");
        assertThat(rendered).doesNotContain("0.99");
    }

    @Test
    void speaksToTheHub() {
        JsonNode head = head(of(Specs.CARD).huggingFace());

        assertThat(head.path("license").asString()).isEqualTo("apache-2.0");
        assertThat(head.path("pipeline_tag").asString()).isEqualTo("tabular-classification");
        assertThat(head.at("/model-index/0/name").asString()).isEqualTo("churn/v1");
        assertThat(head.at("/model-index/0/results/0/metrics/0/type").asString())
                .isEqualTo("roc_auc");
        assertThat(head.at("/model-index/0/results/0/metrics/0/value").asDouble())
                .isEqualTo(0.84);
        JsonNode own =
                head(of(Specs.CARD.replace("Apache-2.0", "LicenseRef-Ours")).huggingFace());
        assertThat(own.path("license").asString()).isEqualTo("other");
        assertThat(own.path("license_name").asString()).isEqualTo("LicenseRef-Ours");
    }

    @Test
    void thePageLoadsAndRunsNothing() {
        String page = of(Specs.CARD.replace("Tells who may leave.", """
                        <script>alert(1)</script> <b onclick="x()">bold</b> [a](javascript:alert(1)) [b](JaVaScRiPt:x)
                        [c](data:text/html;base64,xx) [d](//evil.example/x) [e](https://example.com/?a=1&b="2)
                        ![a picture](https://evil.example/p.png) ![](https://evil.example/q.png) <svg onload=x>

                        <iframe src="https://evil.example"></iframe>

                        [g]: https://evil.example "onmouseover=alert(1)"
                        [text][g]
                        """)).html();

        assertThat(page)
                .contains("default-src 'none'")
                .contains("<title>Model card: churn/v1</title>")
                .contains("<h2>Purpose</h2>")
                .contains("<td>0.8400</td>")
                .contains("a picture")
                .contains("href=\"https://example.com/")
                .doesNotContain("<script", "<b ", "onclick", "<svg", "<iframe", "<img", "p.png", "q.png")
                .doesNotContainIgnoringCase("javascript:")
                .doesNotContain("href=\"data:", "href=\"//evil");
    }

    @Test
    void aCardThatCannotBeReadIsNotRendered() {
        assertThatThrownBy(() -> of("---\nmodel: churn\n")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void namesOfTheDataAreNeverMarkup() {
        MarkdownTable table = new MarkdownTable("a|b", "*c*");
        table.row("<x>", "[l](u)\n| d");

        assertThat(table).hasToString("""
            | a\\|b | \\*c\\* |
            | --- | --- |
            | \\<x\\> | \\[l\\](u) \\| d |
            """);
    }
}
