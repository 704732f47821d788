package dev.plumbline.runtime.evaluation;

import dev.plumbline.schemas.model.Metric;
import java.util.Arrays;
import java.util.Map;

/** The metrics of fixed predictions, each row counted as often as a weight says. Thread-safe. */
interface Measures {
    /** How many rows. */
    int rows();

    /** The metrics that are defined with these weights, one a row. */
    Map<Metric, Double> of(int[] weights);

    /** The metrics that are defined when every row counts once. */
    default Map<Metric, Double> ofAll() {
        int[] ones = new int[rows()];
        Arrays.fill(ones, 1);
        return of(ones);
    }

    /**
     * The metrics of these predictions.
     *
     * @throws IllegalArgumentException when truth and predictions are of different kinds or lengths
     */
    static Measures of(Truth truth, Predictions predictions) {
        if (truth.rows() != predictions.rows()) {
            throw new IllegalArgumentException(
                    truth.rows() + " true values for " + predictions.rows() + " predictions");
        }
        return switch (truth) {
            case Truth.Labels labels
            when predictions instanceof Predictions.Probabilities probabilities ->
                new ClassificationMetrics(labels, probabilities);
            case Truth.Numbers numbers
            when predictions instanceof Predictions.Values values ->
                new RegressionMetrics(numbers.values(), values.values());
            case Truth.Labels labels -> throw new IllegalArgumentException("classes need probabilities");
            case Truth.Numbers numbers -> throw new IllegalArgumentException("numbers need predicted numbers");
        };
    }
}
