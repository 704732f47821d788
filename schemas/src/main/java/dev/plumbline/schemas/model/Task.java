package dev.plumbline.schemas.model;

import com.fasterxml.jackson.annotation.JsonValue;

/** What a model predicts. */
public enum Task {
    BINARY_CLASSIFICATION("binary-classification"),
    MULTICLASS_CLASSIFICATION("multiclass-classification"),
    REGRESSION("regression");

    private final String label;

    Task(String label) {
        this.label = label;
    }

    /** As a spec writes it. */
    @JsonValue
    public String label() {
        return label;
    }
}
