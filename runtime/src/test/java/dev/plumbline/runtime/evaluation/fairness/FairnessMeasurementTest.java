package dev.plumbline.runtime.evaluation.fairness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.plumbline.runtime.Evaluation;
import dev.plumbline.runtime.Fairness;
import dev.plumbline.runtime.Fairness.Counts;
import dev.plumbline.runtime.Fairness.Gap;
import dev.plumbline.runtime.Fairness.Group;
import dev.plumbline.runtime.Fairness.Partition;
import dev.plumbline.runtime.Fairness.Rate;
import dev.plumbline.runtime.Fairness.Reversal;
import dev.plumbline.runtime.evaluation.Grouping;
import dev.plumbline.runtime.evaluation.Predictions;
import dev.plumbline.runtime.evaluation.Truth;
import dev.plumbline.schemas.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FairnessMeasurementTest {
    private static final double[] SCORES = {0.9, 0.2, 0.8, 0.3, 0.7, 0.1};
    private static final boolean[] TRUTH = {true, true, false, false, true, false};
    private static final Map<String, List<String>> SEX = Map.of("sex", List.of("f", "f", "f", "m", "m", "m"));

    @Test
    void countsAndRatesAreThoseOfTheGroup() throws InterruptedException {
        Group women = Samples.partition(Samples.measure(TRUTH, SCORES, SEX), "sex")
                .groups()
                .getFirst();

        assertThat(women.values()).containsExactly("f");
        assertThat(women.counts()).isEqualTo(new Counts(1, 1, 1, 0));
        assertThat(women.rates().get(Rate.TRUE_POSITIVE)).isEqualTo(new Proportion(1, 2).measured());
        assertThat(Objects.requireNonNull(women.rates().get(Rate.CALIBRATION)).value())
                .isCloseTo((0.9 + 0.2 + 0.8) / 3 - 2.0 / 3, within(1e-12));
    }

    @Test
    void theSameRunGivesTheSameNumbersAndAnotherColumnChangesNone() throws InterruptedException {
        Map<String, List<String>> both = new LinkedHashMap<>(SEX);
        both.put("home", List.of("own", "rent", "own", "rent", "own", "rent"));

        Fairness alone = Samples.measure(TRUTH, SCORES, SEX);

        assertThat(Samples.measure(TRUTH, SCORES, SEX)).isEqualTo(alone);
        assertThat(Samples.partition(Samples.measure(TRUTH, SCORES, both), "sex"))
                .isEqualTo(Samples.partition(alone, "sex"));
    }

    @Test
    void aDeclaredGroupWithoutARowIsListed() throws InterruptedException {
        List<Grouping> groupings = Samples.groupings(SEX, Map.of("sex", List.of("f", "m", "x")));

        Partition partition = Samples.partition(measure(groupings, "yes"), "sex");

        Group nobody = partition.groups().getLast();
        assertThat(nobody.values()).containsExactly("x");
        assertThat(nobody.n()).isZero();
        assertThat(nobody.rates()).isEmpty();
        assertThat(Objects.requireNonNull(partition.gaps().get(Gap.EQUAL_OPPORTUNITY_DIFFERENCE))
                        .high())
                .isEqualTo(1);
    }

    @Test
    void eachOfManyClassesIsMeasuredAgainstTheRest() throws InterruptedException {
        List<Grouping> groupings = Samples.groupings(SEX, Map.of());

        assertThat(measure(groupings).partitions())
                .extracting(Partition::positive)
                .containsExactly("no", "yes");
    }

    @Test
    void aNumberIsNotApplicableAndSaysSo() throws InterruptedException {
        Fairness fairness = FairnessMeasurement.of(
                        new Truth.Numbers(new double[6]),
                        new Predictions.Values(new double[6]),
                        Samples.groupings(SEX, Map.of()),
                        new RunRandomness(Samples.RUN))
                .orElseThrow();

        assertThat(fairness.notApplicable()).isPresent();
        assertThat(fairness.attributes()).containsExactly("sex");
        assertThat(fairness.partitions()).isEmpty();
    }

    @Test
    void moreGroupsThanCanBeComparedAreNamedAndNotLeftOut() throws InterruptedException {
        int rows = 101;
        Partition partition = Samples.partition(
                Samples.measure(new boolean[rows], new double[rows], Map.of("zip", names(rows))), "zip");

        assertThat(partition.notMeasured()).hasValue("There are 101 groups; up to 100 are compared.");
        assertThat(partition.gaps()).isEmpty();
    }

    @Test
    void nothingSensitiveIsNothingMeasured() throws InterruptedException {
        assertThat(FairnessMeasurement.of(
                        new Truth.Numbers(new double[1]),
                        new Predictions.Values(new double[1]),
                        List.of(),
                        new RunRandomness(Samples.RUN)))
                .isEmpty();
    }

    @Test
    void refusesPredictionsThatDoNotFitTheTruth() {
        assertThatThrownBy(() -> FairnessMeasurement.of(
                        new Truth.Numbers(new double[6]),
                        new Predictions.Probabilities(List.of("no", "yes"), new double[6][2]),
                        Samples.groupings(SEX, Map.of()),
                        new RunRandomness(Samples.RUN)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    /**
     * Kidney stones by treatment and size (Charig et al. 1986, BMJ 292, 879–882), each patient ten times: B is ahead overall
     * and behind for small and for large stones.
     */
    @Test
    void aReversalIsFoundWithinTheStrata() throws InterruptedException {
        Partition pair = Samples.partition(stones(10), "treatment", "size");

        Reversal reversal = pair.reversals().stream()
                .filter(each -> each.rate() == Rate.SELECTION)
                .findFirst()
                .orElseThrow();
        assertThat(reversal.column()).isEqualTo("treatment");
        assertThat(reversal.groups()).containsExactly("A", "B");
        assertThat(reversal.within()).isEqualTo("size");
        assertThat(reversal.overall().value()).isCloseTo(273.0 / 350 - 289.0 / 350, within(1e-12));
        assertThat(reversal.stratified().low()).isPositive();
        assertThat(reversal.strata())
                .hasSize(2)
                .allSatisfy(stratum -> assertThat(stratum.difference().value()).isPositive());
    }

    @Test
    void aReversalThatMayBeChanceIsNone() throws InterruptedException {
        assertThat(Samples.partition(stones(1), "treatment", "size").reversals())
                .isEmpty();
    }

    @Test
    void isReadFromJsonAsItWasWritten() throws InterruptedException {
        Evaluation evaluation = new Evaluation(Map.of(), List.of(), List.of(), List.of()).with(Optional.of(stones(10)));

        assertThat(Json.read(Json.canonical(evaluation), Evaluation.class)).isEqualTo(evaluation);
    }

    @Test
    void anEvaluationOfBeforeThereWasFairnessIsRead() {
        byte[] before =
                "{\"metrics\":{},\"classes\":[],\"confusion\":[],\"groups\":[]}".getBytes(StandardCharsets.UTF_8);

        assertThat(Json.read(before, Evaluation.class).fairness()).isEmpty();
    }

    private static Fairness measure(List<Grouping> groupings, String... positive) throws InterruptedException {
        String[] labels = IntStream.range(0, TRUTH.length)
                .mapToObj(row -> TRUTH[row] ? "yes" : "no")
                .toArray(String[]::new);
        double[][] values = IntStream.range(0, SCORES.length)
                .mapToObj(row -> new double[] {1 - SCORES[row], SCORES[row]})
                .toArray(double[][]::new);
        return FairnessMeasurement.of(
                        new Truth.Labels(labels, List.of(positive).stream().findFirst()),
                        new Predictions.Probabilities(List.of("no", "yes"), values),
                        groupings,
                        new RunRandomness(Samples.RUN))
                .orElseThrow();
    }

    private static Fairness stones(int times) throws InterruptedException {
        List<String> treatments = new ArrayList<>();
        List<String> sizes = new ArrayList<>();
        List<Boolean> cured = new ArrayList<>();
        int[][] counts = {{81, 87}, {192, 263}, {234, 270}, {55, 80}};
        for (int cell = 0; cell < counts.length; cell++) {
            for (int patient = 0; patient < counts[cell][1] * times; patient++) {
                treatments.add(cell < 2 ? "A" : "B");
                sizes.add(cell % 2 == 0 ? "small" : "large");
                cured.add(patient < counts[cell][0] * times);
            }
        }
        double[] scores = cured.stream().mapToDouble(each -> each ? 1 : 0).toArray();
        Map<String, List<String>> columns = new LinkedHashMap<>();
        columns.put("treatment", treatments);
        columns.put("size", sizes);
        return Samples.measure(new boolean[scores.length], scores, columns);
    }

    private static List<String> names(int count) {
        return IntStream.range(0, count).mapToObj(index -> "z" + index).toList();
    }
}
