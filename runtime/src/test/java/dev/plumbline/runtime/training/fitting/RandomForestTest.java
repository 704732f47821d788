package dev.plumbline.runtime.training.fitting;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.runtime.onnx.Scorer;
import dev.plumbline.runtime.onnx.TreeNode;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RandomForestTest {
    @Test
    void splitsByItsOnlyFeatureThoughTheShareOfItRoundsToNone() throws Exception {
        List<float[]> rows =
                IntStream.range(0, 40).mapToObj(row -> new float[] {row}).toList();
        int[] labels = IntStream.range(0, 40).map(row -> row < 20 ? 0 : 1).toArray();
        Parameters parameters =
                new Parameters(Map.of("trees", 5.0, "maxDepth", 4.0, "minChildWeight", 2.0, "featureFraction", 0.3));

        FittedModel fitted = new RandomForest()
                .fit(
                        new Samples(rows, new Samples.Classes(List.of("no", "yes"), labels)),
                        parameters,
                        7,
                        (done, count, what) -> {});

        assertThat(((Scorer.Trees) fitted.scorer()).roots()).allMatch(TreeNode.Split.class::isInstance);
    }
}
