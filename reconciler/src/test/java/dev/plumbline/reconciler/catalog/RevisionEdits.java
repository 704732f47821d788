package dev.plumbline.reconciler.catalog;

import dev.plumbline.reconciler.fixture.Specs;
import dev.plumbline.testkit.TemporaryRepository;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.random.RandomGenerator;

/** Commits that change a small repository in the ways in which people do, sensible or not. */
final class RevisionEdits {
    private static final int MODELS = 6;
    private static final List<String> KINDS = List.of("model", "dataset", "training", "serving", "monitoring");

    /** A Model that is named and fits no schema. */
    private static final String HALF = Specs.MODEL_TEXT.replace("churn", "half").replace("riskTier", "tier");

    private final TemporaryRepository repository;
    private final RandomGenerator random;
    private final Map<String, String> files = new TreeMap<>();

    RevisionEdits(TemporaryRepository repository, RandomGenerator random) {
        this.repository = repository;
        this.random = random;
    }

    /** The first commit: two whole models. */
    void begin() {
        Map<String, String> first = new LinkedHashMap<>();
        first.put("data/churn.csv", Specs.DATA);
        for (int model = 0; model < 2; model++) {
            for (String kind : KINDS) {
                first.put(path(kind, model), text(kind, model));
            }
        }
        first.put(
                "half/training.yaml",
                Specs.TRAINING_TEXT.replace("churn", "half").replace("telco", "m0-data"));
        write(first);
    }

    /** One commit, of one edit or a few. */
    void commit() {
        Map<String, String> changes = new LinkedHashMap<>();
        for (int edits = 1 + random.nextInt(3); edits > 0; edits--) {
            edit(changes);
        }
        write(changes);
    }

    private void edit(Map<String, String> changes) {
        String kind = KINDS.get(random.nextInt(KINDS.size()));
        int model = random.nextInt(MODELS);
        String path = path(kind, model);
        switch (random.nextInt(18)) {
            case 0, 1, 2 -> changes.put(path, text(kind, model));
            case 3 -> changes.put(path, GONE);
            case 4 -> {
                changes.put(path, GONE);
                changes.put("moved/" + kind + "-" + model + ".yaml", text(kind, model));
            }
            case 5 -> changes.put("moved/" + kind + "-" + random.nextInt(MODELS) + ".yaml", GONE);
            case 6 -> changes.put(path, text(kind, model) + "  nonsense: [1\n");
            case 7 -> changes.put(path, text(kind, model).replace("owner:", "ovner:"));
            case 8 -> changes.put(path, text(kind, model).replace("m" + model, "m" + random.nextInt(MODELS)));
            case 9 -> changes.put("cards/m" + model + ".md", random.nextBoolean() ? GONE : card());
            case 10 -> changes.put("data/churn.csv", random.nextBoolean() ? GONE : Specs.DATA);
            case 11 -> changes.put(".plumbignore", random.nextBoolean() ? GONE : "m" + model + "/\n");
            case 12 -> changes.put("many.yaml", random.nextBoolean() ? GONE : two(model));
            case 13, 14 -> changes.put("rival.yaml", random.nextBoolean() ? GONE : rival(random.nextInt(2)));
            case 15, 16 -> changes.put("half/model.yaml", random.nextBoolean() ? GONE : HALF);
            default -> changes.put("README.md", "Round " + random.nextInt() + "\n");
        }
    }

    private static final String GONE = "";

    private void write(Map<String, String> changes) {
        Map<String, Optional<byte[]>> commit = new LinkedHashMap<>();
        changes.forEach((path, text) -> {
            if (!text.equals(GONE)) {
                files.put(path, text);
                commit.put(path, Optional.of(text.getBytes(StandardCharsets.UTF_8)));
            } else if (files.remove(path) != null) {
                commit.put(path, Optional.empty());
            }
        });
        repository.commit("main", "Edit", commit);
    }

    private String two(int model) {
        return text("training", model) + "---\n" + text("monitoring", random.nextInt(MODELS));
    }

    /** Claims what another one claims. */
    private String rival(int model) {
        return text("training", model).replace("name: m" + model + ",", "name: rival,");
    }

    private String card() {
        return random.nextBoolean() ? "# A card\n" : "# A card that policy forbids\n";
    }

    private static String path(String kind, int model) {
        return "m" + model + "/" + kind + ".yaml";
    }

    private String text(String kind, int model) {
        String text = switch (kind) {
            case "model" ->
                random.nextBoolean()
                        ? Specs.MODEL_TEXT
                        : Specs.MODEL_TEXT.replace("low}", "low, card: cards/m" + model + ".md}");
            case "dataset" -> Specs.DATASET_TEXT.replace("seed: 7", "seed: " + random.nextInt(3));
            case "training" -> Specs.TRAINING_TEXT.replace("seed: 1", "seed: " + random.nextInt(3));
            case "serving" -> Specs.SERVING_TEXT;
            default -> Specs.MONITORING_TEXT;
        };
        String task = random.nextInt(8) == 0 ? "regression" : "binary-classification";
        return text.replace("churn-api", "m" + model + "-api")
                .replace("name: churn,", "name: m" + model + ",")
                .replace("model: churn", "model: m" + model)
                .replace("telco", "m" + model + "-data")
                .replace("binary-classification", task);
    }
}
