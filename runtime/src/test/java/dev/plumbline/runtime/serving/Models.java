package dev.plumbline.runtime.serving;

import dev.plumbline.runtime.RunId;
import dev.plumbline.runtime.RunInputs.Feature;
import dev.plumbline.runtime.onnx.ModelSignature;
import dev.plumbline.runtime.onnx.OnnxExporter;
import dev.plumbline.runtime.onnx.Preprocessing;
import dev.plumbline.runtime.onnx.Preprocessing.CategoryEncoding;
import dev.plumbline.runtime.onnx.Preprocessing.NumberEncoding;
import dev.plumbline.runtime.onnx.Scorer;
import dev.plumbline.runtime.onnx.TreeNode;
import dev.plumbline.schemas.model.ColumnType;
import dev.plumbline.schemas.model.Digest;
import dev.plumbline.schemas.model.Task;
import dev.plumbline.schemas.model.UnknownCategory;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/** Small models over {@code tenure} (integer), {@code charges} (number), {@code contract} and {@code plan}. */
final class Models {
    static final List<Feature> FEATURES = List.of(
            new Feature("tenure", ColumnType.INTEGER, List.of(), UnknownCategory.BUCKET),
            new Feature("charges", ColumnType.NUMBER, List.of(), UnknownCategory.BUCKET),
            new Feature("contract", ColumnType.CATEGORY, List.of("month", "year"), UnknownCategory.ERROR),
            new Feature("plan", ColumnType.CATEGORY, List.of("basic", "plus"), UnknownCategory.BUCKET));

    /** As the others, but tenure is 0 to 120 and charges are at least 18.5. */
    private static final List<Feature> BOUNDED = List.of(
            new Feature(
                    "tenure",
                    ColumnType.INTEGER,
                    List.of(),
                    UnknownCategory.BUCKET,
                    Optional.of(0.0),
                    Optional.of(120.0)),
            new Feature(
                    "charges",
                    ColumnType.NUMBER,
                    List.of(),
                    UnknownCategory.BUCKET,
                    Optional.of(18.5),
                    Optional.empty()),
            FEATURES.get(2),
            FEATURES.get(3));

    private static final int WIDTH = 8;

    private Models() {}

    /** Says yes when the constant outweighs 0: a version of its own for each constant. */
    static byte[] classifier(float constant) {
        float[] weights = new float[WIDTH];
        weights[0] = 0.001f;
        return classifier(weights, constant);
    }

    /** Answers NaN when the tenure is beyond a hundred. */
    static byte[] overflowing() {
        float[] weights = new float[WIDTH];
        weights[0] = 3e36f;
        return classifier(weights, 0);
    }

    static byte[] regressor(float constant) {
        return OnnxExporter.regressor(
                signature(Task.REGRESSION),
                preprocessing(),
                new Scorer.Linear(new float[][] {new float[WIDTH]}, new float[] {constant}),
                1,
                0);
    }

    /** Takes only numbers within bounds. */
    static byte[] bounded(Task task) {
        Scorer scorer = new Scorer.Linear(
                task == Task.REGRESSION
                        ? new float[][] {new float[WIDTH]}
                        : new float[][] {new float[WIDTH], new float[WIDTH]},
                task == Task.REGRESSION ? new float[] {1} : new float[] {0, 1});
        return task == Task.REGRESSION
                ? OnnxExporter.regressor(signature(task, BOUNDED), preprocessing(), scorer, 1, 0)
                : OnnxExporter.classifier(
                        signature(task, BOUNDED, "no", "yes"),
                        preprocessing(),
                        scorer,
                        OnnxExporter.Activation.SOFTMAX);
    }

    /** Takes some tens of milliseconds for a thousand rows. */
    static byte[] slow() {
        List<TreeNode> trees = Collections.nCopies(400, tree(9));
        return OnnxExporter.classifier(
                signature(Task.BINARY_CLASSIFICATION, "no", "yes"),
                preprocessing(),
                new Scorer.Trees(trees, Scorer.Comparison.AT_MOST, 2),
                OnnxExporter.Activation.SOFTMAX);
    }

    private static TreeNode tree(int depth) {
        return depth == 0
                ? new TreeNode.Leaf(new int[] {0, 1}, new float[] {0.1f, 0.2f})
                : new TreeNode.Split(depth % 2, depth * 10f, tree(depth - 1), tree(depth - 1));
    }

    private static byte[] classifier(float[] weights, float constant) {
        return OnnxExporter.classifier(
                signature(Task.BINARY_CLASSIFICATION, "no", "yes"),
                preprocessing(),
                new Scorer.Linear(new float[][] {new float[WIDTH], weights}, new float[] {0, constant}),
                OnnxExporter.Activation.SOFTMAX);
    }

    private static ModelSignature signature(Task task, String... classes) {
        return signature(task, FEATURES, classes);
    }

    private static ModelSignature signature(Task task, List<Feature> features, String... classes) {
        Digest none = Digest.of("none".getBytes(StandardCharsets.UTF_8));
        return new ModelSignature(
                task,
                features,
                List.of(classes),
                classes.length == 2 ? Optional.of(classes[1]) : Optional.empty(),
                new RunId(none),
                none);
    }

    private static Preprocessing preprocessing() {
        return new Preprocessing(
                List.of(new NumberEncoding("tenure", 0, true, 0, 1), new NumberEncoding("charges", 0, false, 0, 1)),
                List.of(
                        new CategoryEncoding("contract", List.of("month", "year"), true),
                        new CategoryEncoding("plan", List.of("basic", "plus"), false)));
    }
}
