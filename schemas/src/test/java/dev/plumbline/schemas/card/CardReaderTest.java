package dev.plumbline.schemas.card;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.schemas.problem.Position;
import dev.plumbline.schemas.problem.Problem;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class CardReaderTest {
    private static final String CARD = """
        ---
        model: churn
        contact: team@example.com
        license: Apache-2.0
        ---

        # Model card: churn

        Said before every section.

        ## Purpose

        Tells who *may* leave,
        and `why`.

        ### For whom

        - the team
        - nobody else <!-- yet -->

        ## Risks

        | Risk | Treatment |
        | --- | --- |
        | a customer is called | by a person |
        | nobody is called | |

        ## Limitations

        <!-- write them down -->
        """;

    private final CardReader reader = new CardReader();

    private ModelCard read(String text) {
        return reader.read("card.md", text.getBytes(StandardCharsets.UTF_8));
    }

    private static List<String> said(List<CardParagraph> paragraphs) {
        return paragraphs.stream().map(CardParagraph::text).toList();
    }

    @Test
    void readsHeadAndSections() {
        ModelCard card = read(CARD);

        assertThat(card.problems()).isEmpty();
        assertThat(card.head().fields().path("license").asString()).isEqualTo("Apache-2.0");
        assertThat(said(card.introduction())).containsExactly("Said before every section.");
        assertThat(card.sections()).extracting(CardSection::title).containsExactly("Purpose", "Risks", "Limitations");
        assertThat(said(card.sections().get(0).paragraphs()))
                .containsExactly("Tells who may leave,\nand `why`.", "the team", "nobody else");
        assertThat(card.sections().get(1).tables())
                .containsExactly(new CardTable(
                        List.of("Risk", "Treatment"),
                        List.of(List.of("a customer is called", "by a person"), List.of("nobody is called", ""))));
        assertThat(card.sections().get(2).paragraphs()).isEmpty();
    }

    @Test
    void knowsWhereEverythingStands() {
        ModelCard card = read(CARD);

        assertThat(card.at("/card/head/license")).contains(new Position(4, 10));
        assertThat(card.at("/card/head/validator")).contains(new Position(2, 1));
        assertThat(card.at("/card/introduction/0")).contains(new Position(9, 1));
        assertThat(card.at("/card/sections/0")).contains(new Position(11, 1));
        assertThat(card.at("/card/sections/0/paragraphs/1")).contains(new Position(18, 3));
        assertThat(card.at("/card/sections")).contains(Position.START);
        assertThat(card.at("/card")).contains(Position.START);
        assertThat(card.at("/spec/card")).isEmpty();
        assertThat(card.sections().get(1).paragraphs().get(2).position().line()).isEqualTo(25);
    }

    @Test
    void saysEverythingThatIsWrongWithTheHead() {
        ModelCard card = read(CARD.replace("license: Apache-2.0", "license: whatever you like\nowner: me"));

        assertThat(card.problems())
                .extracting(Problem::code, Problem::line, Problem::column)
                .containsExactlyInAnyOrder(
                        org.assertj.core.groups.Tuple.tuple("wrong-form", 4, 10),
                        org.assertj.core.groups.Tuple.tuple("unknown-field", 5, 1));
        assertThat(card.sections()).hasSize(3);
        assertThat(card.at("/card/problems/0")).isPresent();
    }

    @Test
    void readsTheTextBesideAHeadThatIsBroken() {
        ModelCard card = read(CARD.replace("license: Apache-2.0", "license: [Apache-2.0"));

        assertThat(card.problems()).isNotEmpty().allMatch(problem -> problem.line() <= 5);
        assertThat(card.sections()).hasSize(3);
    }

    @Test
    void theHeadMustEnd() {
        assertThat(read("---\nmodel: churn\n\n# Card\n").problems())
                .extracting(Problem::code)
                .containsExactly("head-not-closed");
    }

    @Test
    void aCardNeedsNoHeadToBeRead() {
        ModelCard card = read("\uFEFF# Card\n\n## Purpose\r\n\r\nTells.\r\n");

        assertThat(card.problems()).isEmpty();
        assertThat(card.head().fields().isEmpty()).isTrue();
        assertThat(said(card.sections().getFirst().paragraphs())).containsExactly("Tells.");
        assertThat(card.at("/card/head/license")).contains(Position.START);
    }

    @Test
    void whatSaysNothingIsBlank() {
        assertThat(read(" \n").blank()).isTrue();
        assertThat(read("---\n---\n<!-- later -->\n").blank()).isTrue();
        assertThat(read("# Card\n\ntext\n").blank()).isFalse();
    }

    @Test
    void keepsWordsInAngleBracketsThatAreNoMarkup() {
        ModelCard card = read("## Purpose\n\nCalls <who decides here> and<br>others.\n\n<Write it down>\n");

        assertThat(said(card.sections().getFirst().paragraphs()))
                .containsExactly("Calls <who decides here> andothers.", "<Write it down>");
    }

    @Test
    void refusesWhatReviewersWouldNotSee() {
        assertThat(read("---\nmodel: churn\n---\n## Purpose\n\nFor \u202Eall.\n")
                        .problems())
                .singleElement()
                .satisfies(problem -> {
                    assertThat(problem.message()).contains("U+202E");
                    assertThat(problem.line()).isEqualTo(6);
                });
    }

    @Test
    void refusesWhatIsNoText() {
        byte[] bytes = "# Card\n\nx".getBytes(StandardCharsets.UTF_8);
        bytes[8] = (byte) 0xff;

        assertThat(reader.read("card.md", bytes).problems()).singleElement().satisfies(problem -> {
            assertThat(problem.code()).isEqualTo("not-utf-8");
            assertThat(problem.line()).isEqualTo(3);
        });
        assertThat(reader.read("card.md", new byte[CardReader.MOST_BYTES + 1]).problems())
                .extracting(Problem::code)
                .containsExactly("file-too-large");
    }

    @Test
    void noDepthOfMarkupIsTooMuch() {
        String quotes = "## Purpose\n\n" + "> ".repeat(20_000) + "deep\n";
        String lists = "## Purpose\n\n" + "- ".repeat(20_000) + "deep\n";
        String marks = "## Purpose\n\n" + "**a ".repeat(490) + "b** ".repeat(490) + "\n";
        String more = "## Purpose\n\n" + "**a ".repeat(20_000) + "b** ".repeat(20_000) + "\n";
        String links = "## Purpose\n\n" + "![".repeat(20_000) + "a" + "](b)".repeat(20_000) + "\n";

        assertThat(List.of(marks, more, links))
                .allSatisfy(text -> assertThat(read(text).problems())
                        .extracting(Problem::code)
                        .containsExactly("nested-too-deep"));
        assertThat(List.of(quotes, lists))
                .allSatisfy(text -> assertThat(read(text).sections()).hasSize(1));
    }
}
