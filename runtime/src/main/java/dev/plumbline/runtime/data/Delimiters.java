package dev.plumbline.runtime.data;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** What a CSV file is cut at, told from its first line: the usual delimiter that cuts it most often, a comma by default. */
final class Delimiters {
    private static final List<String> USUAL = List.of(",", ";", "\t", "|");

    private Delimiters() {}

    static String of(Engine engine) throws SQLException {
        List<Cut> cuts = new ArrayList<>();
        for (String delimiter : USUAL) {
            cuts.add(new Cut(delimiter, FirstLine.of(engine, delimiter).size()));
        }
        return cuts.stream()
                .max(Comparator.comparingInt(Cut::pieces)
                        .thenComparing(Comparator.comparingInt((Cut cut) -> USUAL.indexOf(cut.delimiter()))
                                .reversed()))
                .map(Cut::delimiter)
                .orElse(",");
    }

    private record Cut(String delimiter, int pieces) {}
}
