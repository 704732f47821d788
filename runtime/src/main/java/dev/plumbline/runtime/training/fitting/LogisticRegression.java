package dev.plumbline.runtime.training.fitting;

import dev.plumbline.runtime.onnx.OnnxExporter.Activation;
import dev.plumbline.runtime.onnx.Scorer;
import java.util.List;
import org.tribuo.MutableDataset;
import org.tribuo.classification.Label;
import org.tribuo.classification.sgd.linear.LinearSGDModel;
import org.tribuo.classification.sgd.linear.LinearSGDTrainer;
import org.tribuo.classification.sgd.objectives.LogMulticlass;
import org.tribuo.impl.ArrayExample;
import org.tribuo.math.la.DenseMatrix;
import org.tribuo.math.optimisers.AdaGrad;

/** Multinomial logistic regression by stochastic gradient descent with AdaGrad. */
final class LogisticRegression implements Fitter {
    private static final Label UNKNOWN = new Label(Label.UNKNOWN);

    @Override
    public FittedModel fit(Samples samples, Parameters parameters, long seed, FitProgress progress) {
        int epochs = parameters.whole("epochs");
        MutableDataset<Label> rows = TribuoRows.classification(samples);
        Runnable counter = new EpochCounter(rows.size(), epochs, progress);
        LinearSGDModel model = new LinearSGDTrainer(
                        new CountingLabelObjective(new LogMulticlass(), counter),
                        new AdaGrad(parameters.number("learningRate")),
                        epochs,
                        rows.size(),
                        Math.min(parameters.whole("batchSize"), rows.size()),
                        seed)
                .train(rows);
        List<String> classes = samples.classes().names();
        return new FittedModel(
                scorer(model, classes, samples.width()), Activation.SOFTMAX, batch -> predict(model, classes, batch));
    }

    private static Scorer scorer(LinearSGDModel model, List<String> classes, int width) {
        DenseMatrix matrix = model.getWeightsCopy();
        float[][] weights = new float[classes.size()][];
        float[] bias = new float[classes.size()];
        for (int index = 0; index < classes.size(); index++) {
            int row = model.getOutputIDInfo().getID(new Label(classes.get(index)));
            weights[index] = TribuoRows.weights(matrix, row, width);
            bias[index] = (float) matrix.get(row, width);
        }
        return new Scorer.Linear(weights, bias);
    }

    private static double[][] predict(LinearSGDModel model, List<String> classes, List<float[]> rows) {
        String[] names = TribuoRows.names(rows.isEmpty() ? 0 : rows.getFirst().length);
        return rows.stream()
                .map(row -> model.predict(new ArrayExample<>(UNKNOWN, names, TribuoRows.doubles(row)))
                        .getOutputScores())
                .map(scores -> TribuoRows.scores(scores, classes))
                .toArray(double[][]::new);
    }
}
