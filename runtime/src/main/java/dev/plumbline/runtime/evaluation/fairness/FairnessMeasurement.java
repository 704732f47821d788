package dev.plumbline.runtime.evaluation.fairness;

import dev.plumbline.runtime.Fairness;
import dev.plumbline.runtime.Fairness.Group;
import dev.plumbline.runtime.Fairness.Partition;
import dev.plumbline.runtime.Fairness.Reversal;
import dev.plumbline.runtime.evaluation.Grouping;
import dev.plumbline.runtime.evaluation.Predictions;
import dev.plumbline.runtime.evaluation.Truth;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.random.RandomGenerator;

/**
 * Measures how a classifier treats the groups of its sensitive columns, column by column and by pairs of columns. With more
 * than two classes each class is measured against the rest.
 */
public final class FairnessMeasurement {
    /** The pairs of groups, and the record that is kept, grow with the square of it. */
    static final int MOST_GROUPS = 100;

    /** Each class is measured as the others are. */
    static final int MOST_CLASSES = 10;

    private static final String NUMBERS =
            "A model that predicts a number selects nobody, so rates by group do not apply; its errors by group do.";

    private final Function<String, RandomGenerator> randomness;

    private FairnessMeasurement(Function<String, RandomGenerator> randomness) {
        this.randomness = randomness;
    }

    /**
     * Measures; empty where no column is sensitive.
     *
     * @param sensitive the groups of the same rows, in the same order
     * @param randomness gives the generator for one purpose
     * @throws IllegalArgumentException when truth and predictions do not fit together
     */
    public static Optional<Fairness> of(
            Truth truth,
            Predictions predictions,
            List<Grouping> sensitive,
            Function<String, RandomGenerator> randomness)
            throws InterruptedException {
        if (sensitive.isEmpty()) {
            return Optional.empty();
        }
        List<String> attributes = sensitive.stream().map(Grouping::column).toList();
        if (truth instanceof Truth.Labels labels
                && predictions instanceof Predictions.Probabilities probabilities
                && labels.rows() == probabilities.rows()) {
            FairnessMeasurement measurement = new FairnessMeasurement(randomness);
            return Optional.of(new Fairness(
                    attributes, Optional.empty(), measurement.partitions(labels, probabilities, sensitive)));
        }
        if (truth instanceof Truth.Numbers && predictions instanceof Predictions.Values) {
            return Optional.of(new Fairness(attributes, Optional.of(NUMBERS), List.of()));
        }
        throw new IllegalArgumentException("truth and predictions are of different kinds or lengths");
    }

    private List<Partition> partitions(
            Truth.Labels truth, Predictions.Probabilities predictions, List<Grouping> sensitive)
            throws InterruptedException {
        List<String> events = truth.positive().map(List::of).orElseGet(predictions::classes);
        List<Partition> partitions = new ArrayList<>();
        for (String event : events) {
            Binary binary = Binary.of(event, truth, predictions);
            for (int one = 0; one < sensitive.size(); one++) {
                partitions.add(partition(binary, List.of(sensitive.get(one)), events.size()));
                for (int other = one + 1; other < sensitive.size(); other++) {
                    List<Grouping> pair = List.of(sensitive.get(one), sensitive.get(other));
                    partitions.add(partition(binary, pair, events.size()));
                }
            }
        }
        return partitions;
    }

    private Partition partition(Binary binary, List<Grouping> by, int events) throws InterruptedException {
        List<String> columns = by.stream().map(Grouping::column).toList();
        Optional<String> tooMany = tooMany(by, events);
        if (tooMany.isPresent()) {
            return new Partition(columns, binary.positive(), tooMany, List.of(), Map.of(), List.of());
        }
        List<Cell> cells = Cells.of(binary, by);
        RandomGenerator random = randomness.apply(binary.positive() + " " + String.join(" ", columns));
        List<Group> groups = new ArrayList<>();
        for (Cell cell : cells) {
            groups.add(cell.measured(binary, random));
        }
        List<Reversal> reversals = by.size() == 2 ? new Reversals(columns, cells).all() : List.of();
        return new Partition(columns, binary.positive(), Optional.empty(), groups, new Gaps(cells).all(), reversals);
    }

    private static Optional<String> tooMany(List<Grouping> by, int events) {
        long groups = by.stream().mapToLong(each -> each.names().size()).reduce(1, (one, other) -> one * other);
        if (groups > MOST_GROUPS) {
            return Optional.of("There are " + groups + " groups; up to " + MOST_GROUPS + " are compared.");
        }
        return events > MOST_CLASSES
                ? Optional.of("There are " + events + " classes; up to " + MOST_CLASSES + " are compared.")
                : Optional.empty();
    }
}
