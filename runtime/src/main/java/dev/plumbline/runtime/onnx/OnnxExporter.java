package dev.plumbline.runtime.onnx;

import dev.plumbline.runtime.onnx.GraphBuilder.Element;
import java.util.List;

/** Writes a fitted model as one self-contained ONNX graph from raw columns. The same model gives the same bytes. */
public final class OnnxExporter {
    private OnnxExporter() {}

    /** How the scores of a classifier become probabilities. */
    public enum Activation {
        /** The scores are probabilities. */
        NONE,
        SOFTMAX
    }

    /**
     * A classifier; each row's label is the class of the largest score.
     *
     * @param scorer with a score for each of the signature's classes
     */
    public static byte[] classifier(
            ModelSignature signature, Preprocessing preprocessing, Scorer scorer, Activation activation) {
        GraphBuilder graph = new GraphBuilder();
        String scores = scores(graph, signature, preprocessing, scorer);
        String operator = switch (activation) {
            case NONE -> "Identity";
            case SOFTMAX -> "Softmax";
        };
        String probabilities = activation == Activation.NONE
                ? graph.node(operator, ModelSignature.PROBABILITIES, List.of(scores))
                : graph.node(operator, ModelSignature.PROBABILITIES, List.of(scores), GraphBuilder.integer("axis", 1));
        String best = graph.node(
                "ArgMax",
                "plumbline_best",
                List.of(scores),
                GraphBuilder.integer("axis", 1),
                GraphBuilder.integer("keepdims", 0));
        String classes = graph.constant("plumbline_classes", signature.classes());
        graph.node("Gather", ModelSignature.LABEL, List.of(classes, best), GraphBuilder.integer("axis", 0));
        graph.output(ModelSignature.LABEL, Element.TEXT);
        graph.output(probabilities, Element.FLOAT, signature.classes().size());
        return graph.build(signature.metadata());
    }

    /**
     * A regression model; its value is {@code score * factor + offset}.
     *
     * @param scorer with one score
     */
    public static byte[] regressor(
            ModelSignature signature, Preprocessing preprocessing, Scorer scorer, double factor, double offset) {
        GraphBuilder graph = new GraphBuilder();
        String scores = scores(graph, signature, preprocessing, scorer);
        String flat = graph.node(
                "Reshape",
                "plumbline_flat",
                List.of(scores, graph.constant("plumbline_flat_shape", new long[] {-1}, 1)));
        String scaled = graph.node(
                "Mul",
                "plumbline_rescaled",
                List.of(flat, graph.constant("plumbline_label_factor", new float[] {(float) factor})));
        graph.node("Add", ModelSignature.VALUE, List.of(scaled, graph.constant("plumbline_label_offset", new float[] {
            (float) offset
        })));
        graph.output(ModelSignature.VALUE, Element.FLOAT);
        return graph.build(signature.metadata());
    }

    private static String scores(
            GraphBuilder graph, ModelSignature signature, Preprocessing preprocessing, Scorer scorer) {
        String features = PreprocessingGraph.write(graph, preprocessing, signature.features());
        return switch (scorer) {
            case Scorer.Linear linear -> LinearGraph.write(graph, linear, features);
            case Scorer.Trees trees -> TreeEnsembleGraph.write(graph, trees, features);
        };
    }
}
