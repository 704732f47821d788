package dev.plumbline.runtime.onnx;

/** One node of a decision tree over preprocessed numbers. */
public sealed interface TreeNode {
    /** Goes to {@code first} when the feature passes the ensemble's comparison with the threshold. */
    record Split(int feature, float threshold, TreeNode first, TreeNode second) implements TreeNode {}

    /**
     * An end: adds these to the scores.
     *
     * @param targets which scores
     * @param weights what is added to each
     */
    @SuppressWarnings("ArrayRecordComponent") // compared by nobody; a forest has hundreds of thousands
    record Leaf(int[] targets, float[] weights) implements TreeNode {}
}
