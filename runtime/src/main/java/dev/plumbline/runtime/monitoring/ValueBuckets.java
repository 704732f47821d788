package dev.plumbline.runtime.monitoring;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A fixed scale for predicted numbers: bounds 1, 2 and 5 in each power of ten from a millionth to 10^12, on both sides
 * of zero. The same for every model, so counts of several processes and versions can be added and compared.
 */
final class ValueBuckets {
    private static final double[] BOUNDS = bounds();
    private static final List<String> NAMES = names();

    private ValueBuckets() {}

    /** The bucket's number; each holds its lower bound. */
    static int of(double value) {
        int found = Arrays.binarySearch(BOUNDS, value);
        return found >= 0 ? found + 1 : -found - 1;
    }

    /** What each bucket is called, in rising order. */
    static List<String> all() {
        return NAMES;
    }

    private static double[] bounds() {
        List<Double> positive = new ArrayList<>();
        for (int exponent = -6; exponent <= 12; exponent++) {
            for (int step : new int[] {1, 2, 5}) {
                positive.add(Double.parseDouble(step + "e" + exponent));
            }
        }
        double[] bounds = new double[2 * positive.size() + 1];
        for (int index = 0; index < positive.size(); index++) {
            bounds[positive.size() + 1 + index] = positive.get(index);
            bounds[positive.size() - 1 - index] = -positive.get(index);
        }
        return bounds;
    }

    private static List<String> names() {
        List<String> names = new ArrayList<>();
        names.add("< " + text(BOUNDS[0]));
        for (int index = 0; index + 1 < BOUNDS.length; index++) {
            names.add(text(BOUNDS[index]) + " to " + text(BOUNDS[index + 1]));
        }
        names.add(">= " + text(BOUNDS[BOUNDS.length - 1]));
        return List.copyOf(names);
    }

    private static String text(double bound) {
        return bound == (long) bound && Math.abs(bound) < 1e7 ? Long.toString((long) bound) : Double.toString(bound);
    }
}
