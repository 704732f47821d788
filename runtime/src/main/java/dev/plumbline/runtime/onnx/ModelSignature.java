package dev.plumbline.runtime.onnx;

import dev.plumbline.runtime.RunId;
import dev.plumbline.runtime.RunInputs.Feature;
import dev.plumbline.schemas.json.Json;
import dev.plumbline.schemas.model.Digest;
import dev.plumbline.schemas.model.Task;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import tools.jackson.core.JacksonException;

/**
 * What an artifact says about itself, in its metadata.
 *
 * <p>Each feature is one graph input of shape {@code [n,1]} by the feature's name: integers and numbers as 64-bit
 * floats, categories as texts. A missing number is NaN, a missing category the empty text
 * ({@link RawColumn#MISSING_CATEGORY}); both are answered with what training learnt about missing values. The outputs
 * are {@code label} (text, {@code [n]}) and {@code probabilities} (32-bit float, {@code [n,k]}), or {@code value}
 * (32-bit float, {@code [n]}) for regression.
 *
 * @param features the inputs in order; {@code values} are the categories that training saw and the graph tells apart,
 *     and any other one falls into the bucket of unknown values (or is refused, as {@code unknown} says); {@code min} and
 *     {@code max} are for whoever serves it to refuse by, the graph itself answers any number
 * @param classes class names in the order of the probabilities; empty for regression
 * @param positive for binary classification, the class that counts as the event
 * @param dataset digest of the canonical rows that it was trained on
 */
public record ModelSignature(
        Task task, List<Feature> features, List<String> classes, Optional<String> positive, RunId run, Digest dataset) {
    /** Output name of predicted classes. */
    public static final String LABEL = "label";

    /** Output name of class probabilities. */
    public static final String PROBABILITIES = "probabilities";

    /** Output name of predicted numbers. */
    public static final String VALUE = "value";

    private static final String PREFIX = "plumbline.";
    private static final String FORMAT = "1";

    public ModelSignature {
        features = List.copyOf(features);
        classes = List.copyOf(classes);
    }

    /**
     * The name of a feature's graph input: its own, unless a value of the graph is called so already (an output, or
     * anything that starts with {@code plumbline_}), then with {@code plumbline_column_} before it.
     */
    static String input(String feature) {
        boolean taken = feature.startsWith("plumbline_")
                || List.of(LABEL, PROBABILITIES, VALUE).contains(feature);
        return taken ? "plumbline_column_" + feature : feature;
    }

    /** The outputs of the graph, in order. */
    List<String> outputs() {
        return task == Task.REGRESSION ? List.of(VALUE) : List.of(LABEL, PROBABILITIES);
    }

    /** The metadata entries, in a fixed order. */
    Map<String, String> metadata() {
        Map<String, String> entries = new LinkedHashMap<>();
        entries.put(PREFIX + "format", FORMAT);
        entries.put(PREFIX + "task", task.label());
        entries.put(PREFIX + "run", run.toString());
        entries.put(PREFIX + "dataset", dataset.value());
        entries.put(PREFIX + "features", text(Json.canonical(features)));
        entries.put(PREFIX + "classes", text(Json.canonical(classes)));
        positive.ifPresent(value -> entries.put(PREFIX + "positive", value));
        return entries;
    }

    /** Reads the metadata of an artifact. */
    static ModelSignature of(Map<String, String> entries) throws ModelRefusedException {
        String format = required(entries, "format");
        if (!format.equals(FORMAT)) {
            throw new ModelRefusedException("The model's metadata has format " + format
                    + ", and this version of Plumbline reads format " + FORMAT + ".");
        }
        try {
            return new ModelSignature(
                    Json.convert(Json.tree(required(entries, "task")), Task.class),
                    whole(Json.read(bytes(required(entries, "features")), Feature[].class)),
                    List.of(Json.read(bytes(required(entries, "classes")), String[].class)),
                    Optional.ofNullable(entries.get(PREFIX + "positive")),
                    new RunId(new Digest(required(entries, "run"))),
                    new Digest(required(entries, "dataset")));
        } catch (JacksonException | IllegalArgumentException | NullPointerException malformed) {
            throw new ModelRefusedException("The model's metadata is damaged; train the version again.", malformed);
        }
    }

    private static List<Feature> whole(Feature... features) {
        for (Feature feature : features) {
            Objects.requireNonNull(feature.name(), "name");
            Objects.requireNonNull(feature.type(), "type");
            Objects.requireNonNull(feature.unknown(), "unknown");
        }
        return List.of(features);
    }

    private static String required(Map<String, String> entries, String name) throws ModelRefusedException {
        String value = entries.get(PREFIX + name);
        if (value == null) {
            throw new ModelRefusedException("The model lacks the metadata entry '" + PREFIX + name
                    + "', so it was not made by Plumbline; only artifacts of its own runs are loaded.");
        }
        return value;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
