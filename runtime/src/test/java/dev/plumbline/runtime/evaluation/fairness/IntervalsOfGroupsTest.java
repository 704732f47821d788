package dev.plumbline.runtime.evaluation.fairness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.plumbline.runtime.Fairness.Difference;
import dev.plumbline.runtime.Fairness.Gap;
import dev.plumbline.runtime.MetricValue;
import dev.plumbline.runtime.evaluation.Intervals;
import dev.plumbline.runtime.evaluation.Intervals.Interval;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IntervalsOfGroupsTest {
    /** Newcombe 1998, Statistics in Medicine 17, 873–890, table II, method 10, as printed to four decimals. */
    @ParameterizedTest
    @CsvSource({
        "56, 70, 48, 80, 0.0524, 0.3339",
        "9, 10, 3, 10, 0.1705, 0.8090",
        "6, 7, 2, 7, 0.0582, 0.8062",
        "5, 56, 0, 29, -0.0381, 0.1926",
        "0, 10, 0, 20, -0.1611, 0.2775",
        "0, 10, 0, 10, -0.2775, 0.2775",
        "10, 10, 0, 20, 0.6791, 1.0000",
        "10, 10, 0, 10, 0.6075, 1.0000"
    })
    void differencesHaveTheIntervalsThatNewcombePublished(
            long part, long whole, long otherPart, long otherWhole, double low, double high) {
        Interval interval = new Proportion(part, whole).less(new Proportion(otherPart, otherWhole), Intervals.Z);

        assertThat(interval.low()).isCloseTo(low, within(5e-5));
        assertThat(interval.high()).isCloseTo(high, within(5e-5));
    }

    @ParameterizedTest
    @CsvSource({
        "0.975, 1.959963984540054",
        "0.5, 0",
        "0.25, -0.6744897501960817",
        "0.001, -3.090232306167813",
        "1e-10, -6.361340902404056",
        "1e-20, -9.262340089798408"
    })
    void quantilesAreThoseOfTheStandardNormal(double probability, double value) {
        assertThat(NormalQuantile.of(probability)).isCloseTo(value, within(1e-12));
    }

    @Test
    void twoGroupsHaveTheIntervalOfTheirDifference() {
        Difference gap = gap(Gap.DEMOGRAPHIC_PARITY_DIFFERENCE, selected(48, 80), selected(56, 70));

        Interval newcombe = new Proportion(56, 70).less(new Proportion(48, 80), Intervals.Z);
        assertThat(gap.low()).isEqualTo(newcombe.low());
        assertThat(gap.high()).isEqualTo(newcombe.high());
        assertThat(gap.lowest()).containsExactly("g0");
        assertThat(gap.highest()).containsExactly("g1");
    }

    @Test
    void aGroupWithoutAnyRowMayBeAsFarApartAsCanBe() {
        Difference difference =
                gap(Gap.DEMOGRAPHIC_PARITY_DIFFERENCE, selected(480, 800), selected(560, 700), selected(0, 0));
        Difference ratio = gap(Gap.DEMOGRAPHIC_PARITY_RATIO, selected(480, 800), selected(560, 700), selected(0, 0));

        assertThat(difference.value()).isCloseTo(0.2, within(1e-12));
        assertThat(difference.low()).isPositive();
        assertThat(difference.high()).isEqualTo(1);
        assertThat(ratio.low()).isZero();
    }

    @Test
    void aTinyGroupHidesNoGapBetweenLargeOnes() {
        Difference gap =
                gap(Gap.DEMOGRAPHIC_PARITY_DIFFERENCE, selected(300, 1000), selected(500, 1000), selected(2, 2));

        assertThat(gap.value()).isCloseTo(0.7, within(1e-12));
        assertThat(gap.low()).isGreaterThan(0.1);
    }

    @Test
    void noneSelectedInAGroupHasAnIntervalOfTheRatioToo() {
        Difference ratio = gap(Gap.DEMOGRAPHIC_PARITY_RATIO, selected(0, 10), selected(3, 10));

        assertThat(ratio.value()).isZero();
        assertThat(ratio.low()).isZero();
        assertThat(ratio.high()).isBetween(0.8, 1.0);
    }

    @Test
    void gapsThatAreUndefinedAreAbsent() {
        assertThat(new Gaps(cells(selected(3, 10))).all()).isEmpty();
        assertThat(new Gaps(cells(selected(0, 10), selected(0, 20))).all())
                .containsOnlyKeys(Gap.DEMOGRAPHIC_PARITY_DIFFERENCE);
    }

    /** All four groups are alike, so the gap is 0, and the largest of the six differences is chance. */
    @Test
    void equalGroupsAreSeldomFoundApart() {
        SplittableRandom random = new SplittableRandom(11);
        long apart = IntStream.range(0, 1_000)
                .filter(trial -> gap(Gap.DEMOGRAPHIC_PARITY_DIFFERENCE, drawn(random, 0.4, 0.4, 0.4, 0.4))
                                .low()
                        > 0)
                .count();
        assertThat(apart).isLessThan(60);
    }

    @Test
    void theIntervalHoldsTheGapOfUnequalGroups() {
        SplittableRandom random = new SplittableRandom(12);
        long held = IntStream.range(0, 1_000)
                .filter(trial -> {
                    Difference gap = gap(Gap.DEMOGRAPHIC_PARITY_DIFFERENCE, drawn(random, 0.3, 0.4, 0.35, 0.5));
                    return gap.low() <= 0.2 && gap.high() >= 0.2;
                })
                .count();
        assertThat(held).isGreaterThan(940);
    }

    @Test
    void theBootstrapOfCalibrationHoldsTheTruthAsOftenAsItSays() throws InterruptedException {
        SplittableRandom random = new SplittableRandom(13);
        int trials = 400;
        int held = 0;
        for (int trial = 0; trial < trials; trial++) {
            double[] excess = new double[150];
            for (int row = 0; row < excess.length; row++) {
                double probability = random.nextDouble();
                excess[row] = probability + 0.05 - (random.nextDouble() < probability ? 1 : 0);
            }
            MetricValue calibration = Cell.calibration(excess, random);
            held += calibration.low() <= 0.05 && calibration.high() >= 0.05 ? 1 : 0;
        }
        // 95 % less and plus three standard errors of 400 trials, and one hundredth that percentiles are short of.
        assertThat((double) held / trials).isBetween(0.907, 0.983);
    }

    private static Tally selected(long part, long whole) {
        return new Tally(0, part, 0, whole - part);
    }

    private static Tally[] drawn(SplittableRandom random, double... shares) {
        return IntStream.range(0, shares.length)
                .mapToObj(group -> selected(
                        IntStream.range(0, 200)
                                .filter(row -> random.nextDouble() < shares[group])
                                .count(),
                        200))
                .toArray(Tally[]::new);
    }

    private static Difference gap(Gap gap, Tally... groups) {
        return Objects.requireNonNull(new Gaps(cells(groups)).all().get(gap));
    }

    private static List<Cell> cells(Tally... groups) {
        return IntStream.range(0, groups.length)
                .mapToObj(group -> new Cell(List.of("g" + group), new int[0], groups[group]))
                .toList();
    }
}
