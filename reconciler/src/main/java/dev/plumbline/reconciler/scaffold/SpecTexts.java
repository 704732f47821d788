package dev.plumbline.reconciler.scaffold;

import dev.plumbline.schemas.model.Kind;
import dev.plumbline.schemas.model.Task;
import java.util.Locale;

/** Writes the specs beside the dataset: Model, Training, Serving and Monitoring. */
final class SpecTexts {
    private final DataChoices choices;
    private final Task task;

    SpecTexts(InferredData data) {
        this.choices = data.choices();
        this.task = data.task();
    }

    /** What every spec begins with. */
    static String head(Kind kind, DataChoices choices) {
        return """
            apiVersion: plumbline.dev/v1
            kind: %s
            metadata:
              name: %s
              owner: %s
            """.formatted(kind.label(), YamlScalar.of(choices.name()), YamlScalar.of(choices.owner()));
    }

    /** A constant as a spec writes it. */
    static String lower(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    String model() {
        String sensitive = choices.sensitive().isEmpty()
                ? "  # sensitive: [COLUMN]    # columns by whose values every metric is measured too\n"
                : "  # Every metric is measured for each of their values too.\n  sensitive:\n"
                        + String.join(
                                "",
                                choices.sensitive().stream()
                                        .map(each -> "    - " + YamlScalar.of(each) + "\n")
                                        .toList());
        return """
            %s
            # What should exist: a model that predicts %s.
            %sspec:
              task: %s
              riskTier: low    # how much harm a wrong prediction can do: low, medium or high; decides which policies bind
              card: %s    # a draft: write down what only you know
            """.formatted(
                                EditorSchemas.line(Kind.MODEL),
                                YamlScalar.of(choices.label()),
                                head(Kind.MODEL, choices),
                                task.label(),
                                "cards/" + choices.name() + ".md")
                + sensitive;
    }

    String training() {
        String bound = task == Task.REGRESSION ? "r2: {min: 0.5}" : "auc: {min: 0.7}";
        return """
            %s
            # How the model is fitted. The same inputs give the same model, byte for byte.
            %sspec:
              model: %s
              dataset: %s
              trainer:
                algorithm: xgboost    # %s
                parameters:
                  rounds: 200         # trees, each mending what those before it left
                  eta: 0.05           # how much of its correction is used
                  maxDepth: 3
                  subsample: 0.8      # share of the rows that a tree sees
                seed: 42
              # What a version must reach on the held-out rows to be registered. After the first run
              # `plumb describe training/%s` shows what was measured; set the bound a little below.
              # require: {%s}
              killCriteria: {maxDuration: 10m}
            """.formatted(
                EditorSchemas.line(Kind.TRAINING),
                head(Kind.TRAINING, choices),
                YamlScalar.of(choices.name()),
                YamlScalar.of(choices.name()),
                task == Task.REGRESSION ? "or linear-regression, elastic-net" : "or random-forest, logistic-regression",
                choices.name(),
                bound);
    }

    String serving() {
        return """
            %s
            # The endpoint. It answers with the version that this file names and with no other one.
            %sspec:
              model: %s
              version: none    # promotions are commits that change this value; `git revert` takes one back
              # promotion: {mode: manual}    # or branch; commit, the default, promotes what policy allows
            """.formatted(
                        EditorSchemas.line(Kind.SERVING), head(Kind.SERVING, choices), YamlScalar.of(choices.name()));
    }

    String monitoring() {
        return """
            %s
            # What is watched of the endpoint: requests, errors, latency and predictions of the last hour.
            %sspec:
              serving: %s
              window: 1h
            """.formatted(
                EditorSchemas.line(Kind.MONITORING), head(Kind.MONITORING, choices), YamlScalar.of(choices.name()));
    }
}
