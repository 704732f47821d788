package dev.plumbline.schemas.card;

import dev.plumbline.schemas.problem.Position;
import dev.plumbline.schemas.yaml.YamlProblem;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.commonmark.ext.gfm.tables.TableBlock;
import org.commonmark.ext.gfm.tables.TableCell;
import org.commonmark.ext.gfm.tables.TableHead;
import org.commonmark.ext.gfm.tables.TableRow;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.node.Block;
import org.commonmark.node.Document;
import org.commonmark.node.Heading;
import org.commonmark.node.Node;
import org.commonmark.node.SourceSpan;
import org.commonmark.parser.IncludeSourceSpans;
import org.commonmark.parser.Parser;
import org.jspecify.annotations.Nullable;

/**
 * Reads the text of a card into sections. The tree is walked without recursion, and what the parser could not parse without
 * is refused before, so that no text exhausts the stack. Not thread-safe.
 */
final class CardMarkdown {
    private static final int DEEPEST = 64;

    private static final int MOST_MARKS = 2000;

    static final Parser PARSER = Parser.builder()
            .extensions(List.of(TablesExtension.create()))
            .includeSourceSpans(IncludeSourceSpans.BLOCKS)
            .maxOpenBlockParsers(DEEPEST)
            .build();

    private final int firstLine;
    private final List<CardParagraph> introduction = new ArrayList<>();
    private final List<CardSection> sections = new ArrayList<>();
    private final List<YamlProblem> problems = new ArrayList<>();
    private @Nullable OpenSection open;
    private @Nullable OpenTable table;
    private StringBuilder text = new StringBuilder();

    private CardMarkdown(int firstLine) {
        this.firstLine = firstLine;
    }

    private record OpenSection(String title, Position position, List<CardParagraph> said, List<CardTable> tables) {}

    private record OpenTable(List<String> columns, List<List<String>> rows) {}

    static CardMarkdown read(String body, int firstLine) {
        CardMarkdown markdown = new CardMarkdown(firstLine);
        Optional<Integer> crowded = crowded(body);
        if (crowded.isPresent()) {
            markdown.refuse(
                    new Position(firstLine + crowded.get() + 1, 1),
                    "here is a paragraph or table with more than " + MOST_MARKS + " of the signs * _ [",
                    "divide it with empty lines");
            return markdown;
        }
        markdown.walk(PARSER.parse(body));
        markdown.close();
        return markdown;
    }

    /** The line from 0 of a block with more marks than may lie in each other: the parser goes into each by a call. */
    private static Optional<Integer> crowded(String body) {
        int line = 0;
        int marks = 0;
        boolean blank = true;
        for (int at = 0; at < body.length(); at++) {
            char c = body.charAt(at);
            if (c == '\n') {
                marks = blank ? 0 : marks;
                blank = true;
                line++;
            } else if (c != ' ' && c != '\t' && c != '\r') {
                blank = false;
                marks += c == '*' || c == '_' || c == '[' ? 1 : 0;
            }
            if (marks > MOST_MARKS) {
                return Optional.of(line);
            }
        }
        return Optional.empty();
    }

    List<CardParagraph> introduction() {
        return introduction;
    }

    List<CardSection> sections() {
        return sections;
    }

    List<YamlProblem> problems() {
        return problems;
    }

    private void walk(Node document) {
        Node node = document;
        int depth = 0;
        while (node != null) {
            enter(node);
            if (node.getFirstChild() != null && depth < DEEPEST) {
                node = node.getFirstChild();
                depth++;
                continue;
            }
            if (depth == DEEPEST && node.getFirstChild() != null) {
                refuse(
                        position(node),
                        "lists, quotes or marks lie more than " + DEEPEST + " deep in each other here",
                        "write it flatter");
            }
            while (node != null && node.getNext() == null) {
                leave(node);
                node = node.getParent();
                depth--;
            }
            if (node != null) {
                leave(node);
                node = node.getNext();
            }
        }
    }

    private void refuse(Position position, String message, String hint) {
        if (problems.isEmpty()) {
            problems.add(new YamlProblem(position, "", "nested-too-deep", message, Optional.of(hint)));
        }
    }

    private void enter(Node node) {
        switch (node) {
            case TableBlock ignored -> table = new OpenTable(new ArrayList<>(), new ArrayList<>());
            case TableRow ignored when table != null -> table.rows().add(new ArrayList<>());
            case TableCell ignored -> text = new StringBuilder();
            case Block block -> text = new StringBuilder(CardWords.of(block));
            default -> text.append(CardWords.of(node));
        }
    }

    private void leave(Node node) {
        String said = text.toString().strip();
        switch (node) {
            case Heading heading -> {
                if (heading.getParent() instanceof Document && heading.getLevel() <= 2) {
                    close();
                    if (heading.getLevel() == 2) {
                        open = new OpenSection(said, position(heading), new ArrayList<>(), new ArrayList<>());
                    }
                }
                text = new StringBuilder();
            }
            case TableCell cell -> cell(cell, said);
            case TableBlock ignored -> endTable();
            case Block block -> say(block, said);
            default -> {}
        }
    }

    private void cell(TableCell cell, String said) {
        if (table != null) {
            (cell.getParent() != null && cell.getParent().getParent() instanceof TableHead
                            ? table.columns()
                            : table.rows().getLast())
                    .add(said);
        }
        say(cell, said);
    }

    private void endTable() {
        if (table != null && open != null) {
            List<List<String>> rows = table.rows().subList(1, table.rows().size());
            open.tables().add(new CardTable(table.columns(), rows));
        }
        table = null;
    }

    private void say(Node node, String said) {
        text = new StringBuilder();
        if (!said.isEmpty()) {
            (open == null ? introduction : open.said()).add(new CardParagraph(said, position(node)));
        }
    }

    private void close() {
        if (open != null) {
            sections.add(new CardSection(open.title(), open.said(), open.tables(), open.position()));
            open = null;
        }
    }

    /** Where the node begins, or what holds it, where it has no place of its own. */
    private Position position(Node node) {
        Node placed = node;
        while (placed.getSourceSpans().isEmpty() && placed.getParent() != null) {
            placed = placed.getParent();
        }
        List<SourceSpan> spans = placed.getSourceSpans();
        return spans.isEmpty()
                ? new Position(firstLine + 1, 1)
                : new Position(
                        firstLine + spans.getFirst().getLineIndex() + 1,
                        spans.getFirst().getColumnIndex() + 1);
    }
}
