package dev.plumbline.reconciler.cli.text;

import java.util.ArrayList;
import java.util.List;

/** Rows in columns that are as wide as they need to be. */
public final class TableText {
    private static final String GAP = "  ";

    private final List<List<String>> rows = new ArrayList<>();

    /** A table with these headings. */
    public TableText(String... header) {
        rows.add(List.of(header));
    }

    /** Adds a row. */
    public TableText row(String... cells) {
        rows.add(List.of(cells).stream().map(TableText::printable).toList());
        return this;
    }

    /** Whether it has no rows. */
    public boolean isEmpty() {
        return rows.size() == 1;
    }

    /** What others wrote must not write on the screen. */
    public static String printable(String text) {
        return text.replaceAll("\\p{Cntrl}", " ");
    }

    @Override
    public String toString() {
        int columns = rows.getFirst().size();
        int[] widths = new int[columns];
        for (List<String> row : rows) {
            for (int column = 0; column < columns; column++) {
                widths[column] = Math.max(widths[column], width(row.get(column)));
            }
        }
        StringBuilder text = new StringBuilder();
        for (List<String> row : rows) {
            StringBuilder line = new StringBuilder();
            for (int column = 0; column < columns; column++) {
                String cell = row.get(column);
                line.append(cell)
                        .append(" ".repeat(widths[column] - width(cell)))
                        .append(GAP);
            }
            text.append(line.toString().stripTrailing()).append('\n');
        }
        return text.toString();
    }

    private static int width(String cell) {
        return cell.codePointCount(0, cell.length());
    }
}
