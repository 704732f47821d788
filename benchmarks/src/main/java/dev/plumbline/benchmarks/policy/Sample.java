package dev.plumbline.benchmarks.policy;

import java.util.Arrays;
import java.util.stream.LongStream;

/**
 * What one round gave.
 *
 * @param rate decisions a second
 * @param median of the times of a call, in milliseconds
 * @param slow the time that one call in a hundred takes longer than, in milliseconds
 * @param processor microseconds of processor time a decision, of this process and the engine's
 */
record Sample(double rate, double median, double slow, double processor) {
    /** A round of calls that decide so many each, in these nanoseconds. */
    static Sample of(int decisions, long[] times, long processor) {
        long[] sorted = times.clone();
        Arrays.sort(sorted);
        double decided = (double) decisions * times.length;
        return new Sample(
                decided / (LongStream.of(sorted).sum() / 1e9),
                sorted[sorted.length / 2] / 1e6,
                sorted[(int) (sorted.length * 0.99)] / 1e6,
                processor / 1e3 / decided);
    }
}
