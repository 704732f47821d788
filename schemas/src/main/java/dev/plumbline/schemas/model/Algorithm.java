package dev.plumbline.schemas.model;

import com.fasterxml.jackson.annotation.JsonValue;

/** What fits the model. */
public enum Algorithm {
    LOGISTIC_REGRESSION("logistic-regression"),
    RANDOM_FOREST("random-forest"),
    XGBOOST("xgboost"),
    LINEAR_REGRESSION("linear-regression"),
    ELASTIC_NET("elastic-net");

    private final String label;

    Algorithm(String label) {
        this.label = label;
    }

    /** As a spec writes it. */
    @JsonValue
    public String label() {
        return label;
    }
}
