package dev.plumbline.runtime.training.fitting;

import dev.plumbline.runtime.onnx.OnnxExporter.Activation;
import dev.plumbline.runtime.onnx.Scorer;
import dev.plumbline.runtime.onnx.TreeNode;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.tribuo.ImmutableFeatureMap;
import org.tribuo.ImmutableOutputInfo;
import org.tribuo.MutableDataset;
import org.tribuo.classification.Label;
import org.tribuo.classification.dtree.CARTClassificationTrainer;
import org.tribuo.classification.dtree.impurity.GiniIndex;
import org.tribuo.common.tree.LeafNode;
import org.tribuo.common.tree.Node;
import org.tribuo.common.tree.SplitNode;
import org.tribuo.dataset.DatasetView;
import org.tribuo.math.la.SparseVector;

/**
 * A random forest of Tribuo's classification trees: each is fitted to a bootstrap sample and chooses every split from a
 * random part of the features; the forest answers the mean of the trees' class shares.
 *
 * <p>Trees are fitted side by side, each with a seed of its own, so their number of threads does not change the forest.
 */
public final class RandomForest implements Fitter {
    @Override
    public FittedModel fit(Samples samples, Parameters parameters, long seed, FitProgress progress)
            throws FittingException {
        List<Node<Label>> roots = fitTrees(TribuoRows.classification(samples), parameters, seed, progress);
        List<String> classes = samples.classes().names();
        List<TreeNode> trees =
                roots.stream().map(root -> node(root, classes, roots.size())).toList();
        Scorer scorer = new Scorer.Trees(trees, Scorer.Comparison.AT_MOST, classes.size());
        return new FittedModel(scorer, Activation.NONE, batch -> predict(roots, classes, batch));
    }

    private static List<Node<Label>> fitTrees(
            MutableDataset<Label> rows, Parameters parameters, long seed, FitProgress progress)
            throws FittingException {
        ImmutableFeatureMap features = rows.getFeatureIDMap();
        ImmutableOutputInfo<Label> labels = rows.getOutputIDInfo();
        int count = parameters.whole("trees");
        long[] seeds = new SplittableRandom(seed).longs(2L * count).toArray();
        AtomicInteger done = new AtomicInteger();
        try (ExecutorService threads =
                Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors())) {
            List<Future<Node<Label>>> futures = IntStream.range(0, count)
                    .mapToObj(tree -> threads.submit(() -> {
                        var sample =
                                DatasetView.createBootstrapView(rows, rows.size(), seeds[2 * tree], features, labels);
                        Node<Label> root = trainer(parameters, features.size(), seeds[2 * tree + 1])
                                .train(sample)
                                .getRoot();
                        progress.at(done.incrementAndGet(), count, "tree");
                        return root;
                    }))
                    .toList();
            return results(futures);
        }
    }

    private static CARTClassificationTrainer trainer(Parameters parameters, int features, long seed) {
        return new CARTClassificationTrainer(
                parameters.whole("maxDepth"),
                (float) parameters.number("minChildWeight"),
                0,
                // A share of a few features may round to none, and a tree that may ask for none never splits.
                Math.max((float) parameters.number("featureFraction"), 1f / features),
                new GiniIndex(),
                seed);
    }

    private static List<Node<Label>> results(List<Future<Node<Label>>> futures) throws FittingException {
        List<Node<Label>> roots = new ArrayList<>(futures.size());
        try {
            for (Future<Node<Label>> future : futures) {
                roots.add(future.get());
            }
            return roots;
        } catch (ExecutionException failure) {
            futures.forEach(future -> future.cancel(true));
            throw new FittingException("a tree of the forest could not be fitted", failure);
        } catch (InterruptedException interrupted) {
            futures.forEach(future -> future.cancel(true));
            Thread.currentThread().interrupt();
            throw new FittingException("fitting was interrupted", interrupted);
        }
    }

    private static TreeNode node(Node<Label> node, List<String> classes, int trees) {
        if (node instanceof SplitNode<Label> split) {
            return new TreeNode.Split(
                    split.getFeatureID(),
                    roundedDown(split.splitValue()),
                    node(split.getLessThanOrEqual(), classes, trees),
                    node(split.getGreaterThan(), classes, trees));
        }
        double[] shares = shares((LeafNode<Label>) node, classes);
        float[] weights = new float[shares.length];
        for (int index = 0; index < shares.length; index++) {
            weights[index] = (float) (shares[index] / trees);
        }
        return new TreeNode.Leaf(IntStream.range(0, shares.length).toArray(), weights);
    }

    /** The largest float that is not above it: then a float is at most one exactly when it is at most the other. */
    public static float roundedDown(double threshold) {
        float rounded = (float) threshold;
        return rounded > threshold ? Math.nextDown(rounded) : rounded;
    }

    private static double[] shares(LeafNode<Label> leaf, List<String> classes) {
        return TribuoRows.scores(leaf.getDistribution(), classes);
    }

    private static double[][] predict(List<Node<Label>> roots, List<String> classes, List<float[]> rows) {
        return rows.stream()
                .map(row -> SparseVector.createSparseVector(
                        row.length, IntStream.range(0, row.length).toArray(), TribuoRows.doubles(row)))
                .map(row -> mean(roots, classes, row))
                .toArray(double[][]::new);
    }

    private static double[] mean(List<Node<Label>> roots, List<String> classes, SparseVector row) {
        double[] sum = new double[classes.size()];
        for (Node<Label> root : roots) {
            Node<Label> node = root;
            while (!node.isLeaf()) {
                node = node.getNextNode(row);
            }
            double[] shares = shares((LeafNode<Label>) node, classes);
            for (int index = 0; index < sum.length; index++) {
                sum[index] += shares[index] / roots.size();
            }
        }
        return sum;
    }
}
