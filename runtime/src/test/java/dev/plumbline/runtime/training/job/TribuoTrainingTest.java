package dev.plumbline.runtime.training.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.tuple;

import dev.plumbline.runtime.RunInputs;
import dev.plumbline.runtime.RunInputs.Feature;
import dev.plumbline.runtime.TrainingOutcome.Parity;
import dev.plumbline.runtime.onnx.OnnxModel;
import dev.plumbline.runtime.onnx.Predictions;
import dev.plumbline.runtime.onnx.RawColumn;
import dev.plumbline.runtime.training.fitting.FittingException;
import dev.plumbline.runtime.training.fitting.RandomForest;
import dev.plumbline.schemas.model.Algorithm;
import dev.plumbline.schemas.model.Task;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class TribuoTrainingTest {
    static Stream<Arguments> fits() {
        return Stream.of(
                Arguments.of(Algorithm.LOGISTIC_REGRESSION, Task.BINARY_CLASSIFICATION),
                Arguments.of(Algorithm.LOGISTIC_REGRESSION, Task.MULTICLASS_CLASSIFICATION),
                Arguments.of(Algorithm.RANDOM_FOREST, Task.BINARY_CLASSIFICATION),
                Arguments.of(Algorithm.RANDOM_FOREST, Task.MULTICLASS_CLASSIFICATION),
                Arguments.of(Algorithm.XGBOOST, Task.BINARY_CLASSIFICATION),
                Arguments.of(Algorithm.XGBOOST, Task.MULTICLASS_CLASSIFICATION),
                Arguments.of(Algorithm.XGBOOST, Task.REGRESSION),
                Arguments.of(Algorithm.LINEAR_REGRESSION, Task.REGRESSION),
                Arguments.of(Algorithm.ELASTIC_NET, Task.REGRESSION));
    }

    @ParameterizedTest
    @MethodSource("fits")
    void exportsWhatItFitted(Algorithm algorithm, Task task) throws Exception {
        LabelledColumns unseen = Cases.rows(task, 2000, 99);
        try (TrainedModel trained = train(algorithm, task);
                OnnxModel exported = OnnxModel.load(trained.artifact())) {
            Predictions answers = exported.predict(unseen.columns());
            Parity parity = ParityCheck.compare(trained.original(unseen.columns()), answers, 10_000);

            assertThat(parity).satisfies(found -> assertThat(found.holds()).isTrue());
            assertThat(skill(unseen.label(), answers)).isGreaterThan(0.75);
        }
    }

    @ParameterizedTest
    @MethodSource("fits")
    void exportsWhatItFittedForMissingAndUnknownValues(Algorithm algorithm, Task task) throws Exception {
        List<RawColumn> odd = List.of(
                RawColumn.numbers(Double.NaN, 12, -1e9, 1e12),
                RawColumn.numbers(Double.NaN, Double.NaN, 50, -1e300),
                RawColumn.categories("", "never seen", "basic", "pro"),
                RawColumn.categories("never seen", "", "north", "äöü"));
        try (TrainedModel trained = train(algorithm, task);
                OnnxModel exported = OnnxModel.load(trained.artifact())) {
            Parity parity = ParityCheck.compare(trained.original(odd), exported.predict(odd), 10_000);

            assertThat(parity).satisfies(found -> assertThat(found.holds()).isTrue());
        }
    }

    @ParameterizedTest
    @MethodSource("fits")
    void givesTheSameBytesForTheSameRun(Algorithm algorithm, Task task) throws Exception {
        try (TrainedModel first = train(algorithm, task);
                TrainedModel second = train(algorithm, task)) {
            assertThat(second.artifact()).isEqualTo(first.artifact());
        }
    }

    @ParameterizedTest
    @MethodSource("fits")
    void tellsProgressUpToTheEnd(Algorithm algorithm, Task task) throws Exception {
        List<Double> told = Collections.synchronizedList(new ArrayList<>());
        var inputs = Cases.inputs(task, algorithm, Cases.parameters(algorithm));
        new TribuoTraining(inputs, (done, all, unit) -> told.add((double) done / all))
                .train(Cases.rows(task, 300, 1))
                .close();

        if (algorithm == Algorithm.ELASTIC_NET) {
            assertThat(told)
                    .as("coordinate descent does not tell how far it is")
                    .isEmpty();
        } else {
            assertThat(told).hasSizeGreaterThanOrEqualTo(10).contains(1.0);
        }
    }

    @Test
    void tellsTreesOfAForestApartByItsSeed() throws Exception {
        var inputs = Cases.inputs(
                Task.BINARY_CLASSIFICATION, Algorithm.RANDOM_FOREST, Cases.parameters(Algorithm.RANDOM_FOREST));
        var other = new RunInputs(
                inputs.task(),
                inputs.dataset(),
                inputs.label(),
                inputs.positive(),
                inputs.features(),
                inputs.split(),
                inputs.algorithm(),
                inputs.parameters(),
                43,
                1);
        LabelledColumns rows = Cases.rows(Task.BINARY_CLASSIFICATION, 400, 1);
        try (TrainedModel first = new TribuoTraining(inputs, (done, all, unit) -> {}).train(rows);
                TrainedModel second = new TribuoTraining(other, (done, all, unit) -> {}).train(rows)) {
            assertThat(Arrays.deepEquals(second.original(rows.columns()), first.original(rows.columns())))
                    .isFalse();
        }
    }

    @Test
    void announcesTheBoundsOfItsColumns() throws Exception {
        var inputs = Cases.inputs(
                Task.REGRESSION, Algorithm.LINEAR_REGRESSION, Cases.parameters(Algorithm.LINEAR_REGRESSION));
        try (TrainedModel trained =
                        new TribuoTraining(inputs, (done, all, unit) -> {}).train(Cases.rows(Task.REGRESSION, 100, 1));
                OnnxModel exported = OnnxModel.load(trained.artifact())) {
            assertThat(exported.signature().features())
                    .extracting(Feature::min, Feature::max)
                    .startsWith(tuple(Optional.of(0.0), Optional.of(72.0)), tuple(Optional.empty(), Optional.empty()));
        }
    }

    @Test
    void roundsThresholdsDownToWhatSeparatesTheSameFloats() {
        double between = (0.1f + (double) Math.nextUp(0.1f)) / 2;

        assertThat(RandomForest.roundedDown(between)).isEqualTo(0.1f);
        assertThat(RandomForest.roundedDown(0.1f)).isEqualTo(0.1f);
        assertThat(RandomForest.roundedDown(Math.nextDown((double) 0.1f))).isEqualTo(Math.nextDown(0.1f));
        assertThat(RandomForest.roundedDown(-between)).isEqualTo(-Math.nextUp(0.1f));
    }

    @Test
    void refusesAnAlgorithmForAnotherTaskAndAnAbsentParameter() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> train(Algorithm.RANDOM_FOREST, Task.REGRESSION))
                .withMessageContaining("random-forest fits classification models");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> train(Algorithm.ELASTIC_NET, Task.BINARY_CLASSIFICATION))
                .withMessageContaining("elastic-net fits regression models");
        var inputs = Cases.inputs(Task.REGRESSION, Algorithm.LINEAR_REGRESSION, Map.of("epochs", 2.5));
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        new TribuoTraining(inputs, (done, all, unit) -> {}).train(Cases.rows(Task.REGRESSION, 50, 1)))
                .withMessageContaining("'epochs' is a whole number");
    }

    private static TrainedModel train(Algorithm algorithm, Task task) throws FittingException {
        var inputs = Cases.inputs(task, algorithm, Cases.parameters(algorithm));
        return new TribuoTraining(inputs, (done, all, unit) -> {}).train(Cases.rows(task, 1500, 1));
    }

    /** Share of right labels, or of variance explained. */
    private static double skill(RawColumn truth, Predictions answers) {
        return switch (answers) {
            case Predictions.Classes classes -> {
                String[] expected = ((RawColumn.Categories) truth).values();
                int right = 0;
                for (int row = 0; row < expected.length; row++) {
                    right += expected[row].equals(classes.labels()[row]) ? 1 : 0;
                }
                yield (double) right / expected.length;
            }
            case Predictions.Values values -> {
                double[] expected = ((RawColumn.Numbers) truth).values();
                LabelScale scale = LabelScale.of(expected);
                double squares = 0;
                for (int row = 0; row < expected.length; row++) {
                    squares += Math.pow((expected[row] - values.values()[row]) / scale.deviation(), 2);
                }
                yield 1 - squares / expected.length;
            }
        };
    }
}
