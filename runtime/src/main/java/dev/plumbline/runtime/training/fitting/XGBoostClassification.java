package dev.plumbline.runtime.training.fitting;

import dev.plumbline.runtime.onnx.OnnxExporter.Activation;
import dev.plumbline.runtime.onnx.Scorer;
import dev.plumbline.runtime.onnx.TreeNode;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * Gradient-boosted trees for classes: logistic loss for two, softmax with a tree per class and round for more.
 *
 * <p>Both end in a softmax over a score per class: with two, the first class's score is always 0.
 */
final class XGBoostClassification implements Fitter {
    @Override
    public FittedModel fit(Samples samples, Parameters parameters, long seed, FitProgress progress)
            throws FittingException {
        int classes = samples.classes().names().size();
        boolean binary = classes == 2;
        Map<String, Object> objective = binary
                ? Map.of("objective", "binary:logistic", "base_score", 0.5)
                : Map.of("objective", "multi:softprob", "num_class", classes, "base_score", 0);
        Boosting boosting = Boosting.fit(samples.rows(), targets(samples), objective, parameters, seed, progress);
        List<TreeNode> trees = boosting.trees(group -> binary ? 1 : group);
        Scorer scorer = new Scorer.Trees(trees, Scorer.Comparison.BELOW, classes);
        return new FittedModel(scorer, Activation.SOFTMAX, rows -> predict(boosting, rows));
    }

    private static float[] targets(Samples samples) {
        int[] values = samples.classes().values();
        float[] targets = new float[values.length];
        for (int row = 0; row < values.length; row++) {
            targets[row] = values[row];
        }
        return targets;
    }

    private static double[][] predict(Boosting boosting, List<float[]> rows) throws FittingException {
        return Arrays.stream(boosting.predict(rows))
                .map(row -> row.length == 1 ? new double[] {1.0 - row[0], row[0]} : TribuoRows.doubles(row))
                .toArray(double[][]::new);
    }
}
