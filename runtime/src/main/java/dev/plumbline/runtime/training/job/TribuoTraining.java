package dev.plumbline.runtime.training.job;

import dev.plumbline.runtime.RunInputs;
import dev.plumbline.runtime.onnx.FeatureTransform;
import dev.plumbline.runtime.onnx.ModelSignature;
import dev.plumbline.runtime.onnx.OnnxExporter;
import dev.plumbline.runtime.onnx.Preprocessing;
import dev.plumbline.runtime.onnx.RawColumn;
import dev.plumbline.runtime.training.fitting.FitProgress;
import dev.plumbline.runtime.training.fitting.FittedModel;
import dev.plumbline.runtime.training.fitting.Fitter;
import dev.plumbline.runtime.training.fitting.FittingException;
import dev.plumbline.runtime.training.fitting.Parameters;
import dev.plumbline.runtime.training.fitting.Samples;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * From raw training rows to an artifact: learns the preprocessing, lets its graph make the numbers, fits the model to
 * exactly these, and writes both as one graph.
 */
final class TribuoTraining {
    private final RunInputs inputs;
    private final FitProgress progress;

    TribuoTraining(RunInputs inputs, FitProgress progress) {
        this.inputs = inputs;
        this.progress = progress;
    }

    /**
     * Trains on these rows.
     *
     * @throws IllegalArgumentException when the algorithm does not fit the task or a parameter is absent
     */
    TrainedModel train(LabelledColumns rows) throws FittingException {
        Fitter fitter = Fitter.of(inputs.algorithm(), inputs.task());
        Preprocessing preprocessing =
                Preprocessing.fit(inputs.features(), rows.columns(), Fitter.scaled(inputs.algorithm()));
        FeatureTransform transform = FeatureTransform.of(preprocessing, inputs.features());
        try {
            List<float[]> numbers = List.of(transform.apply(rows.columns()));
            return switch (rows.label()) {
                case RawColumn.Categories label ->
                    classifier(fitter, preprocessing, transform, numbers, label.values());
                case RawColumn.Numbers label -> regressor(fitter, preprocessing, transform, numbers, label.values());
            };
        } catch (FittingException | RuntimeException failure) {
            transform.close();
            throw failure;
        }
    }

    private TrainedModel classifier(
            Fitter fitter,
            Preprocessing preprocessing,
            FeatureTransform transform,
            List<float[]> numbers,
            String... labels)
            throws FittingException {
        List<String> classes = Arrays.stream(labels).distinct().sorted().toList();
        int[] indices = Arrays.stream(labels).mapToInt(classes::indexOf).toArray();
        FittedModel model = fit(fitter, new Samples(numbers, new Samples.Classes(classes, indices)));
        byte[] bytes = OnnxExporter.classifier(
                signature(preprocessing, classes), preprocessing, model.scorer(), model.activation());
        return new TrainedModel(bytes, transform, model.original());
    }

    private TrainedModel regressor(
            Fitter fitter,
            Preprocessing preprocessing,
            FeatureTransform transform,
            List<float[]> numbers,
            double... labels)
            throws FittingException {
        LabelScale scale = LabelScale.of(labels);
        FittedModel model = fit(fitter, new Samples(numbers, new Samples.Numbers(scale.scaled(labels))));
        byte[] bytes = OnnxExporter.regressor(
                signature(preprocessing, List.of()), preprocessing, model.scorer(), scale.deviation(), scale.mean());
        return new TrainedModel(bytes, transform, rows -> {
            double[][] answers = model.original().predict(rows);
            return Arrays.stream(answers)
                    .map(answer -> new double[] {scale.original(answer[0])})
                    .toArray(double[][]::new);
        });
    }

    private FittedModel fit(Fitter fitter, Samples samples) throws FittingException {
        return fitter.fit(samples, new Parameters(inputs.parameters()), inputs.seed(), progress);
    }

    private ModelSignature signature(Preprocessing preprocessing, List<String> classes) {
        Optional<String> positive = classes.isEmpty() ? Optional.empty() : inputs.positive();
        return new ModelSignature(
                inputs.task(),
                preprocessing.announced(inputs.features()),
                classes,
                positive,
                inputs.id(),
                inputs.dataset());
    }
}
