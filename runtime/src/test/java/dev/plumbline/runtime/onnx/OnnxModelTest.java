package dev.plumbline.runtime.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.within;

import dev.plumbline.runtime.onnx.OnnxExporter.Activation;
import dev.plumbline.schemas.model.ColumnType;
import dev.plumbline.schemas.model.Task;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class OnnxModelTest {
    private static final double NAN = Double.NaN;

    @Test
    void answersLabelAndProbabilitiesOfEachRow() throws Exception {
        try (OnnxModel model = OnnxModel.load(TestModels.linearClassifier())) {
            Predictions.Classes answer = (Predictions.Classes) model.predict(Map.of(
                    "tenure", RawColumn.numbers(2, 8, NAN, 4),
                    "contract", RawColumn.categories("month", "year", "", "never seen")));

            assertThat(answer.labels()).containsExactly("no", "no", "yes", "no");
            assertThat(answer.probability(0, 1)).isCloseTo((float) sigmoid(1 + 2 - 4), within(1e-6f));
            assertThat(answer.probability(1, 1)).isCloseTo(0.5f, within(1e-6f));
            assertThat(answer.probability(2, 1)).isCloseTo((float) sigmoid(5 + 1 + 3 - 4), within(1e-6f));
            assertThat(answer.probability(3, 1)).isCloseTo((float) sigmoid(2 - 4), within(1e-6f));
            assertThat(answer.probability(3, 0) + answer.probability(3, 1)).isCloseTo(1, within(1e-6f));
        }
    }

    @Test
    void readsItsSignatureFromTheMetadata() throws Exception {
        try (OnnxModel model = OnnxModel.load(TestModels.linearClassifier())) {
            assertThat(model.signature())
                    .isEqualTo(TestModels.signature(Task.BINARY_CLASSIFICATION, TestModels.FEATURES, "no", "yes"));
        }
    }

    @Test
    void writesTheSameBytesForTheSameModel() {
        assertThat(TestModels.linearClassifier()).isEqualTo(TestModels.linearClassifier());
    }

    @Test
    void goesLeftOnlyUpToTheThreshold() throws Exception {
        float threshold = 0.1f;
        float[] values = {Math.nextDown(threshold), threshold, Math.nextUp(threshold)};

        assertThat(scores(Scorer.Comparison.AT_MOST, threshold, values)).containsExactly(102, 102, 104);
        assertThat(scores(Scorer.Comparison.BELOW, threshold, values)).containsExactly(102, 104, 104);
    }

    private static float[] scores(Scorer.Comparison comparison, float threshold, float[] values) throws Exception {
        TreeNode root = new TreeNode.Split(0, threshold, leaf(1), leaf(2));
        byte[] bytes = TestModels.regressor(new Scorer.Trees(List.of(root), comparison, 1));
        try (OnnxModel model = OnnxModel.load(bytes)) {
            double[] numbers = new double[values.length];
            Arrays.setAll(numbers, index -> values[index]);
            String[] contracts = new String[values.length];
            Arrays.fill(contracts, "year");
            return ((Predictions.Values)
                            model.predict(List.of(RawColumn.numbers(numbers), RawColumn.categories(contracts))))
                    .values();
        }
    }

    private static TreeNode leaf(float weight) {
        return new TreeNode.Leaf(new int[] {0}, new float[] {weight});
    }

    @Test
    void takesColumnsThatAreCalledLikeItsOutputs() throws Exception {
        var features = List.of(
                TestModels.number("value", ColumnType.NUMBER), TestModels.number("plumbline_flat", ColumnType.NUMBER));
        Preprocessing preprocessing =
                Preprocessing.fit(features, List.of(RawColumn.numbers(1, 2), RawColumn.numbers(3, 4)), false);
        byte[] bytes = OnnxExporter.regressor(
                TestModels.signature(Task.REGRESSION, features),
                preprocessing,
                new Scorer.Linear(new float[][] {{1, 10}}, new float[] {0}),
                1,
                0);
        try (OnnxModel model = OnnxModel.load(bytes)) {
            Predictions answer =
                    model.predict(Map.of("value", RawColumn.numbers(5), "plumbline_flat", RawColumn.numbers(7)));

            assertThat(((Predictions.Values) answer).values()).containsExactly(75);
        }
    }

    @Test
    void answersMoreRowsThanOneBatchInOrder() throws Exception {
        TreeNode root = new TreeNode.Split(0, 4999, leaf(1), leaf(2));
        byte[] bytes = TestModels.regressor(new Scorer.Trees(List.of(root), Scorer.Comparison.AT_MOST, 1));
        double[] numbers = new double[10_000];
        String[] contracts = new String[10_000];
        Arrays.setAll(numbers, index -> index);
        Arrays.fill(contracts, "month");
        try (OnnxModel model = OnnxModel.load(bytes)) {
            float[] values = ((Predictions.Values)
                            model.predict(List.of(RawColumn.numbers(numbers), RawColumn.categories(contracts))))
                    .values();

            assertThat(values[4999]).isEqualTo(102);
            assertThat(values[5000]).isEqualTo(104);
            assertThat(values[9999]).isEqualTo(104);
        }
    }

    @Test
    void namesTheColumnThatIsAbsentOrOfAnotherTypeOrLength() throws Exception {
        try (OnnxModel model = OnnxModel.load(TestModels.linearClassifier())) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> model.predict(Map.of("tenure", RawColumn.numbers(1))))
                    .withMessageContaining("'contract' is absent");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> model.predict(List.of(RawColumn.numbers(1), RawColumn.numbers(1))))
                    .withMessageContaining("'contract' holds categories");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> model.predict(List.of(RawColumn.numbers(1), RawColumn.categories("a", "b"))))
                    .withMessageContaining("'contract' has 2 rows");
        }
    }

    @Test
    void answersManyThreadsAtOnceAndClosesAfterThem() throws Exception {
        OnnxModel model = OnnxModel.load(TestModels.linearClassifier());
        List<Future<Boolean>> answers = new ArrayList<>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int task = 0; task < 64; task++) {
                boolean yes = task % 2 == 0;
                answers.add(threads.submit(() -> isYes(model, yes ? 20 : 0) == yes));
            }
        }
        model.close();
        model.close();

        for (Future<Boolean> answer : answers) {
            assertThat(answer.get()).isTrue();
        }
        assertThatIllegalStateException().isThrownBy(() -> isYes(model, 1)).withMessage("the model is closed");
    }

    private static boolean isYes(OnnxModel model, double tenure) {
        Predictions.Classes answer =
                (Predictions.Classes) model.predict(List.of(RawColumn.numbers(tenure), RawColumn.categories("month")));
        return answer.labels()[0].equals("yes");
    }

    @Test
    void tellsClassesBySharesOfTreesToo() throws Exception {
        TreeNode root = new TreeNode.Split(
                0,
                3,
                new TreeNode.Leaf(new int[] {0, 1, 2}, new float[] {0.25f, 0.5f, 0.25f}),
                new TreeNode.Leaf(new int[] {0, 1, 2}, new float[] {0, 0, 1}));
        byte[] bytes = OnnxExporter.classifier(
                TestModels.signature(Task.MULTICLASS_CLASSIFICATION, TestModels.FEATURES, "a", "b", "c"),
                TestModels.preprocessing(),
                new Scorer.Trees(List.of(root), Scorer.Comparison.AT_MOST, 3),
                Activation.NONE);
        try (OnnxModel model = OnnxModel.load(bytes)) {
            Predictions.Classes answer = (Predictions.Classes)
                    model.predict(List.of(RawColumn.numbers(1, 9), RawColumn.categories("", "x")));

            assertThat(answer.labels()).containsExactly("b", "c");
            assertThat(answer.probabilities()).containsExactly(0.25f, 0.5f, 0.25f, 0, 0, 1);
        }
    }

    private static double sigmoid(double score) {
        return 1 / (1 + Math.exp(-score));
    }
}
