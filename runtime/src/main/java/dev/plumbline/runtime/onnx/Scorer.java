package dev.plumbline.runtime.onnx;

import java.util.List;

/** What turns the preprocessed numbers of a row into scores: one for each class, or one for regression. */
public sealed interface Scorer {
    /** How many scores a row gets. */
    int targets();

    /** Each score is a sum of weighted numbers and a constant: {@code weights[target][number]}. */
    @SuppressWarnings("ArrayRecordComponent") // compared by nobody
    record Linear(float[][] weights, float[] bias) implements Scorer {
        @Override
        public int targets() {
            return bias.length;
        }
    }

    /** Each score is a sum over the leaves that a row falls into. */
    record Trees(List<TreeNode> roots, Comparison comparison, int targets) implements Scorer {
        public Trees {
            roots = List.copyOf(roots);
        }
    }

    /** When a row takes a split's first branch. */
    enum Comparison {
        AT_MOST("BRANCH_LEQ"),
        BELOW("BRANCH_LT");

        private final String mode;

        Comparison(String mode) {
            this.mode = mode;
        }

        /** What ONNX calls it. */
        String mode() {
            return mode;
        }
    }
}
