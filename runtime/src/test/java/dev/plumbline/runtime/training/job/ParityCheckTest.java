package dev.plumbline.runtime.training.job;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.runtime.TrainingOutcome.Parity;
import dev.plumbline.runtime.onnx.Predictions;
import java.util.List;
import org.junit.jupiter.api.Test;

class ParityCheckTest {
    @Test
    void holdsWithinTheTolerance() {
        Parity parity = classes(new double[] {0.3, 0.7}, "no", 0.300005f, 0.699995f);

        assertThat(parity.holds()).isFalse();
        assertThat(parity.labelsDiffering()).isOne();
        assertThat(classes(new double[] {0.3, 0.7}, "yes", 0.300005f, 0.699995f).holds())
                .isTrue();
    }

    @Test
    void forgivesAnotherLabelWhereTheBestScoresAreClose() {
        assertThat(classes(new double[] {0.500002, 0.499998}, "yes", 0.499998f, 0.500002f)
                        .holds())
                .isTrue();
    }

    @Test
    void breaksOnADistantOrUndefinedProbability() {
        assertThat(classes(new double[] {0.3, 0.7}, "yes", 0.30002f, 0.69998f).holds())
                .isFalse();
        assertThat(classes(new double[] {0.3, 0.7}, "yes", Float.NaN, 0.7f).largestDifference())
                .isInfinite();
    }

    @Test
    void measuresNumbersByTheirSizeOrTheLabelsDeviation() {
        assertThat(value(1e6, 1e6f + 5, 1).holds()).isTrue();
        assertThat(value(1e6, 1e6f + 50, 1).holds()).isFalse();
        assertThat(value(0, 0.005f, 1000).holds()).isTrue();
        assertThat(value(0, 0.005f, 1).holds()).isFalse();
    }

    private static Parity classes(double[] original, String label, float... exported) {
        var answers = new Predictions.Classes(List.of("no", "yes"), new String[] {label}, exported);
        return ParityCheck.compare(new double[][] {original}, answers, 0);
    }

    private static Parity value(double original, float exported, double deviation) {
        return ParityCheck.compare(
                new double[][] {{original}}, new Predictions.Values(new float[] {exported}), deviation);
    }
}
