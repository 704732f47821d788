package dev.plumbline.schemas.card;

import dev.plumbline.schemas.problem.Position;
import java.util.List;

/**
 * What stands below one heading of the second level, deeper headings included. Immutable.
 *
 * @param paragraphs what it says; comments and empty cells say nothing
 * @param position of the heading
 */
public record CardSection(String title, List<CardParagraph> paragraphs, List<CardTable> tables, Position position) {
    public CardSection {
        paragraphs = List.copyOf(paragraphs);
        tables = List.copyOf(tables);
    }
}
