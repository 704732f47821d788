package dev.plumbline.schemas.yaml;

import java.util.ArrayList;
import java.util.List;

/**
 * Divides a file at its document markers. A line that begins with {@code ---} or {@code ...} is a marker wherever it
 * stands, even in a block scalar (YAML 1.2.2, 9.1.2), so each document can be read alone and a broken one leaves the
 * others readable.
 */
final class DocumentSplitter {
    private final String text;
    private final List<Part> parts = new ArrayList<>();
    private int start;
    private int startLine;
    private int contentLine;
    private boolean directive;

    private DocumentSplitter(String text) {
        this.text = text;
    }

    /**
     * The text of one document.
     *
     * @param offset of its first character in the file
     * @param line of its first character, from 0
     * @param contentLine of its first character that is neither blank nor a comment, from 0
     */
    record Part(String text, int offset, int line, int contentLine) {}

    /** The documents that hold anything, in order. */
    static List<Part> split(String text) {
        return new DocumentSplitter(text).parts();
    }

    private List<Part> parts() {
        begin(0, 0);
        int line = 0;
        int at = 0;
        while (at < text.length()) {
            int end = lineEnd(at);
            read(at, end, line);
            at = afterBreak(end);
            line++;
        }
        finish(text.length());
        return parts;
    }

    private void read(int from, int to, int line) {
        if (isMarker(from, to, "---")) {
            if (contentLine >= 0 || !directive) {
                finish(from);
                begin(from, line);
            }
            noteContent(from + 3, to, line);
        } else if (isMarker(from, to, "...")) {
            finish(from);
            begin(afterBreak(to), line + 1);
        } else if (contentLine < 0 && from < to && text.charAt(from) == '%') {
            directive = true;
        } else {
            noteContent(from, to, line);
        }
    }

    private void noteContent(int from, int to, int line) {
        for (int i = from; i < to && contentLine < 0; i++) {
            char c = text.charAt(i);
            if (c == '#') {
                return;
            }
            if (c != ' ' && c != '\t') {
                contentLine = line;
            }
        }
    }

    private boolean isMarker(int from, int to, String marker) {
        return text.startsWith(marker, from)
                && (to == from + 3 || text.charAt(from + 3) == ' ' || text.charAt(from + 3) == '\t');
    }

    private void begin(int at, int line) {
        start = at;
        startLine = line;
        contentLine = -1;
        directive = false;
    }

    private void finish(int end) {
        if (contentLine >= 0) {
            parts.add(new Part(text.substring(start, end), start, startLine, contentLine));
        }
    }

    private int lineEnd(int from) {
        for (int i = from; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\n' || c == '\r') {
                return i;
            }
        }
        return text.length();
    }

    private int afterBreak(int end) {
        if (end >= text.length()) {
            return end;
        }
        return text.startsWith("\r\n", end) ? end + 2 : end + 1;
    }
}
