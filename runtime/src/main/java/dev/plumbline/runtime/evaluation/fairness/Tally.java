package dev.plumbline.runtime.evaluation.fairness;

import dev.plumbline.runtime.Fairness.Counts;
import dev.plumbline.runtime.Fairness.Rate;

/** Rows by what they are and what they are predicted to be. */
record Tally(long truePositives, long falsePositives, long falseNegatives, long trueNegatives) {
    long rows() {
        return truePositives + falsePositives + falseNegatives + trueNegatives;
    }

    Counts counts() {
        return new Counts(truePositives, falsePositives, falseNegatives, trueNegatives);
    }

    /**
     * A rate as a proportion.
     *
     * @throws IllegalArgumentException for calibration, which is none
     */
    Proportion of(Rate rate) {
        return switch (rate) {
            case BASE -> new Proportion(truePositives + falseNegatives, rows());
            case SELECTION -> new Proportion(truePositives + falsePositives, rows());
            case TRUE_POSITIVE -> new Proportion(truePositives, truePositives + falseNegatives);
            case FALSE_POSITIVE -> new Proportion(falsePositives, falsePositives + trueNegatives);
            case POSITIVE_PREDICTIVE_VALUE -> new Proportion(truePositives, truePositives + falsePositives);
            case CALIBRATION -> throw new IllegalArgumentException("calibration is no proportion");
        };
    }
}
