package dev.plumbline.runtime.training.job;

import dev.plumbline.runtime.TrainingOutcome.Parity;
import dev.plumbline.runtime.onnx.Predictions;

/**
 * Compares what the exported graph answers with what the fitted model answers. Labels are equal unless the two best
 * scores lie within {@link #TOLERANCE}; probabilities within it; numbers within it of the larger of their size and the
 * label's standard deviation.
 */
final class ParityCheck {
    static final double TOLERANCE = 1e-5;

    private ParityCheck() {}

    /**
     * Compares row by row.
     *
     * @param original a probability per class, or one number, of each row
     * @param deviation the label's standard deviation; for regression
     */
    static Parity compare(double[][] original, Predictions exported, double deviation) {
        return switch (exported) {
            case Predictions.Classes classes -> classes(original, classes);
            case Predictions.Values values -> values(original, values, deviation);
        };
    }

    private static Parity classes(double[][] original, Predictions.Classes exported) {
        long differing = 0;
        double largest = 0;
        for (int row = 0; row < original.length; row++) {
            double[] expected = original[row];
            for (int index = 0; index < expected.length; index++) {
                largest = worse(largest, Math.abs(expected[index] - exported.probability(row, index)));
            }
            int best = best(expected, -1);
            boolean close = expected.length > 1 && expected[best] - expected[best(expected, best)] <= TOLERANCE;
            if (!close && !exported.classes().get(best).equals(exported.labels()[row])) {
                differing++;
            }
        }
        return new Parity(original.length, differing, largest, differing == 0 && largest <= TOLERANCE);
    }

    private static Parity values(double[][] original, Predictions.Values exported, double deviation) {
        double largest = 0;
        for (int row = 0; row < original.length; row++) {
            double expected = original[row][0];
            double size = Math.max(Math.abs(expected), deviation);
            largest = worse(largest, Math.abs(expected - exported.values()[row]) / size);
        }
        return new Parity(original.length, 0, largest, largest <= TOLERANCE);
    }

    /** NaN is worse than any difference. */
    private static double worse(double largest, double difference) {
        return Double.isNaN(difference) ? Double.POSITIVE_INFINITY : Math.max(largest, difference);
    }

    private static int best(double[] scores, int except) {
        int best = -1;
        for (int index = 0; index < scores.length; index++) {
            if (index != except && (best < 0 || scores[index] > scores[best])) {
                best = index;
            }
        }
        return best;
    }
}
