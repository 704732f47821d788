package dev.plumbline.runtime.training.fitting;

import java.util.List;

/** What a model is fitted to: a row of numbers and a target each. Holds the arrays that it was given. */
public record Samples(List<float[]> rows, Targets targets) {
    /** How many numbers each row has. */
    int width() {
        return rows.getFirst().length;
    }

    /** What is to be predicted, a value per row. */
    sealed interface Targets {}

    /**
     * Classes.
     *
     * @param names class names; a value is an index of them
     */
    @SuppressWarnings("ArrayRecordComponent") // compared by nobody
    public record Classes(List<String> names, int[] values) implements Targets {}

    /** Numbers, scaled to mean 0 and standard deviation 1. */
    @SuppressWarnings("ArrayRecordComponent") // compared by nobody
    public record Numbers(double[] values) implements Targets {}

    /** The classes, where the task is classification. */
    Classes classes() {
        return switch (targets) {
            case Classes classes -> classes;
            case Numbers _ -> throw new IllegalStateException("a classifier was asked to learn numbers");
        };
    }

    /** The numbers, where the task is regression. */
    double[] numbers() {
        return switch (targets) {
            case Numbers numbers -> numbers.values();
            case Classes _ -> throw new IllegalStateException("a regression model was asked to learn classes");
        };
    }
}
