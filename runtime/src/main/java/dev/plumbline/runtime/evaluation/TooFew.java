package dev.plumbline.runtime.evaluation;

import dev.plumbline.runtime.Comparisons;
import dev.plumbline.runtime.data.Table;
import dev.plumbline.schemas.model.Task;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Why so few rows cannot decide between two models. */
final class TooFew {
    private TooFew() {}

    static Optional<String> rows(Comparisons.Request request, Table unseen) {
        if (unseen.rows() < PairedComparison.MINIMUM_ROWS) {
            return Optional.of("Only " + unseen.rows() + " held-out rows are new to both versions; at least "
                    + PairedComparison.MINIMUM_ROWS + " are needed.");
        }
        return request.task() == Task.REGRESSION
                ? Optional.empty()
                : classes(unseen, request.dataset().label());
    }

    private static Optional<String> classes(Table unseen, String label) {
        Map<String, Long> counts = Arrays.stream(unseen.texts(label))
                .map(String::valueOf)
                .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
        long enough = counts.values().stream()
                .filter(count -> count >= PairedComparison.MINIMUM_OF_CLASS)
                .count();
        return enough >= 2
                ? Optional.empty()
                : Optional.of(
                        "Among the " + unseen.rows() + " held-out rows that are new to both versions, fewer than two"
                                + " classes have " + PairedComparison.MINIMUM_OF_CLASS + " rows.");
    }
}
