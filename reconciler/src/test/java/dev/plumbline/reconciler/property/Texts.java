package dev.plumbline.reconciler.property;

import dev.plumbline.reconciler.fixture.Specs;
import dev.plumbline.schemas.model.VersionName;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The specs of a few models that learn from one dataset, as text, and what can be read from such a text. */
final class Texts {
    static final List<String> MODELS = List.of("m0", "m1", "m2");
    static final String DATASET = "datasets/telco.yaml";
    static final String DATA = "data/churn.csv";

    private static final List<String> MISTAKES = List.of("\nbroken: [\n", "\nnonsense: 1\n");
    private static final Pattern VERSION = Pattern.compile("(?m)^ {2}version: (\\S+)");
    private static final Pattern SEED = Pattern.compile("seed: (\\d+)\\}");

    private Texts() {}

    static String model(String model) {
        return "models/" + model + ".yaml";
    }

    static String training(String model) {
        return "training/" + model + ".yaml";
    }

    static String serving(String model) {
        return "serving/" + model + ".yaml";
    }

    static String endpoint(String model) {
        return model + "-api";
    }

    static String modelText(String model) {
        return Specs.MODEL_TEXT.replace("name: churn", "name: " + model);
    }

    static String trainingText(String model, int seed) {
        return Specs.training(seed).replace("name: churn", "name: " + model).replace("model: churn", "model: " + model);
    }

    static String servingText(String model) {
        return own(Specs.SERVING_TEXT, model) + "---\n" + own(Specs.MONITORING_TEXT, model);
    }

    private static String own(String text, String model) {
        return text.replace("churn-api", endpoint(model)).replace("model: churn", "model: " + model);
    }

    static String naming(String serving, String version) {
        return VERSION.matcher(serving).replaceFirst("  version: " + version);
    }

    static String limited(String serving, int queue) {
        String plain = serving.replaceAll("(?m)^ {2}limits: .*\n", "");
        return VERSION.matcher(plain).replaceFirst("  limits: {queue: " + queue + "}\n  version: $1");
    }

    static String broken(String text, int how) {
        return sound(text) ? text + MISTAKES.get(how % MISTAKES.size()) : text;
    }

    static String mended(String text) {
        return MISTAKES.stream().reduce(text, (rest, mistake) -> rest.replace(mistake, ""));
    }

    static boolean sound(String text) {
        return MISTAKES.stream().noneMatch(text::contains);
    }

    /** What the text names; empty for {@code none}. */
    static Optional<VersionName> named(String model, String serving) {
        Matcher found = VERSION.matcher(serving);
        return found.find() ? VersionName.labelled(model, found.group(1)) : Optional.empty();
    }

    static long seed(String training) {
        Matcher found = SEED.matcher(training);
        if (!found.find()) {
            throw new IllegalArgumentException("no seed: " + training);
        }
        return Long.parseLong(found.group(1));
    }
}
