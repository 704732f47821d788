package dev.plumbline.runtime.training.fitting;

import dev.plumbline.runtime.onnx.OnnxExporter.Activation;
import dev.plumbline.runtime.onnx.Scorer;
import org.tribuo.MutableDataset;
import org.tribuo.math.la.DenseMatrix;
import org.tribuo.math.optimisers.AdaGrad;
import org.tribuo.regression.Regressor;
import org.tribuo.regression.sgd.linear.LinearSGDModel;
import org.tribuo.regression.sgd.linear.LinearSGDTrainer;
import org.tribuo.regression.sgd.objectives.SquaredLoss;

/** Least squares by stochastic gradient descent with AdaGrad. */
final class LinearRegression implements Fitter {
    @Override
    public FittedModel fit(Samples samples, Parameters parameters, long seed, FitProgress progress) {
        int epochs = parameters.whole("epochs");
        MutableDataset<Regressor> rows = TribuoRows.regression(samples);
        Runnable counter = new EpochCounter(rows.size(), epochs, progress);
        LinearSGDModel model = new LinearSGDTrainer(
                        new CountingRegressionObjective(new SquaredLoss(), counter),
                        new AdaGrad(parameters.number("learningRate")),
                        epochs,
                        rows.size(),
                        Math.min(parameters.whole("batchSize"), rows.size()),
                        seed)
                .train(rows);
        DenseMatrix matrix = model.getWeightsCopy();
        int width = samples.width();
        Scorer scorer = new Scorer.Linear(
                new float[][] {TribuoRows.weights(matrix, 0, width)}, new float[] {(float) matrix.get(0, width)});
        return new FittedModel(scorer, Activation.NONE, batch -> TribuoRows.predict(model, batch));
    }
}
