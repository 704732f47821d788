package dev.plumbline.runtime.evaluation;

import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * The rows of one score, highest first, sorted once so that each resample only walks along.
 *
 * <p>Area under the ROC curve: the share of pairs of a positive and a negative row where the positive one scores higher,
 * ties counting half (the Mann–Whitney form). Average precision: precision summed over the steps of recall, ties as one
 * step, as scikit-learn's {@code average_precision_score}.
 */
final class Ranking {
    private final int[] order;
    private final boolean[] positive;
    private final boolean[] lastOfTie;

    Ranking(double[] scores, boolean[] positives) {
        this.order = IntStream.range(0, scores.length)
                .boxed()
                .sorted(Comparator.comparingDouble((Integer row) -> scores[row]).reversed())
                .mapToInt(Integer::intValue)
                .toArray();
        this.positive = new boolean[order.length];
        this.lastOfTie = new boolean[order.length];
        for (int i = 0; i < order.length; i++) {
            positive[i] = positives[order[i]];
            lastOfTie[i] = i == order.length - 1 || scores[order[i]] != scores[order[i + 1]];
        }
    }

    /** Both areas with these weights. */
    Areas areas(int[] weights) {
        double positives = 0;
        double negatives = 0;
        double beforeTie = 0;
        double falseBeforeTie = 0;
        double pairs = 0;
        double precisionSteps = 0;
        for (int i = 0; i < order.length; i++) {
            int weight = weights[order[i]];
            if (positive[i]) {
                positives += weight;
            } else {
                negatives += weight;
            }
            if (lastOfTie[i]) {
                double found = positives - beforeTie;
                pairs += (negatives - falseBeforeTie) * (beforeTie + found / 2);
                precisionSteps += found > 0 ? found * positives / (positives + negatives) : 0;
                beforeTie = positives;
                falseBeforeTie = negatives;
            }
        }
        return new Areas(
                positives > 0 && negatives > 0 ? pairs / (positives * negatives) : Double.NaN,
                positives > 0 ? precisionSteps / positives : Double.NaN);
    }

    /**
     * Areas under two curves, {@code NaN} where undefined.
     *
     * @param roc needs a positive and a negative row
     * @param precisionRecall needs a positive row
     */
    record Areas(double roc, double precisionRecall) {}
}
