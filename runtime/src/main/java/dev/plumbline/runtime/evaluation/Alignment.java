package dev.plumbline.runtime.evaluation;

import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;

/** Two models' predictions over the same classes: a class that a model does not know has probability 0. */
record Alignment(Predictions candidate, Predictions serving) {
    /**
     * Both over the classes of either and of the truth.
     *
     * @throws IllegalArgumentException when one predicts classes and the other numbers
     */
    static Alignment of(Truth truth, Predictions candidate, Predictions serving) {
        if (truth instanceof Truth.Labels labels
                && candidate instanceof Predictions.Probabilities one
                && serving instanceof Predictions.Probabilities other) {
            TreeSet<String> classes = new TreeSet<>(one.classes());
            classes.addAll(other.classes());
            classes.addAll(Arrays.asList(labels.values()));
            labels.positive().ifPresent(classes::add);
            List<String> all = List.copyOf(classes);
            return new Alignment(over(all, one), over(all, other));
        }
        return new Alignment(candidate, serving);
    }

    private static Predictions over(List<String> classes, Predictions.Probabilities predictions) {
        int[] sources =
                classes.stream().mapToInt(predictions.classes()::indexOf).toArray();
        double[][] values = Arrays.stream(predictions.values())
                .map(row -> Arrays.stream(sources)
                        .mapToDouble(source -> source < 0 ? 0 : row[source])
                        .toArray())
                .toArray(double[][]::new);
        return new Predictions.Probabilities(classes, values);
    }
}
