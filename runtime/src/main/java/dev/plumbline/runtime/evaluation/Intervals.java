package dev.plumbline.runtime.evaluation;

import java.util.Arrays;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/**
 * 95 % intervals. For a proportion, Wilson's score interval (Wilson 1927). For the rest, the percentile bootstrap (Efron
 * 1979): rows are drawn with replacement, as many as there are, and the interval spans the middle 95 % of the values; a
 * resample on which the metric is undefined is left out.
 */
public final class Intervals {
    /** The 97.5 % quantile of the standard normal distribution. */
    public static final double Z = 1.959963984540054;

    private static final int RESAMPLES = 1_000;
    private static final int FEWEST_RESAMPLES = 200;
    private static final long DRAWS = 50_000_000;

    private Intervals() {}

    /**
     * Wilson's interval for this many successes in so many trials, of which there is at least one.
     *
     * @param z the standard normal quantile of the level, such as {@link #Z} for 95 %
     */
    public static Interval wilson(long successes, long trials, double z) {
        double share = (double) successes / trials;
        double z2 = z * z;
        double centre = share + z2 / (2 * trials);
        double spread = z * Math.sqrt(share * (1 - share) / trials + z2 / (4.0 * trials * trials));
        double scale = 1 + z2 / trials;
        return new Interval(Math.max(0, (centre - spread) / scale), Math.min(1, (centre + spread) / scale));
    }

    /** 1,000 resamples; fewer, but at least 200, where that would be more than 50 million draws. */
    public static int resamples(int rows) {
        return Math.clamp(DRAWS / Math.max(1, rows), FEWEST_RESAMPLES, RESAMPLES);
    }

    /**
     * Draws resamples of rows.
     *
     * @param each told how often every row was drawn; the array is used again for the next one
     * @throws InterruptedException when the thread is interrupted between two resamples
     */
    public static void bootstrap(int rows, RandomGenerator random, Consumer<int[]> each) throws InterruptedException {
        int[] weights = new int[rows];
        for (int resample = resamples(rows); resample > 0; resample--) {
            if (Thread.interrupted()) {
                throw new InterruptedException("interrupted while measuring");
            }
            Arrays.fill(weights, 0);
            for (int draw = 0; draw < rows; draw++) {
                // The upper half of a product draws evenly below the bound, up to 2^-32 of the number of rows.
                weights[(int) (((random.nextInt() & 0xFFFFFFFFL) * rows) >>> 32)]++;
            }
            each.accept(weights);
        }
    }

    /** The middle 95 % of at least one value, quantiles interpolated linearly. */
    public static Interval middle(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return new Interval(quantile(sorted, 0.025), quantile(sorted, 0.975));
    }

    private static double quantile(double[] sorted, double share) {
        double place = share * (sorted.length - 1);
        int below = (int) place;
        int above = Math.min(below + 1, sorted.length - 1);
        return sorted[below] + (place - below) * (sorted[above] - sorted[below]);
    }

    /** Both ends of an interval. */
    public record Interval(double low, double high) {}
}
