package dev.plumbline.runtime.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.plumbline.runtime.RunInputs.Feature;
import dev.plumbline.schemas.model.ColumnType;
import dev.plumbline.schemas.model.UnknownCategory;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class PreprocessingTest {
    private static final double NAN = Double.NaN;
    private static final List<Feature> NUMBER = List.of(TestModels.number("x", ColumnType.NUMBER));
    private static final List<Feature> CATEGORY = List.of(TestModels.category("c"));

    @Test
    void replacesMissingNumbersByTheMedianAndMarksThem() {
        float[][] matrix = transform(NUMBER, RawColumn.numbers(1, NAN, 9, 2), RawColumn.numbers(NAN, 5), false);

        assertThat(matrix).isDeepEqualTo(new float[][] {{2, 1}, {5, 0}});
    }

    @Test
    void hasNoMarkWhereTrainingMissedNothing() {
        float[][] matrix = transform(NUMBER, RawColumn.numbers(1, 3), RawColumn.numbers(NAN), false);

        assertThat(matrix).isDeepEqualTo(new float[][] {{2}});
    }

    @Test
    void scalesToMeanZeroAndDeviationOne() {
        float[][] matrix =
                transform(NUMBER, RawColumn.numbers(1e9, 1e9 + 2), RawColumn.numbers(1e9 + 1, 1e9 + 4), true);

        assertThat(matrix[0][0]).isCloseTo(0, within(1e-6f));
        assertThat(matrix[1][0]).isCloseTo(3, within(1e-6f));
    }

    @Test
    void leavesOutWhatAConstantOrEmptyColumnWouldTell() {
        assertThat(transform(NUMBER, RawColumn.numbers(4, 4), RawColumn.numbers(4, 9), true))
                .isDeepEqualTo(new float[][] {{0}, {0}});
        assertThat(transform(NUMBER, RawColumn.numbers(NAN, NAN), RawColumn.numbers(NAN, 9), true))
                .isDeepEqualTo(new float[][] {{0}, {0}});
    }

    @Test
    void keepsNumbersThatNoFloatHoldsFinite() {
        float[][] matrix = transform(NUMBER, RawColumn.numbers(1, 2), RawColumn.numbers(1e300, -1e300), false);

        assertThat(matrix).isDeepEqualTo(new float[][] {{Float.MAX_VALUE}, {-Float.MAX_VALUE}});
    }

    @Test
    void givesEachCategoryAColumnAndUnknownOnesNone() {
        float[][] matrix = transform(
                CATEGORY,
                RawColumn.categories("b", "a", "", "b"),
                RawColumn.categories("a", "b", "", "never seen"),
                false);

        assertThat(matrix).isDeepEqualTo(new float[][] {{1, 0, 0}, {0, 1, 0}, {0, 0, 1}, {0, 0, 0}});
    }

    @Test
    void keepsTheSameTextOfTwoColumnsApart() {
        List<Feature> features = List.of(TestModels.category("c"), TestModels.category("d"));
        List<RawColumn> rows = List.of(RawColumn.categories("yes", "no"), RawColumn.categories("no", "maybe"));
        Preprocessing preprocessing = Preprocessing.fit(features, rows, false);
        try (FeatureTransform transform = FeatureTransform.of(preprocessing, features)) {
            assertThat(transform.apply(rows)).isDeepEqualTo(new float[][] {{0, 1, 0, 1}, {1, 0, 1, 0}});
        }
    }

    @Test
    void bucketsRareValuesUnlessUnknownOnesAreRefused() {
        String[] values = new String[Preprocessing.MOST_VALUES + 10];
        Arrays.setAll(values, index -> "v" + (index < 5 ? 0 : index));
        List<Feature> strict = List.of(new Feature("c", ColumnType.CATEGORY, List.of(), UnknownCategory.ERROR));

        assertThat(Preprocessing.fit(CATEGORY, List.of(RawColumn.categories(values)), false)
                        .announced(CATEGORY)
                        .getFirst()
                        .values())
                .hasSize(Preprocessing.MOST_VALUES)
                .contains("v0");
        assertThat(Preprocessing.fit(strict, List.of(RawColumn.categories(values)), false)
                        .width())
                .isEqualTo(Preprocessing.MOST_VALUES + 6);
    }

    private static float[][] transform(List<Feature> features, RawColumn training, RawColumn rows, boolean scaled) {
        Preprocessing preprocessing = Preprocessing.fit(features, List.of(training), scaled);
        try (FeatureTransform transform = FeatureTransform.of(preprocessing, features)) {
            return transform.apply(List.of(rows));
        }
    }
}
