package dev.plumbline.runtime.training.fitting;

import dev.plumbline.runtime.onnx.OnnxExporter.Activation;
import dev.plumbline.runtime.onnx.Scorer;
import java.util.Arrays;
import java.util.Map;

/** Gradient-boosted trees for numbers, by squared error. */
final class XGBoostRegression implements Fitter {
    @Override
    public FittedModel fit(Samples samples, Parameters parameters, long seed, FitProgress progress)
            throws FittingException {
        double[] numbers = samples.numbers();
        float[] targets = new float[numbers.length];
        for (int row = 0; row < targets.length; row++) {
            targets[row] = (float) numbers[row];
        }
        Map<String, Object> objective = Map.of("objective", "reg:squarederror", "base_score", 0);
        Boosting boosting = Boosting.fit(samples.rows(), targets, objective, parameters, seed, progress);
        Scorer scorer = new Scorer.Trees(boosting.trees(group -> 0), Scorer.Comparison.BELOW, 1);
        return new FittedModel(
                scorer,
                Activation.NONE,
                rows -> Arrays.stream(boosting.predict(rows))
                        .map(TribuoRows::doubles)
                        .toArray(double[][]::new));
    }
}
