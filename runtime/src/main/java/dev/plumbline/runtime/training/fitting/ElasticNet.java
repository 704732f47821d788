package dev.plumbline.runtime.training.fitting;

import dev.plumbline.runtime.onnx.OnnxExporter.Activation;
import dev.plumbline.runtime.onnx.Scorer;
import org.tribuo.Model;
import org.tribuo.regression.Regressor;
import org.tribuo.regression.slm.ElasticNetCDTrainer;

/** Linear regression with L1 and L2 penalties by coordinate descent. */
final class ElasticNet implements Fitter {
    private static final double TOLERANCE = 1e-5;

    @Override
    public FittedModel fit(Samples samples, Parameters parameters, long seed, FitProgress progress) {
        var trainer = new ElasticNetCDTrainer(
                parameters.number("alpha"),
                parameters.number("l1Ratio"),
                TOLERANCE,
                parameters.whole("iterations"),
                false,
                seed);
        Model<Regressor> model = trainer.train(TribuoRows.regression(samples));
        return new FittedModel(
                scorer(model, samples.width()), Activation.NONE, batch -> TribuoRows.predict(model, batch));
    }

    /**
     * The model keeps weights of internally scaled numbers. It is linear, so its weights for ours are its answers to the
     * unit vectors, less its answer to zero.
     */
    private static Scorer scorer(Model<Regressor> model, int width) {
        double[] probe = new double[width];
        double constant = answer(model, probe);
        float[] weights = new float[width];
        for (int index = 0; index < width; index++) {
            probe[index] = 1;
            weights[index] = (float) (answer(model, probe.clone()) - constant);
            probe[index] = 0;
        }
        return new Scorer.Linear(new float[][] {weights}, new float[] {(float) constant});
    }

    private static double answer(Model<Regressor> model, double[] probe) {
        return model.predict(TribuoRows.unknown(probe)).getOutput().getValues()[0];
    }
}
