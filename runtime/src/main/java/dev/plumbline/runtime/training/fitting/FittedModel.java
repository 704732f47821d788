package dev.plumbline.runtime.training.fitting;

import dev.plumbline.runtime.onnx.OnnxExporter.Activation;
import dev.plumbline.runtime.onnx.Scorer;
import java.util.List;

/**
 * A model in the form of the library that fitted it, with what the exporter needs.
 *
 * @param scorer the model as the exporter writes it
 * @param activation for classifiers, how scores become probabilities
 * @param original the fitted model itself, to compare its export with
 */
public record FittedModel(Scorer scorer, Activation activation, Original original) {
    /** What the fitting library itself answers. */
    @FunctionalInterface
    public interface Original {
        /** The probability of each class, or one scaled number, of each row. */
        double[][] predict(List<float[]> rows) throws FittingException;
    }
}
