package dev.plumbline.runtime.evaluation.fairness;

import dev.plumbline.runtime.MetricValue;
import dev.plumbline.runtime.evaluation.Intervals;
import dev.plumbline.runtime.evaluation.Intervals.Interval;

/** So many of so many; undefined over none. */
record Proportion(long part, long whole) {
    boolean defined() {
        return whole > 0;
    }

    double value() {
        return (double) part / whole;
    }

    /** Of the rows of both. */
    Proportion and(Proportion other) {
        return new Proportion(part + other.part, whole + other.whole);
    }

    /** Of the value, as an estimate. */
    double variance() {
        return value() * (1 - value()) / whole;
    }

    /** With its 95 % interval of Wilson. */
    MetricValue measured() {
        Interval interval = Intervals.wilson(part, whole, Intervals.Z);
        return new MetricValue(value(), interval.low(), interval.high(), whole);
    }

    /**
     * The interval of this proportion less another independent one: hybrid of both Wilson intervals, method 10 of Newcombe
     * 1998, Statistics in Medicine 17, 873–890.
     *
     * @param z standard normal quantile of the level
     */
    Interval less(Proportion other, double z) {
        Interval mine = Intervals.wilson(part, whole, z);
        Interval its = Intervals.wilson(other.part, other.whole, z);
        double difference = value() - other.value();
        return new Interval(
                difference - Math.hypot(value() - mine.low(), its.high() - other.value()),
                difference + Math.hypot(mine.high() - value(), other.value() - its.low()));
    }

    /**
     * The interval of this proportion over another independent one, on the logarithmic scale with half a case added to each
     * count, so that none in a group has an interval too (Walter 1975, Biometrika 62, 371–374; recommended by Fagerland,
     * Lydersen and Laake 2015, Statistical Methods in Medical Research 24, 224–254).
     */
    Interval over(Proportion other, double z) {
        double centre = Math.log((part + 0.5) / (whole + 0.5)) - Math.log((other.part + 0.5) / (other.whole + 0.5));
        double spread = z * Math.sqrt(spread() + other.spread());
        return new Interval(Math.exp(centre - spread), Math.exp(centre + spread));
    }

    private double spread() {
        return 1 / (part + 0.5) - 1 / (whole + 0.5);
    }
}
