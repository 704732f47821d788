package dev.plumbline.runtime.onnx;

import dev.plumbline.runtime.RunInputs.Feature;
import dev.plumbline.schemas.model.UnknownCategory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * How raw columns become the numbers that a model is fitted to, learnt from the training rows alone.
 *
 * <p>A missing number becomes the median of the training rows, and where these had missing numbers, a further column
 * says so with 1. A category becomes a column per value with 1 where it is that value; a missing one has a column of
 * its own where training had missing ones. A value without a column, seen in training or not, is 0 in all of them.
 *
 * @param numbers the number columns, in the order of the features
 * @param categories the category columns, in the order of the features
 */
public record Preprocessing(List<NumberEncoding> numbers, List<CategoryEncoding> categories) {
    /** So many of the most frequent values of a column get a column each; the others share the bucket of unknown ones. */
    static final int MOST_VALUES = 256;

    public Preprocessing {
        numbers = List.copyOf(numbers);
        categories = List.copyOf(categories);
    }

    /**
     * Of an integer or number column: {@code (x - center) * factor}.
     *
     * @param replacement what stands in for a missing number, before scaling
     * @param indicator whether a further column tells missing numbers
     */
    public record NumberEncoding(String name, double replacement, boolean indicator, double center, double factor) {}

    /**
     * Of a category column.
     *
     * @param values those with a column each, in the order of the columns
     * @param missing whether missing values have a column, the last one
     */
    public record CategoryEncoding(String name, List<String> values, boolean missing) {
        public CategoryEncoding {
            values = List.copyOf(values);
        }

        int width() {
            return values.size() + (missing ? 1 : 0);
        }
    }

    /** How many numbers a row becomes. */
    public int width() {
        int indicators =
                (int) numbers.stream().filter(NumberEncoding::indicator).count();
        int values = categories.stream().mapToInt(CategoryEncoding::width).sum();
        return numbers.size() + indicators + values;
    }

    /** The features as an artifact announces them: categories with the values that the graph tells apart. */
    public List<Feature> announced(List<Feature> features) {
        return features.stream()
                .map(feature -> categories.stream()
                        .filter(encoding -> encoding.name().equals(feature.name()))
                        .findFirst()
                        .map(encoding -> feature.withValues(encoding.values()))
                        .orElseGet(() -> feature.withValues(List.of())))
                .toList();
    }

    /**
     * Learns from training rows.
     *
     * @param columns the training rows of each feature, in order
     * @param scaled whether numbers are brought to mean 0 and standard deviation 1, as linear models need
     */
    public static Preprocessing fit(List<Feature> features, List<RawColumn> columns, boolean scaled) {
        List<NumberEncoding> numbers = new ArrayList<>();
        List<CategoryEncoding> categories = new ArrayList<>();
        for (int index = 0; index < features.size(); index++) {
            Feature feature = features.get(index);
            switch (columns.get(index)) {
                case RawColumn.Numbers column -> numbers.add(number(feature.name(), column.values(), scaled));
                case RawColumn.Categories column -> categories.add(category(feature, column.values()));
            }
        }
        return new Preprocessing(numbers, categories);
    }

    private static NumberEncoding number(String name, double[] values, boolean scaled) {
        double[] present =
                Arrays.stream(values).filter(Double::isFinite).sorted().toArray();
        double median = present.length == 0 ? 0 : middle(present);
        boolean indicator = present.length > 0 && present.length < values.length;
        if (!scaled) {
            return new NumberEncoding(name, median, indicator, 0, 1);
        }
        Moments moments = Moments.of(values, median);
        return new NumberEncoding(name, median, indicator, moments.mean(), moments.factor());
    }

    private static double middle(double[] sorted) {
        int half = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[half] : sorted[half - 1] / 2 + sorted[half] / 2;
    }

    /** Mean and standard deviation of values, with missing ones replaced. */
    private record Moments(double mean, double deviation) {
        static Moments of(double[] values, double replacement) {
            double mean = 0;
            double squares = 0;
            int count = 0;
            for (double raw : values) {
                double value = Double.isFinite(raw) ? raw : replacement;
                count++;
                double difference = value - mean;
                mean += difference / count;
                squares += difference * (value - mean);
            }
            return new Moments(mean, count == 0 ? 0 : Math.sqrt(squares / count));
        }

        /** 0 for a column that is constant, up to rounding: it tells nothing. */
        double factor() {
            return deviation > Math.abs(mean) * 1e-12 ? 1 / deviation : 0;
        }
    }

    private static CategoryEncoding category(Feature feature, String[] values) {
        Map<String, Integer> counts = new TreeMap<>();
        for (String value : values) {
            counts.merge(value, 1, Integer::sum);
        }
        boolean missing = counts.remove(RawColumn.MISSING_CATEGORY) != null;
        // A column that refuses unknown values must know every one that training saw.
        int most = feature.unknown() == UnknownCategory.ERROR ? Integer.MAX_VALUE : MOST_VALUES;
        List<String> kept = counts.entrySet().stream()
                .sorted(Map.Entry.<String, Integer>comparingByValue(Comparator.reverseOrder())
                        .thenComparing(Map.Entry.comparingByKey()))
                .limit(most)
                .map(Map.Entry::getKey)
                .sorted()
                .toList();
        return new CategoryEncoding(feature.name(), kept, missing);
    }
}
