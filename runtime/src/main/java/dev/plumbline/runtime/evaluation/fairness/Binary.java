package dev.plumbline.runtime.evaluation.fairness;

import dev.plumbline.runtime.evaluation.Predictions;
import dev.plumbline.runtime.evaluation.Truth;
import java.util.Arrays;

/**
 * Predictions of one class against all others. A row is selected when the class is its most probable one, the first on a tie.
 * Immutable as long as the arrays are left unchanged.
 *
 * @param actual whether the row is of the class
 * @param selected whether it is predicted to be
 * @param score the predicted probability that it is
 */
@SuppressWarnings("ArrayRecordComponent") // compared by nobody
record Binary(String positive, boolean[] actual, boolean[] selected, double[] score) {
    /**
     * This class against the rest.
     *
     * @throws IllegalArgumentException when the model does not know the class
     */
    static Binary of(String positive, Truth.Labels truth, Predictions.Probabilities predictions) {
        int index = predictions.classes().indexOf(positive);
        if (index < 0) {
            throw new IllegalArgumentException(
                    "class " + positive + " is not one of the model's classes " + predictions.classes());
        }
        int rows = predictions.rows();
        boolean[] actual = new boolean[rows];
        boolean[] selected = new boolean[rows];
        double[] score = new double[rows];
        for (int row = 0; row < rows; row++) {
            actual[row] = truth.values()[row].equals(positive);
            selected[row] = predictions.mostProbable(row) == index;
            score[row] = predictions.values()[row][index];
        }
        return new Binary(positive, actual, selected, score);
    }

    /** The counts of these rows. */
    Tally tally(int[] rows) {
        long[] cells = new long[4];
        for (int row : rows) {
            cells[(actual[row] ? 2 : 0) + (selected[row] ? 1 : 0)]++;
        }
        return new Tally(cells[3], cells[1], cells[2], cells[0]);
    }

    /** How much the predicted probability is above what happened, by row. */
    double[] excess(int[] rows) {
        return Arrays.stream(rows)
                .mapToDouble(row -> score[row] - (actual[row] ? 1 : 0))
                .toArray();
    }
}
