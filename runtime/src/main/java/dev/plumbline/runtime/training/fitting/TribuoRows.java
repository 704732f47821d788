package dev.plumbline.runtime.training.fitting;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.tribuo.Example;
import org.tribuo.Model;
import org.tribuo.MutableDataset;
import org.tribuo.Output;
import org.tribuo.OutputFactory;
import org.tribuo.classification.Label;
import org.tribuo.classification.LabelFactory;
import org.tribuo.impl.ArrayExample;
import org.tribuo.math.la.DenseMatrix;
import org.tribuo.provenance.SimpleDataSourceProvenance;
import org.tribuo.regression.RegressionFactory;
import org.tribuo.regression.Regressor;

/** Rows in Tribuo's form. */
final class TribuoRows {
    private static final String NUMBER = "y";

    private TribuoRows() {}

    /** Rows with their classes. */
    static MutableDataset<Label> classification(Samples samples) {
        Samples.Classes classes = samples.classes();
        List<Label> labels = classes.names().stream().map(Label::new).toList();
        return dataset(new LabelFactory(), samples, row -> labels.get(classes.values()[row]));
    }

    /** Rows with their numbers. */
    static MutableDataset<Regressor> regression(Samples samples) {
        double[] numbers = samples.numbers();
        return dataset(new RegressionFactory(), samples, row -> new Regressor(NUMBER, numbers[row]));
    }

    /** One row, with no known number. */
    static Example<Regressor> unknown(double... values) {
        return new ArrayExample<>(new Regressor(NUMBER, Double.NaN), names(values.length), values);
    }

    /** The scores of these classes, in their order. */
    static double[] scores(Map<String, Label> scores, List<String> classes) {
        return classes.stream()
                .mapToDouble(
                        name -> Objects.requireNonNull(scores.get(name), name).getScore())
                .toArray();
    }

    /** What a regression model answers to each row. */
    static double[][] predict(Model<Regressor> model, List<float[]> rows) {
        return rows.stream()
                .map(row -> model.predict(unknown(doubles(row))).getOutput().getValues())
                .toArray(double[][]::new);
    }

    private static <T extends Output<T>> MutableDataset<T> dataset(
            OutputFactory<T> factory, Samples samples, IntFunction<T> target) {
        // Tribuo writes down where rows came from and when; models of the same rows must not differ by it.
        var origin = new SimpleDataSourceProvenance("training rows", Instant.EPOCH.atOffset(ZoneOffset.UTC), factory);
        MutableDataset<T> dataset = new MutableDataset<>(origin, factory);
        String[] names = names(samples.width());
        for (int row = 0; row < samples.rows().size(); row++) {
            dataset.add(new ArrayExample<>(
                    target.apply(row), names, doubles(samples.rows().get(row))));
        }
        return dataset;
    }

    /** Tribuo numbers features by the order of their names, so names are as long as each other. */
    static String[] names(int width) {
        return IntStream.range(0, width).mapToObj("f%08d"::formatted).toArray(String[]::new);
    }

    static double[] doubles(float[] row) {
        double[] values = new double[row.length];
        for (int index = 0; index < row.length; index++) {
            values[index] = row[index];
        }
        return values;
    }

    /** A row of a weight matrix whose last column is the constant. */
    static float[] weights(DenseMatrix matrix, int row, int width) {
        float[] weights = new float[width];
        for (int index = 0; index < width; index++) {
            weights[index] = (float) matrix.get(row, index);
        }
        return weights;
    }
}
