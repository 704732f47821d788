package dev.plumbline.schemas.model;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.Optional;

/** The measures of a model on held-out rows, by the names that specs and JSON use. */
public enum Metric {
    ACCURACY("accuracy", true, true),
    PRECISION("precision", true, true),
    RECALL("recall", true, true),
    F1("f1", true, true),
    AUC("auc", true, true),
    PR_AUC("prAuc", true, true),
    LOG_LOSS("logLoss", true, false),
    BRIER("brier", true, false),
    MAE("mae", false, false),
    RMSE("rmse", false, false),
    R2("r2", false, true);

    private final String label;
    private final boolean classification;
    private final boolean higherIsBetter;

    Metric(String label, boolean classification, boolean higherIsBetter) {
        this.label = label;
        this.classification = classification;
        this.higherIsBetter = higherIsBetter;
    }

    /** The name in specs and JSON. */
    @JsonValue
    public String label() {
        return label;
    }

    /** Whether models of this task are measured by it. */
    public boolean measures(Task task) {
        return classification == (task != Task.REGRESSION);
    }

    /** Whether a larger value is a better model. */
    public boolean higherIsBetter() {
        return higherIsBetter;
    }

    /** The metric with this name. */
    public static Optional<Metric> named(String label) {
        return Arrays.stream(values())
                .filter(metric -> metric.label.equals(label))
                .findFirst();
    }

    @JsonCreator
    static Metric parse(String label) {
        return named(label).orElseThrow(() -> new IllegalArgumentException("no such metric: " + label));
    }
}
