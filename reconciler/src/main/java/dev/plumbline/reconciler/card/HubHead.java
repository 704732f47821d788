package dev.plumbline.reconciler.card;

import dev.plumbline.reconciler.ledger.VersionEntry;
import dev.plumbline.schemas.card.ModelCard;
import dev.plumbline.schemas.json.Json;
import dev.plumbline.schemas.model.Metric;
import dev.plumbline.schemas.model.Task;
import java.util.Locale;
import java.util.regex.Pattern;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The head of a card as the Hugging Face hub reads it (Hugging Face, "Model Cards": metadata and {@code model-index}).
 */
final class HubHead {
    private static final Pattern LISTED = Pattern.compile("[A-Za-z0-9.-]+");

    private HubHead() {}

    static ObjectNode of(ModelCard card, VersionEntry version) {
        ObjectNode head = Json.object();
        license(head, card.head().fields().path("license").asString(""));
        head.put("library_name", "onnx");
        String task = task(version.inputs().task());
        head.put("pipeline_tag", task);
        head.putArray("tags").add("plumbline").add("onnx");
        ObjectNode model = Json.object().put("name", version.version().toString());
        ObjectNode result = model.putArray("results").addObject();
        result.putObject("task").put("type", task);
        result.putObject("dataset")
                .put("type", version.dataset())
                .put("name", version.dataset())
                .put("revision", version.inputs().dataset().value());
        ArrayNode metrics = result.putArray("metrics");
        version.evaluation()
                .metrics()
                .forEach((metric, measured) -> metrics.addObject()
                        .put("type", type(metric))
                        .put("name", metric.label())
                        .put("value", measured.value()));
        head.putArray("model-index").add(model);
        return head;
    }

    /** The hub lists single licences in lower case; anything else is "other" with its name. */
    private static void license(ObjectNode head, String license) {
        boolean listed = LISTED.matcher(license).matches()
                && !license.toLowerCase(Locale.ROOT).startsWith("licenseref-");
        head.put("license", listed ? license.toLowerCase(Locale.ROOT) : "other");
        if (!listed && !license.isEmpty()) {
            head.put("license_name", license);
        }
    }

    private static String task(Task task) {
        return switch (task) {
            case BINARY_CLASSIFICATION, MULTICLASS_CLASSIFICATION -> "tabular-classification";
            case REGRESSION -> "tabular-regression";
        };
    }

    /** The hub's name of a metric, where it has one. */
    private static String type(Metric metric) {
        return switch (metric) {
            case AUC -> "roc_auc";
            case ACCURACY, PRECISION, RECALL, F1, PR_AUC, LOG_LOSS, BRIER, MAE, RMSE, R2 -> metric.label();
        };
    }
}
