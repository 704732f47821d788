package dev.plumbline.schemas.card;

import java.util.regex.Pattern;
import org.commonmark.node.Code;
import org.commonmark.node.FencedCodeBlock;
import org.commonmark.node.HardLineBreak;
import org.commonmark.node.HtmlBlock;
import org.commonmark.node.HtmlInline;
import org.commonmark.node.IndentedCodeBlock;
import org.commonmark.node.Node;
import org.commonmark.node.SoftLineBreak;
import org.commonmark.node.Text;

/** The words that one node of a card's text says itself. */
final class CardWords {
    /** Words in angle brackets that Markdown takes for a tag, and whoever wrote them did not. */
    private static final Pattern WORDS = Pattern.compile("<[A-Za-z][^<>=/]* [^<>=/]*>");

    private CardWords() {}

    static String of(Node node) {
        return switch (node) {
            case Text text -> text.getLiteral();
            case Code code -> "`" + code.getLiteral() + "`";
            case FencedCodeBlock code -> code.getLiteral();
            case IndentedCodeBlock code -> code.getLiteral();
            case HtmlInline html -> words(html.getLiteral());
            case HtmlBlock html -> words(html.getLiteral());
            case SoftLineBreak ignored -> "\n";
            case HardLineBreak ignored -> "\n";
            default -> "";
        };
    }

    /** A comment or a tag says nothing to whoever reads the card. */
    private static String words(String html) {
        return WORDS.matcher(html.strip()).matches() ? html : "";
    }
}
