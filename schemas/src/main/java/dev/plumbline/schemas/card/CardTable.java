package dev.plumbline.schemas.card;

import java.util.List;

/**
 * A table of a card as plain text. Immutable.
 *
 * @param rows each with one cell a column
 */
public record CardTable(List<String> columns, List<List<String>> rows) {
    public CardTable {
        columns = List.copyOf(columns);
        rows = rows.stream().map(List::copyOf).toList();
    }
}
