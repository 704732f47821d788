package dev.plumbline.schemas.card;

import java.util.List;
import java.util.regex.Pattern;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.node.HtmlBlock;
import org.commonmark.node.HtmlInline;
import org.commonmark.node.Image;
import org.commonmark.node.Node;
import org.commonmark.renderer.html.HtmlRenderer;
import org.commonmark.renderer.html.UrlSanitizer;
import org.jspecify.annotations.Nullable;

/**
 * A card as one HTML page that loads nothing and runs nothing: markup of the text's own is left out, of an image its
 * description stays, and links lead to web pages and mail addresses only.
 */
public final class CardPage {
    private static final Pattern LINK = Pattern.compile("(?i)(https?://|mailto:).*", Pattern.DOTALL);

    private static final HtmlRenderer RENDERER = HtmlRenderer.builder()
            .extensions(List.of(TablesExtension.create()))
            .escapeHtml(true)
            .sanitizeUrls(true)
            .urlSanitizer(new UrlSanitizer() {
                @Override
                public String sanitizeLinkUrl(String url) {
                    return LINK.matcher(url).matches() ? url : "";
                }

                @Override
                public String sanitizeImageUrl(String url) {
                    return "";
                }
            })
            .build();

    private CardPage() {}

    /**
     * The page.
     *
     * @param markdown text that a card without problems may hold: it is not nested too deep
     */
    public static String of(String title, String markdown) {
        Node document = CardMarkdown.PARSER.parse(markdown);
        clean(document);
        return """
            <!doctype html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
            <meta name="referrer" content="no-referrer">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <title>%s</title>
            <style>
            body { font: 16px/1.5 system-ui, sans-serif; max-width: 48rem; margin: 2rem auto; padding: 0 1rem; }
            table { border-collapse: collapse; } th, td { border: 1px solid #bbb; padding: .2rem .6rem; text-align: left; }
            code, pre { font-family: ui-monospace, monospace; overflow-wrap: anywhere; }
            </style>
            </head>
            <body>
            %s</body>
            </html>
            """.formatted(escaped(title), RENDERER.render(document));
    }

    private static void clean(Node document) {
        Node node = document;
        while (node != null) {
            Node next = following(node);
            switch (node) {
                case HtmlBlock html -> html.unlink();
                case HtmlInline html -> html.unlink();
                case Image image -> {
                    next = image.getFirstChild() == null ? next : image.getFirstChild();
                    while (image.getFirstChild() != null) {
                        image.insertBefore(image.getFirstChild());
                    }
                    image.unlink();
                }
                default -> {}
            }
            node = next;
        }
    }

    /** The node after it in the order of the text, its children first. */
    private static @Nullable Node following(Node node) {
        if (node.getFirstChild() != null) {
            return node.getFirstChild();
        }
        Node each = node;
        while (each != null && each.getNext() == null) {
            each = each.getParent();
        }
        return each == null ? null : each.getNext();
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
