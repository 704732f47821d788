package dev.plumbline.runtime.evaluation.fairness;

import dev.plumbline.runtime.Fairness.Group;
import dev.plumbline.runtime.Fairness.Rate;
import dev.plumbline.runtime.MetricValue;
import dev.plumbline.runtime.evaluation.Intervals;
import dev.plumbline.runtime.evaluation.Intervals.Interval;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/**
 * One group: the rows where the columns have these values.
 *
 * @param rows indices into the held-out rows
 */
@SuppressWarnings("ArrayRecordComponent") // compared by nobody
record Cell(List<String> values, int[] rows, Tally tally) {
    Proportion of(Rate rate) {
        return tally.of(rate);
    }

    /** What was measured of the group; the interval of its calibration is a bootstrap's. */
    Group measured(Binary predictions, RandomGenerator random) throws InterruptedException {
        Map<Rate, MetricValue> rates = new EnumMap<>(Rate.class);
        for (Rate rate : Rate.values()) {
            if (rate != Rate.CALIBRATION && of(rate).defined()) {
                rates.put(rate, of(rate).measured());
            }
        }
        if (rows.length > 0) {
            rates.put(Rate.CALIBRATION, calibration(predictions.excess(rows), random));
        }
        return new Group(values, rows.length, tally.counts(), rates);
    }

    /** The mean of at least one value, with the interval that resampled means span. */
    static MetricValue calibration(double[] excess, RandomGenerator random) throws InterruptedException {
        double[] means = new double[Intervals.resamples(excess.length)];
        int[] drawn = {0};
        Intervals.bootstrap(excess.length, random, weights -> {
            double sum = 0;
            for (int row = 0; row < excess.length; row++) {
                sum += weights[row] * excess[row];
            }
            means[drawn[0]++] = sum / excess.length;
        });
        Interval interval = Intervals.middle(means);
        return new MetricValue(
                Arrays.stream(excess).average().orElseThrow(), interval.low(), interval.high(), excess.length);
    }
}
