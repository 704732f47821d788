package dev.plumbline.runtime.training.fitting;

import dev.plumbline.runtime.onnx.TreeNode;
import dev.plumbline.schemas.json.Json;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntUnaryOperator;
import ml.dmlc.xgboost4j.java.Booster;
import ml.dmlc.xgboost4j.java.DMatrix;
import ml.dmlc.xgboost4j.java.XGBoost;
import ml.dmlc.xgboost4j.java.XGBoostError;
import tools.jackson.databind.JsonNode;

/**
 * Gradient-boosted trees by XGBoost, the engine that Tribuo carries, round by round so that progress can be told.
 *
 * <p>One thread fits: with more, sums of gradients would depend on their number.
 */
final class Boosting {
    private final Booster booster;

    private Boosting(Booster booster) {
        this.booster = booster;
    }

    /** Fits so many rounds for this objective. */
    static Boosting fit(
            List<float[]> rows,
            float[] targets,
            Map<String, Object> objective,
            Parameters parameters,
            long seed,
            FitProgress progress)
            throws FittingException {
        int rounds = parameters.whole("rounds");
        DMatrix matrix = null;
        try {
            matrix = matrix(rows);
            matrix.setLabel(targets);
            Booster booster = XGBoost.train(matrix, settings(objective, parameters, seed), 0, Map.of(), null, null);
            for (int round = 0; round < rounds; round++) {
                booster.update(matrix, round);
                progress.at(round + 1L, rounds, "round");
            }
            return new Boosting(booster);
        } catch (XGBoostError failure) {
            throw new FittingException("XGBoost could not fit the trees", failure);
        } finally {
            if (matrix != null) {
                matrix.dispose();
            }
        }
    }

    private static Map<String, Object> settings(Map<String, Object> objective, Parameters parameters, long seed) {
        Map<String, Object> settings = new HashMap<>(objective);
        settings.put("eta", parameters.number("eta"));
        settings.put("max_depth", parameters.whole("maxDepth"));
        settings.put("subsample", parameters.number("subsample"));
        settings.put("min_child_weight", parameters.number("minChildWeight"));
        settings.put("lambda", parameters.number("lambda"));
        settings.put("gamma", parameters.number("gamma"));
        settings.put("tree_method", "hist");
        settings.put("nthread", 1);
        settings.put("verbosity", 1);
        // XGBoost takes 31 bits of a seed.
        settings.put("seed", Math.floorMod(seed, Integer.MAX_VALUE));
        return settings;
    }

    private static DMatrix matrix(List<float[]> rows) throws XGBoostError {
        int width = rows.getFirst().length;
        float[] values = new float[Math.multiplyExact(rows.size(), width)];
        for (int row = 0; row < rows.size(); row++) {
            System.arraycopy(rows.get(row), 0, values, row * width, width);
        }
        return new DMatrix(values, rows.size(), width, Float.NaN);
    }

    /** What the objective's own output of each row is. */
    float[][] predict(List<float[]> rows) throws FittingException {
        DMatrix matrix = null;
        try {
            matrix = matrix(rows);
            return booster.predict(matrix);
        } catch (XGBoostError failure) {
            throw new FittingException("XGBoost could not answer the held-out rows", failure);
        } finally {
            if (matrix != null) {
                matrix.dispose();
            }
        }
    }

    /**
     * The fitted trees.
     *
     * @param target which score the trees of a group add to
     */
    List<TreeNode> trees(IntUnaryOperator target) throws FittingException {
        try {
            JsonNode model = Json.read(booster.toByteArray("json"))
                    .path("learner")
                    .path("gradient_booster")
                    .path("model");
            List<TreeNode> trees = new ArrayList<>();
            for (int index = 0; index < model.path("trees").size(); index++) {
                int group = model.path("tree_info").get(index).intValue();
                trees.add(node(model.path("trees").get(index), 0, target.applyAsInt(group)));
            }
            return trees;
        } catch (XGBoostError failure) {
            throw new FittingException("XGBoost could not write its trees", failure);
        }
    }

    /** A node without children keeps its weight where others keep their threshold. */
    private static TreeNode node(JsonNode tree, int index, int target) {
        int left = tree.path("left_children").get(index).intValue();
        float value = tree.path("split_conditions").get(index).floatValue();
        if (left < 0) {
            return new TreeNode.Leaf(new int[] {target}, new float[] {value});
        }
        int right = tree.path("right_children").get(index).intValue();
        int feature = tree.path("split_indices").get(index).intValue();
        return new TreeNode.Split(feature, value, node(tree, left, target), node(tree, right, target));
    }
}
