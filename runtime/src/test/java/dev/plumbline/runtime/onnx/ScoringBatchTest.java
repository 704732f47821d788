package dev.plumbline.runtime.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.runtime.RunInputs.Feature;
import dev.plumbline.runtime.onnx.Preprocessing.CategoryEncoding;
import dev.plumbline.runtime.onnx.Preprocessing.NumberEncoding;
import dev.plumbline.schemas.model.ColumnType;
import dev.plumbline.schemas.model.Task;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ScoringBatchTest {
    private static final String[] CONTRACTS = {"month", "year", "", "weekly"};

    @Test
    void answersLikeTheModelHoweverManyRowsItHadBefore() throws Exception {
        try (OnnxModel model = OnnxModel.load(TestModels.linearClassifier());
                ScoringBatch batch = model.batch()) {
            Random random = new Random(5);
            for (int rows : new int[] {1, 3, 1, 100, 1, 1, 7}) {
                compare(model, batch, rows, random);
            }
        }
    }

    private static void compare(OnnxModel model, ScoringBatch batch, int rows, Random random) {
        double[] tenures = new double[rows];
        String[] contracts = new String[rows];
        batch.rows(0);
        for (int row = 0; row < rows; row++) {
            tenures[row] = random.nextInt(5) == 0 ? Double.NaN : random.nextInt(20);
            contracts[row] = CONTRACTS[random.nextInt(CONTRACTS.length)];
            batch.rows(row + 1);
            batch.number(0, row, tenures[row]);
            batch.category(1, row, contracts[row]);
        }

        batch.run();

        Predictions.Classes expected = (Predictions.Classes)
                model.predict(List.of(RawColumn.numbers(tenures), RawColumn.categories(contracts)));
        for (int row = 0; row < rows; row++) {
            assertThat(batch.label(row)).isEqualTo(expected.labels()[row]);
            assertThat(batch.probability(row, 1)).isEqualTo(expected.probability(row, 1));
        }
        assertThat(batch.finite(0, rows)).isTrue();
    }

    @Test
    void takesColumnsThatAreNamedLikeOutputs() throws Exception {
        List<Feature> features =
                List.of(TestModels.number("value", ColumnType.NUMBER), TestModels.category("label", "a", "b"));
        Preprocessing preprocessing = new Preprocessing(
                List.of(new NumberEncoding("value", 0, false, 0, 1)),
                List.of(new CategoryEncoding("label", List.of("a", "b"), false)));
        byte[] bytes = OnnxExporter.regressor(
                TestModels.signature(Task.REGRESSION, features),
                preprocessing,
                new Scorer.Linear(new float[][] {{1, 10, 20}}, new float[] {0}),
                1,
                0);
        try (OnnxModel model = OnnxModel.load(bytes);
                ScoringBatch batch = model.batch()) {
            batch.rows(1);
            batch.number(0, 0, 3);
            batch.category(1, 0, "b");

            batch.run();

            assertThat(batch.value(0)).isEqualTo(23);
        }
    }
}
