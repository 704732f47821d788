package dev.plumbline.runtime.onnx;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtException;
import dev.plumbline.runtime.RunInputs.Feature;
import dev.plumbline.runtime.onnx.GraphBuilder.Element;
import java.util.List;
import java.util.Map;

/**
 * Runs the preprocessing half of a model's graph, so that a model is fitted to exactly the numbers that it will later be
 * asked about. Thread-safe.
 */
public final class FeatureTransform implements AutoCloseable {
    private static final int BATCH = 4096;

    private final List<Feature> features;
    private final int width;
    private final GraphSession session;

    private FeatureTransform(List<Feature> features, int width, GraphSession session) {
        this.features = features;
        this.width = width;
        this.session = session;
    }

    /** Loads the graph of this preprocessing. */
    public static FeatureTransform of(Preprocessing preprocessing, List<Feature> features) {
        GraphBuilder graph = new GraphBuilder();
        String output = PreprocessingGraph.write(graph, preprocessing, features);
        String named = graph.node("Identity", "plumbline_output", List.of(output));
        graph.output(named, Element.FLOAT, preprocessing.width());
        try {
            GraphSession session = GraphSession.open(graph.build(Map.of()), features);
            return new FeatureTransform(List.copyOf(features), preprocessing.width(), session);
        } catch (OrtException failure) {
            throw new InferenceException("the preprocessing graph could not be loaded", failure);
        }
    }

    /**
     * The numbers of each row.
     *
     * @param columns a column for each feature, in order
     */
    public float[][] apply(List<RawColumn> columns) {
        int rows = GraphSession.rows(features, columns);
        float[][] matrix = new float[rows][width];
        for (int from = 0; from < rows; from += BATCH) {
            int start = from;
            int end = Math.min(rows, from + BATCH);
            session.run(columns, start, end, outputs -> {
                var values = ((OnnxTensor) outputs.get(0)).getFloatBuffer();
                for (int row = start; row < end; row++) {
                    values.get(matrix[row]);
                }
                return end;
            });
        }
        return matrix;
    }

    @Override
    public void close() {
        session.close();
    }
}
