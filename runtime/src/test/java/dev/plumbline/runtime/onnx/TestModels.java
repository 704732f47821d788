package dev.plumbline.runtime.onnx;

import dev.plumbline.runtime.RunId;
import dev.plumbline.runtime.RunInputs.Feature;
import dev.plumbline.runtime.onnx.OnnxExporter.Activation;
import dev.plumbline.runtime.onnx.Preprocessing.CategoryEncoding;
import dev.plumbline.runtime.onnx.Preprocessing.NumberEncoding;
import dev.plumbline.schemas.model.ColumnType;
import dev.plumbline.schemas.model.Digest;
import dev.plumbline.schemas.model.Task;
import dev.plumbline.schemas.model.UnknownCategory;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** Small models written by hand. */
final class TestModels {
    static final List<Feature> FEATURES =
            List.of(number("tenure", ColumnType.INTEGER), category("contract", "month", "year"));

    private TestModels() {}

    static Feature number(String name, ColumnType type) {
        return new Feature(name, type, List.of(), UnknownCategory.BUCKET);
    }

    static Feature category(String name, String... values) {
        return new Feature(name, ColumnType.CATEGORY, List.of(values), UnknownCategory.BUCKET);
    }

    static ModelSignature signature(Task task, List<Feature> features, String... classes) {
        Optional<String> positive = task == Task.BINARY_CLASSIFICATION ? Optional.of(classes[1]) : Optional.empty();
        return new ModelSignature(
                task, features, List.of(classes), positive, new RunId(digest("run")), digest("dataset"));
    }

    static Digest digest(String text) {
        return Digest.of(text.getBytes(StandardCharsets.UTF_8));
    }

    static Preprocessing preprocessing() {
        return new Preprocessing(
                List.of(new NumberEncoding("tenure", 10, true, 0, 1)),
                List.of(new CategoryEncoding("contract", List.of("month", "year"), true)));
    }

    /** Scores of the class yes: 0.5 for each month of tenure, 1 a missing one, 2 a month contract, 3 a missing one. */
    static byte[] linearClassifier() {
        Scorer scorer = new Scorer.Linear(new float[][] {{0, 0, 0, 0, 0}, {0.5f, 1, 2, 0, 3}}, new float[] {0, -4});
        return OnnxExporter.classifier(
                signature(Task.BINARY_CLASSIFICATION, FEATURES, "no", "yes"),
                preprocessing(),
                scorer,
                Activation.SOFTMAX);
    }

    static byte[] regressor(Scorer scorer) {
        return OnnxExporter.regressor(signature(Task.REGRESSION, FEATURES), preprocessing(), scorer, 2, 100);
    }
}
