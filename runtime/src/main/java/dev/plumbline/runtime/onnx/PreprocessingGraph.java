package dev.plumbline.runtime.onnx;

import dev.plumbline.runtime.RunInputs.Feature;
import dev.plumbline.runtime.onnx.GraphBuilder.Element;
import dev.plumbline.runtime.onnx.Preprocessing.CategoryEncoding;
import dev.plumbline.runtime.onnx.Preprocessing.NumberEncoding;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.function.ToDoubleFunction;
import java.util.stream.LongStream;

/**
 * Writes {@link Preprocessing} as graph nodes. All columns of a type go through each operator together, so that the
 * number of nodes, which decides the time of a single row, does not grow with the number of columns.
 */
final class PreprocessingGraph {
    /** A number of a scaled column beyond so many standard deviations counts as that many. */
    private static final double MOST_DEVIATIONS = 1e6;

    private final GraphBuilder graph;
    private final Preprocessing preprocessing;

    private PreprocessingGraph(GraphBuilder graph, Preprocessing preprocessing) {
        this.graph = graph;
        this.preprocessing = preprocessing;
    }

    /** Adds inputs and nodes, and gives the name of the value of shape {@code [n,width]}. */
    static String write(GraphBuilder graph, Preprocessing preprocessing, List<Feature> features) {
        for (Feature feature : features) {
            graph.input(
                    ModelSignature.input(feature.name()),
                    switch (feature.type()) {
                        case INTEGER, NUMBER -> Element.DOUBLE;
                        case CATEGORY -> Element.TEXT;
                    });
        }
        return new PreprocessingGraph(graph, preprocessing).write();
    }

    private String write() {
        List<String> parts = new ArrayList<>();
        if (!preprocessing.numbers().isEmpty()) {
            addNumbers(parts);
        }
        if (preprocessing.categories().stream().anyMatch(encoding -> encoding.width() > 0)) {
            parts.add(categories());
        }
        return graph.concat("plumbline_features", parts);
    }

    private void addNumbers(List<String> parts) {
        List<NumberEncoding> numbers = preprocessing.numbers();
        String raw = graph.concat(
                "plumbline_numbers",
                numbers.stream()
                        .map(encoding -> ModelSignature.input(encoding.name()))
                        .toList());
        String missing = graph.node("IsNaN", "plumbline_missing", List.of(raw));
        String filled = graph.node(
                "Where",
                "plumbline_filled",
                List.of(missing, constant("plumbline_replacement", NumberEncoding::replacement), raw));
        boolean scaled = numbers.stream().anyMatch(encoding -> encoding.factor() != 1 || encoding.center() != 0);
        String bounded = bound(scaled ? scale(filled) : filled, scaled ? MOST_DEVIATIONS : Float.MAX_VALUE);
        parts.add(graph.toFloat("plumbline_scaled_float", bounded));
        long[] indicators = indicators();
        if (indicators.length > 0) {
            String index = graph.constant("plumbline_indicators", indicators, indicators.length);
            String flags =
                    graph.node("Gather", "plumbline_flags", List.of(missing, index), GraphBuilder.integer("axis", 1));
            parts.add(graph.toFloat("plumbline_flags_float", flags));
        }
    }

    private String scale(String values) {
        String centered = graph.node(
                "Sub", "plumbline_centered", List.of(values, constant("plumbline_center", NumberEncoding::center)));
        return graph.node(
                "Mul", "plumbline_scaled", List.of(centered, constant("plumbline_factor", NumberEncoding::factor)));
    }

    /** Keeps values within what a 32-bit float and the model's sums can hold. */
    private String bound(String values, double most) {
        return graph.node(
                "Clip",
                "plumbline_bounded",
                List.of(
                        values,
                        graph.constant("plumbline_least", new double[] {-most}),
                        graph.constant("plumbline_most", new double[] {most})));
    }

    private String constant(String name, ToDoubleFunction<NumberEncoding> value) {
        double[] values = preprocessing.numbers().stream().mapToDouble(value).toArray();
        return graph.constant(name, values, 1, values.length);
    }

    private long[] indicators() {
        List<NumberEncoding> numbers = preprocessing.numbers();
        return LongStream.range(0, numbers.size())
                .filter(index -> numbers.get((int) index).indicator())
                .toArray();
    }

    /** Texts become numbers of one dictionary; each output column compares its input's number with its own. */
    private String categories() {
        List<CategoryEncoding> categories = preprocessing.categories();
        List<String> dictionary = dictionary();
        List<Long> inputs = new ArrayList<>();
        List<Long> wanted = new ArrayList<>();
        for (int input = 0; input < categories.size(); input++) {
            for (String value : columns(categories.get(input))) {
                inputs.add((long) input);
                wanted.add((long) dictionary.indexOf(value));
            }
        }
        String texts = graph.concat(
                "plumbline_texts",
                categories.stream()
                        .map(encoding -> ModelSignature.input(encoding.name()))
                        .toList());
        String numbered = graph.mlNode(
                "LabelEncoder",
                "plumbline_numbered",
                List.of(texts),
                GraphBuilder.texts("keys_strings", dictionary),
                GraphBuilder.integers("values_int64s", numbers(dictionary.size())),
                GraphBuilder.integer("default_int64", -1));
        String spread = graph.node(
                "Gather",
                "plumbline_spread",
                List.of(numbered, graph.constant("plumbline_inputs", array(inputs), inputs.size())),
                GraphBuilder.integer("axis", 1));
        String equal = graph.node(
                "Equal",
                "plumbline_equal",
                List.of(spread, graph.constant("plumbline_wanted", array(wanted), 1, wanted.size())));
        return graph.toFloat("plumbline_equal_float", equal);
    }

    private List<String> dictionary() {
        TreeSet<String> values = new TreeSet<>();
        preprocessing.categories().forEach(encoding -> values.addAll(columns(encoding)));
        return List.copyOf(values);
    }

    private static List<String> columns(CategoryEncoding encoding) {
        List<String> columns = new ArrayList<>(encoding.values());
        if (encoding.missing()) {
            columns.add(RawColumn.MISSING_CATEGORY);
        }
        return columns;
    }

    private static List<Long> numbers(int count) {
        return LongStream.range(0, count).boxed().toList();
    }

    private static long[] array(List<Long> values) {
        return values.stream().mapToLong(Long::longValue).toArray();
    }
}
