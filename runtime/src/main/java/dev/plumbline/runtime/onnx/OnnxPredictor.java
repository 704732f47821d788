package dev.plumbline.runtime.onnx;

import dev.plumbline.runtime.data.Table;
import dev.plumbline.runtime.evaluation.Predictor;

/** Lets a loaded artifact answer the rows of a table, for evaluation and comparison. Closing it closes the model. */
public final class OnnxPredictor implements Predictor {
    private final OnnxModel model;

    public OnnxPredictor(OnnxModel model) {
        this.model = model;
    }

    @Override
    public dev.plumbline.runtime.evaluation.Predictions predict(Table rows) {
        return evaluated(model.predict(TableColumns.of(rows, model.signature().features())));
    }

    /** Answers in the form that evaluation takes. */
    public static dev.plumbline.runtime.evaluation.Predictions evaluated(Predictions answers) {
        return switch (answers) {
            case Predictions.Classes classes -> {
                double[][] values = new double[classes.rows()][classes.classes().size()];
                for (int row = 0; row < values.length; row++) {
                    for (int index = 0; index < values[row].length; index++) {
                        values[row][index] = classes.probability(row, index);
                    }
                }
                yield new dev.plumbline.runtime.evaluation.Predictions.Probabilities(classes.classes(), values);
            }
            case Predictions.Values values -> {
                double[] numbers = new double[values.rows()];
                for (int row = 0; row < numbers.length; row++) {
                    numbers[row] = values.values()[row];
                }
                yield new dev.plumbline.runtime.evaluation.Predictions.Values(numbers);
            }
        };
    }

    @Override
    public void close() {
        model.close();
    }
}
