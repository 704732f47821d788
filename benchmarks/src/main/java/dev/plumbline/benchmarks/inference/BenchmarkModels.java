package dev.plumbline.benchmarks.inference;

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
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.random.RandomGenerator;

/** The two measured models: six number columns and two categories, a linear one and a forest. */
final class BenchmarkModels {
    private static final int NUMBERS = 6;
    private static final List<String> VALUES = List.of("red", "green", "blue");
    private static final int WIDTH = NUMBERS + 2 * VALUES.size();

    private BenchmarkModels() {}

    static byte[] linear() {
        RandomGenerator random = new Random(1);
        float[] weights = new float[WIDTH];
        for (int index = 0; index < WIDTH; index++) {
            weights[index] = (float) random.nextGaussian() / 10;
        }
        return classifier(new Scorer.Linear(new float[][] {new float[WIDTH], weights}, new float[] {0, 0.1f}));
    }

    /** 200 full trees of depth 8: 51,200 leaves. */
    static byte[] forest() {
        RandomGenerator random = new Random(2);
        List<TreeNode> trees = new ArrayList<>();
        for (int tree = 0; tree < 200; tree++) {
            trees.add(tree(8, random));
        }
        return classifier(new Scorer.Trees(trees, Scorer.Comparison.AT_MOST, 2));
    }

    /** A request of the rows protocol. */
    static byte[] request(int rows) {
        RandomGenerator random = new Random(3);
        StringBuilder json = new StringBuilder("{\"instances\":[");
        for (int row = 0; row < rows; row++) {
            json.append(row == 0 ? "{" : ",{");
            for (int number = 0; number < NUMBERS; number++) {
                json.append("\"n")
                        .append(number)
                        .append("\":")
                        .append(random.nextInt(10_000) / 100.0)
                        .append(',');
            }
            json.append("\"c0\":\"").append(VALUES.get(random.nextInt(3)));
            json.append("\",\"c1\":\"").append(VALUES.get(random.nextInt(3))).append("\"}");
        }
        return json.append("]}").toString().getBytes(StandardCharsets.UTF_8);
    }

    private static TreeNode tree(int depth, RandomGenerator random) {
        if (depth == 0) {
            float yes = random.nextFloat() / 200;
            return new TreeNode.Leaf(new int[] {0, 1}, new float[] {1f / 200 - yes, yes});
        }
        return new TreeNode.Split(
                random.nextInt(NUMBERS), random.nextFloat() * 100, tree(depth - 1, random), tree(depth - 1, random));
    }

    private static byte[] classifier(Scorer scorer) {
        List<Feature> features = new ArrayList<>();
        List<NumberEncoding> numbers = new ArrayList<>();
        for (int number = 0; number < NUMBERS; number++) {
            features.add(new Feature("n" + number, ColumnType.NUMBER, List.of(), UnknownCategory.BUCKET));
            numbers.add(new NumberEncoding("n" + number, 50, false, 0, 1));
        }
        List<CategoryEncoding> categories = new ArrayList<>();
        for (String name : List.of("c0", "c1")) {
            features.add(new Feature(name, ColumnType.CATEGORY, VALUES, UnknownCategory.BUCKET));
            categories.add(new CategoryEncoding(name, VALUES, false));
        }
        Digest none = Digest.of(new byte[0]);
        ModelSignature signature = new ModelSignature(
                Task.BINARY_CLASSIFICATION, features, List.of("no", "yes"), Optional.of("yes"), new RunId(none), none);
        return OnnxExporter.classifier(
                signature, new Preprocessing(numbers, categories), scorer, OnnxExporter.Activation.SOFTMAX);
    }
}
