package dev.plumbline.runtime.onnx;

import dev.plumbline.runtime.onnx.TreeNode.Leaf;
import dev.plumbline.runtime.onnx.TreeNode.Split;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes {@link Scorer.Trees} as one {@code TreeEnsembleRegressor} with a target per score. (The classifier operator of
 * ONNX treats two classes as a case of its own, which the regressor has not.)
 */
final class TreeEnsembleGraph {
    private static final String LEAF = "LEAF";

    private final String mode;
    private final List<Long> treeIds = new ArrayList<>();
    private final List<Long> nodeIds = new ArrayList<>();
    private final List<Long> features = new ArrayList<>();
    private final List<Float> thresholds = new ArrayList<>();
    private final List<String> modes = new ArrayList<>();
    private final List<Long> firsts = new ArrayList<>();
    private final List<Long> seconds = new ArrayList<>();
    private final List<Long> leafTrees = new ArrayList<>();
    private final List<Long> leafNodes = new ArrayList<>();
    private final List<Long> leafTargets = new ArrayList<>();
    private final List<Float> leafWeights = new ArrayList<>();

    private TreeEnsembleGraph(Scorer.Comparison comparison) {
        this.mode = comparison.mode();
    }

    /** Adds the nodes, and gives the name of the scores of shape {@code [n,targets]}. */
    static String write(GraphBuilder graph, Scorer.Trees trees, String features) {
        TreeEnsembleGraph flat = new TreeEnsembleGraph(trees.comparison());
        for (int tree = 0; tree < trees.roots().size(); tree++) {
            flat.add(tree, 0, trees.roots().get(tree));
        }
        return flat.node(graph, trees.targets(), features);
    }

    /** Adds a node and what is below it, and gives the first free number after them. */
    private int add(int tree, int number, TreeNode node) {
        int position = treeIds.size();
        treeIds.add((long) tree);
        nodeIds.add((long) number);
        firsts.add(0L);
        seconds.add(0L);
        switch (node) {
            case Leaf leaf -> {
                addNode(0, 0, LEAF);
                addWeights(tree, number, leaf);
                return number + 1;
            }
            case Split split -> {
                addNode(split.feature(), split.threshold(), mode);
                int second = add(tree, number + 1, split.first());
                firsts.set(position, number + 1L);
                seconds.set(position, (long) second);
                return add(tree, second, split.second());
            }
        }
    }

    private void addNode(long feature, float threshold, String kind) {
        features.add(feature);
        thresholds.add(threshold);
        modes.add(kind);
    }

    private void addWeights(int tree, int number, Leaf leaf) {
        for (int index = 0; index < leaf.targets().length; index++) {
            leafTrees.add((long) tree);
            leafNodes.add((long) number);
            leafTargets.add((long) leaf.targets()[index]);
            leafWeights.add(leaf.weights()[index]);
        }
    }

    private String node(GraphBuilder graph, int targets, String input) {
        return graph.mlNode(
                "TreeEnsembleRegressor",
                "plumbline_scores",
                List.of(input),
                GraphBuilder.integer("n_targets", targets),
                GraphBuilder.text("aggregate_function", "SUM"),
                GraphBuilder.text("post_transform", "NONE"),
                GraphBuilder.integers("nodes_treeids", treeIds),
                GraphBuilder.integers("nodes_nodeids", nodeIds),
                GraphBuilder.integers("nodes_featureids", features),
                GraphBuilder.floats("nodes_values", thresholds),
                GraphBuilder.texts("nodes_modes", modes),
                GraphBuilder.integers("nodes_truenodeids", firsts),
                GraphBuilder.integers("nodes_falsenodeids", seconds),
                GraphBuilder.integers("target_treeids", leafTrees),
                GraphBuilder.integers("target_nodeids", leafNodes),
                GraphBuilder.integers("target_ids", leafTargets),
                GraphBuilder.floats("target_weights", leafWeights));
    }
}
