package dev.plumbline.runtime.evaluation;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** How often each true class was predicted as each class. */
final class Confusion {
    private final int classes;
    private final long[] counts;

    /**
     * Counts rows.
     *
     * @param cells by row, true class times the number of classes plus predicted class
     */
    Confusion(int classes, int[] cells, int[] weights) {
        this.classes = classes;
        this.counts = new long[classes * classes];
        for (int row = 0; row < cells.length; row++) {
            counts[cells[row]] += weights[row];
        }
    }

    /** Rows that are of this class and were predicted to be. */
    long hits(int one) {
        return counts[one * classes + one];
    }

    /** Rows that were predicted to be of this class. */
    long predicted(int one) {
        long sum = 0;
        for (int truth = 0; truth < classes; truth++) {
            sum += counts[truth * classes + one];
        }
        return sum;
    }

    /** Rows that are of this class. */
    long actual(int one) {
        long sum = 0;
        for (int predicted = 0; predicted < classes; predicted++) {
            sum += counts[one * classes + predicted];
        }
        return sum;
    }

    long rows() {
        return Arrays.stream(counts).sum();
    }

    long correct() {
        long sum = 0;
        for (int one = 0; one < classes; one++) {
            sum += hits(one);
        }
        return sum;
    }

    /** {@code NaN} when the class was never predicted. */
    double precision(int one) {
        return share(hits(one), predicted(one));
    }

    /** {@code NaN} when no row is of the class. */
    double recall(int one) {
        return share(hits(one), actual(one));
    }

    /** {@code NaN} when no row is of the class and it was never predicted. */
    double f1(int one) {
        return share(2 * hits(one), predicted(one) + actual(one));
    }

    private static double share(long part, long whole) {
        return whole == 0 ? Double.NaN : (double) part / whole;
    }

    /** True classes as rows, predicted ones as columns. */
    List<List<Long>> matrix() {
        return IntStream.range(0, classes)
                .mapToObj(truth -> Arrays.stream(counts, truth * classes, (truth + 1) * classes)
                        .boxed()
                        .toList())
                .toList();
    }
}
