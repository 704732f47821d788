package dev.plumbline.benchmarks.scale;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/**
 * A made-up repository of many models, each with its Model, Dataset, Training, Serving and Monitoring in a file of its
 * own, in folders of forty teams; the same for one seed. A few specs are broken, each in another way.
 */
final class GeneratedSpecs {
    private static final int KINDS = 5;
    private static final int TEAMS = 40;
    private static final int TABLES = 20;
    private static final int MODELS_A_FAULT = 250;
    private static final String[] TIERS = {"low", "low", "medium", "high"};

    private final int models;
    private final long seed;

    GeneratedSpecs(int specs, long seed) {
        this.models = specs / KINDS;
        this.seed = seed;
    }

    /** How many models there are. */
    int models() {
        return models;
    }

    /** Every file of the repository by its path. */
    Map<String, String> files() {
        Map<String, String> files = new LinkedHashMap<>();
        for (int table = 0; table < TABLES; table++) {
            files.put("data/table-" + table + ".csv", table(table));
        }
        for (int model = 0; model < models; model++) {
            put(files, model, 0);
        }
        return files;
    }

    /** The five specs of these models, each changed in one value that asks for work. */
    Map<String, String> changed(int from, int to, int change) {
        Map<String, String> files = new LinkedHashMap<>();
        for (int model = from; model < to; model++) {
            put(files, model, change);
        }
        return files;
    }

    /** The Training of one sound model with one line changed. */
    Map<String, String> oneLine(int model, int change) {
        return Map.of(folder(model) + "training.yaml", training(model, change));
    }

    /** The name of a model and of everything about it. */
    static String name(int model) {
        return String.format(Locale.ROOT, "model-%05d", model);
    }

    private static String folder(int model) {
        return String.format(Locale.ROOT, "team-%02d/%s/", model % TEAMS, name(model));
    }

    private void put(Map<String, String> files, int model, int change) {
        String folder = folder(model);
        files.put(folder + "model.yaml", model(model, change));
        files.put(folder + "dataset.yaml", dataset(model, change));
        files.put(folder + "training.yaml", training(model, change));
        files.put(folder + "serving.yaml", serving(model, change));
        files.put(folder + "monitoring.yaml", monitoring(model, change));
        files.put(folder + "card.md", card(model));
    }

    private static boolean broken(int model, int kind) {
        return model % MODELS_A_FAULT == MODELS_A_FAULT - 1 && model / MODELS_A_FAULT % KINDS == kind;
    }

    private RandomGenerator random(int model) {
        return RandomGeneratorFactory.of("L64X128MixRandom").create(seed * 1_000_003 + model);
    }

    private static String head(String kind, int model) {
        return "# The " + kind + " of " + name(model) + "\napiVersion: plumbline.dev/v1\nkind: " + kind
                + "\nmetadata:\n  name: " + name(model) + "\n";
    }

    private static String owner(int model) {
        return "  owner: team-" + model % TEAMS + "@example.com\n  labels: {domain: retention, team: team-"
                + model % TEAMS + "}\n";
    }

    private String model(int model, int change) {
        String tier = TIERS[random(model).nextInt(TIERS.length)];
        return head("Model", model)
                // Without an owner the admission policy denies it.
                + (broken(model, 0) ? "" : owner(model))
                + "spec:\n  task: binary-classification\n  riskTier: " + tier + "\n  card: " + folder(model)
                + "card.md\n  sensitive: [" + (change % 2 == 0 ? "gender" : "gender, plan") + "]\n";
    }

    /** A card with everything that any risk tier asks for. */
    private static String card(int model) {
        StringBuilder card = new StringBuilder(
                "---\nmodel: " + name(model)
                        + "\ncontact: help@example.com\nlicense: Apache-2.0\nvalidator: risk@example.com\noverseer: lead@example.com\n---\n");
        for (String section : List.of(
                "Purpose",
                "Out-of-scope uses",
                "Training data",
                "Slices",
                "Limitations",
                "Monitoring",
                "Rollback",
                "Fairness",
                "Human oversight")) {
            card.append("\n## ")
                    .append(section)
                    .append("\n\nThe team looks at it every month, by gender and by plan.\n");
        }
        card.append(
                "\n## Risks\n\n| Risk | Treatment | Residual |\n| --- | --- | --- |\n| a call at night | calls by day | low |\n");
        card.append("\n## Annex IV\n\n| Part | Where |\n| --- | --- |\n");
        for (int part = 1; part <= 9; part++) {
            card.append("| ").append(part).append(" | this card |\n");
        }
        return card.toString();
    }

