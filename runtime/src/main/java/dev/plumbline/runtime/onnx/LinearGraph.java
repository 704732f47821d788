package dev.plumbline.runtime.onnx;

import java.util.List;

/** Writes a {@link Scorer.Linear} as graph nodes. */
final class LinearGraph {
    private LinearGraph() {}

    /** Adds the nodes, and gives the name of the scores of shape {@code [n,targets]}. */
    static String write(GraphBuilder graph, Scorer.Linear linear, String features) {
        int targets = linear.targets();
        int width = linear.weights()[0].length;
        float[] transposed = new float[targets * width];
        for (int target = 0; target < targets; target++) {
            for (int index = 0; index < width; index++) {
                transposed[index * targets + target] = linear.weights()[target][index];
            }
        }
        String weights = graph.constant("plumbline_weights", transposed, width, targets);
        String bias = graph.constant("plumbline_bias", linear.bias(), targets);
        return graph.node("Gemm", "plumbline_scores", List.of(features, weights, bias));
    }
}
