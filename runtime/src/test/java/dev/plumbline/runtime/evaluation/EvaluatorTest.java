package dev.plumbline.runtime.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.plumbline.runtime.Evaluation;
import dev.plumbline.runtime.MetricValue;
import dev.plumbline.runtime.data.Table;
import dev.plumbline.schemas.model.Metric;
import dev.plumbline.schemas.model.Task;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class EvaluatorTest {
    private static final List<String> CLASSES = List.of("no", "yes");

    @Test
    void permutingRowsChangesNoMetric() throws Exception {
        Sample sample = Sample.of(600, 5);
        int[] order = new Random(6).ints(0, 600).distinct().limit(600).toArray();

        Measures straight = Measures.of(sample.truth(), sample.predictions());
        Measures permuted =
                Measures.of(sample.truth().select(order), sample.predictions().select(order));

        straight.ofAll()
                .forEach((metric, value) ->
                        assertThat(permuted.ofAll().get(metric)).isCloseTo(value, within(1e-12)));
    }

    @Test
    void theSameSeedGivesTheSameIntervals() throws Exception {
        Sample sample = Sample.of(300, 5);

        assertThat(evaluate(sample, 9)).isEqualTo(evaluate(sample, 9));
        assertThat(evaluate(sample, 9)).isNotEqualTo(evaluate(sample, 10));
    }

    @Test
    void bootstrapIntervalsCoverTheTruthAboutAsOftenAsTheySay() throws Exception {
        double longRun = Objects.requireNonNull(
                Measures.of(Sample.of(200_000, 1).truth(), Sample.of(200_000, 1).predictions())
                        .ofAll()
                        .get(Metric.AUC));
        int covered = 0;
        for (int seed = 0; seed < 100; seed++) {
            MetricValue auc = Objects.requireNonNull(
                    evaluate(Sample.of(200, 1_000 + seed), seed).metrics().get(Metric.AUC));
            covered += auc.low() <= longRun && longRun <= auc.high() ? 1 : 0;
        }

        assertThat(covered).isBetween(88, 100);
    }

    @Test
    void measuresEveryGroupLikeAnEvaluationOfItsOwn() throws Exception {
        Sample sample = Sample.of(400, 2);
        Evaluation evaluation = evaluate(sample, 3);

        Map<String, Long> sizes = evaluation.groups().stream()
                .filter(group -> group.column().equals("gender"))
                .collect(Collectors.toMap(Evaluation.Group::value, Evaluation.Group::n));
        assertThat(sizes).containsOnlyKeys("f", "m", "(missing)");
        assertThat(sizes.values().stream().mapToLong(Long::longValue).sum()).isEqualTo(400);
        assertThat(evaluation.groups())
                .filteredOn(group -> group.column().equals("age"))
                .extracting(Evaluation.Group::value)
                .allMatch(value -> value.matches("\\[\\d+, \\d+[)\\]]"))
                .hasSize(4);
        int[] women = IntStream.range(0, 400)
                .filter(row -> "f".equals(sample.table().categories("gender")[row]))
                .toArray();
        Evaluation alone = Evaluator.evaluate(
                sample.truth().select(women), sample.predictions().select(women), List.of(), 3);
        assertThat(evaluation.groups().getFirst().metrics()).isEqualTo(alone.metrics());
    }

    @Test
    void aGroupOfOneClassHasNoArea() throws Exception {
        Truth truth = new Truth.Labels(new String[] {"no", "yes", "no"}, Optional.of("yes"));
        Predictions predictions =
                new Predictions.Probabilities(CLASSES, new double[][] {{0.9, 0.1}, {0.2, 0.8}, {0.4, 0.6}});
        Table table =
                Table.builder().categories("g", new String[] {"a", "a", "b"}).build();

        Evaluation evaluation = Evaluator.evaluate(
                truth, predictions, List.of(Grouping.of(table, "g", List.of(), new int[] {0, 1, 2})), 1);

        assertThat(evaluation.groups().getLast().metrics())
                .containsKeys(Metric.ACCURACY, Metric.PRECISION)
                .doesNotContainKeys(Metric.AUC, Metric.PR_AUC, Metric.RECALL);
    }

    @Test
    void refusesPredictionsThatDoNotFitTheTruth() {
        Truth truth = new Truth.Labels(new String[] {"no", "maybe"}, Optional.of("yes"));
        Predictions one = new Predictions.Probabilities(CLASSES, new double[][] {{1, 0}});
        Predictions two = new Predictions.Probabilities(CLASSES, new double[][] {{1, 0}, {0, 1}});

        assertThatThrownBy(() -> Measures.of(truth, one)).hasMessageContaining("2 true values for 1 predictions");
        assertThatThrownBy(() -> Measures.of(truth, two)).hasMessageContaining("class maybe");
        assertThatThrownBy(() -> Measures.of(truth, new Predictions.Values(new double[2])))
                .hasMessageContaining("probabilities");
    }

    private static Evaluation evaluate(Sample sample, long seed) throws InterruptedException {
        int[] rows = IntStream.range(0, sample.table().rows()).toArray();
        List<Grouping> sensitive = Stream.of("gender", "age")
                .map(column -> Grouping.of(sample.table(), column, List.of(), rows))
                .toList();
        return Evaluator.evaluate(sample.truth(), sample.predictions(), sensitive, seed);
    }

    private record Sample(Table table, Predictions predictions) {
        static Sample of(int rows, long seed) {
            Random random = new Random(seed);
            String[] labels = new String[rows];
            @Nullable String[] genders = new String[rows];
            double[] ages = new double[rows];
            double[][] probabilities = new double[rows][];
            for (int row = 0; row < rows; row++) {
                boolean event = random.nextDouble() < 0.3;
                labels[row] = event ? "yes" : "no";
                int gender = random.nextInt(10);
                genders[row] = gender == 0 ? null : gender < 5 ? "f" : "m";
                ages[row] = 18 + random.nextInt(60);
                double score = 1 / (1 + Math.exp(-(event ? 1 : -1) - 1.5 * random.nextGaussian()));
                probabilities[row] = new double[] {1 - score, score};
            }
            Table table = Table.builder()
                    .categories("gender", genders)
                    .numbers("age", ages)
                    .categories("label", labels)
                    .build();
            return new Sample(table, new Predictions.Probabilities(CLASSES, probabilities));
        }

        Truth truth() {
            return Truth.of(Task.BINARY_CLASSIFICATION, "label", Optional.of("yes"), table);
        }
    }
}
