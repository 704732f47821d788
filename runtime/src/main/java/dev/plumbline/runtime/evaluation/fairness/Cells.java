package dev.plumbline.runtime.evaluation.fairness;

import dev.plumbline.runtime.evaluation.Grouping;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Rows by the values of one or two columns; every combination of their groups is there, even one without a row. */
final class Cells {
    private Cells() {}

    static List<Cell> of(Binary binary, List<Grouping> by) {
        Map<List<String>, List<Integer>> members = new LinkedHashMap<>();
        combinations(by).forEach(values -> members.put(values, new ArrayList<>()));
        for (int row = 0; row < binary.actual().length; row++) {
            int at = row;
            List<String> values = by.stream().map(each -> each.name(at)).toList();
            members.computeIfAbsent(values, each -> new ArrayList<>()).add(row);
        }
        List<Cell> cells = new ArrayList<>();
        members.forEach((values, indices) -> {
            int[] rows = indices.stream().mapToInt(Integer::intValue).toArray();
            cells.add(new Cell(values, rows, binary.tally(rows)));
        });
        return cells;
    }

    private static List<List<String>> combinations(List<Grouping> by) {
        List<List<String>> all = List.of(List.of());
        for (Grouping grouping : by) {
            List<List<String>> longer = new ArrayList<>();
            for (List<String> before : all) {
                for (String name : grouping.names()) {
                    List<String> values = new ArrayList<>(before);
                    values.add(name);
                    longer.add(List.copyOf(values));
                }
            }
            all = longer;
        }
        return all;
    }
}
