package dev.plumbline.reconciler.card;

import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A table in Markdown; whatever a cell holds stays the text of that cell. Not thread-safe. */
final class MarkdownTable {
    private final StringBuilder text = new StringBuilder();

    MarkdownTable(String... columns) {
        row(columns);
        text.append("| ")
                .append(Stream.generate(() -> "---").limit(columns.length).collect(Collectors.joining(" | ")))
                .append(" |\n");
    }

    void row(String... cells) {
        text.append("| ")
                .append(Arrays.stream(cells).map(MarkdownTable::cell).collect(Collectors.joining(" | ")))
                .append(" |\n");
    }

    private static String cell(String text) {
        return text.replaceAll("\\R", " ").replaceAll("([\\\\`*_\\[\\]<>|#&])", "\\\\$1");
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