    private String dataset(int model, int change) {
        RandomGenerator random = random(model);
        return head("Dataset", model)
                + owner(model)
                + """
                spec:
                  source: {path: data/table-%d.csv, missing: [""]}
                  label: %s
                  positive: "yes"
                  identifiers: [customer_id]
                  schema:
                    customer_id: {type: category}
                    gender: {type: category, values: [female, male]}
                    age: {type: integer, min: %d, max: 120}
                    tenure_months: {type: integer, min: 0, max: 240}
                    contract: {type: category, values: [monthly, yearly, two-year]}
                    plan: {type: category, values: [basic, standard, premium]}
                    autopay: {type: category, values: ["no", "yes"]}
                    monthly_charge: {type: number, min: 0, max: %d}
                    data_gb: {type: number, min: 0}
                    support_calls: {type: integer, min: 0}
                    churned: {type: category, values: ["no", "yes"]}
                  expectations:
                    - {rows: {min: %d}}
                    - {column: customer_id, notNull: true, unique: true}
                    - {column: monthly_charge, notNull: true, between: [1, 200]}
                  split: {strategy: stratified, test: 0.25, seed: %d, key: customer_id}
                """.formatted(
                                random.nextInt(TABLES),
                                // A label that the schema of the columns does not have.
                                broken(model, 1) ? "churn" : "churned",
                                16 + random.nextInt(4),
                                300 + random.nextInt(300),
                                5 + change,
                                random.nextInt(1000));
    }

    private String training(int model, int change) {
        RandomGenerator random = random(model);
        // A model that nobody declares.
        String of = broken(model, 2) ? "no-such-model" : name(model);
        return head("Training", model)
                + owner(model)
                + """
                spec:
                  model: %s
                  dataset: %s
                  trainer:
                    algorithm: xgboost
                    parameters:
                      rounds: %d
                      maxDepth: %d
                      eta: 0.1
                    seed: %d
                  require:
                    auc: {min: 0.6}
                  killCriteria: {maxDuration: 5m}
                """.formatted(of, name(model), 20 + random.nextInt(80), 2 + random.nextInt(4), 42 + change);
    }

    private static String serving(int model, int change) {
        return head("Serving", model) + owner(model)
                // A field that no Serving has.
                + (broken(model, 3) ? "spec:\n  modle: " : "spec:\n  model: ")
                + name(model) + "\n  version: none\n  promotion: {mode: manual, metric: auc, tolerance: 0.02}\n"
                + "  limits: {queue: " + (64 + change) + ", timeout: 2s, maxRows: 1024}\n";
    }

    private static String monitoring(int model, int change) {
        return head("Monitoring", model) + owner(model) + "spec:\n  serving: " + name(model) + "\n  window: "
                // YAML that does not parse.
                + (broken(model, 4) ? "[1h\n" : (60 + change) + "m\n");
    }

    private String table(int table) {
        RandomGenerator random = random(-1 - table);
        StringBuilder text = new StringBuilder(
                "customer_id,gender,age,tenure_months,contract,plan,autopay,monthly_charge,data_gb,support_calls,churned\n");
        for (int row = 0; row < 50; row++) {
            text.append('c').append(row).append(random.nextBoolean() ? ",female," : ",male,");
            text.append(20 + random.nextInt(60))
                    .append(',')
                    .append(random.nextInt(100))
                    .append(",monthly,basic,no,");
            text.append(10 + random.nextInt(90))
                    .append(',')
                    .append(random.nextInt(40))
                    .append(',');
            text.append(random.nextInt(5)).append(random.nextInt(4) == 0 ? ",yes\n" : ",no\n");
        }
        return text.toString();
    }
}
