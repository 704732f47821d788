package dev.plumbline.runtime.onnx;

import java.util.List;

/** What a model answered, a row per input row. Holds the arrays that it was given: do not change them. */
public sealed interface Predictions {
    /** How many rows were answered. */
    int rows();

    /**
     * Of a classifier.
     *
     * @param classes class names, in the order of the probabilities
     * @param labels the predicted class of each row
     * @param probabilities row after row, a value per class
     */
    @SuppressWarnings("ArrayRecordComponent") // compared by nobody; copying each answer would cost
    record Classes(List<String> classes, String[] labels, float[] probabilities) implements Predictions {
        public Classes {
            classes = List.copyOf(classes);
        }

        @Override
        public int rows() {
            return labels.length;
        }

        /** The probability of one class in one row. */
        public float probability(int row, int index) {
            return probabilities[row * classes.size() + index];
        }
    }

    /** Of a regression model. */
    @SuppressWarnings("ArrayRecordComponent") // compared by nobody; copying each answer would cost
    record Values(float[] values) implements Predictions {
        @Override
        public int rows() {
            return values.length;
        }
    }
}
