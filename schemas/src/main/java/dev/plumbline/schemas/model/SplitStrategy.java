package dev.plumbline.schemas.model;

import com.fasterxml.jackson.annotation.JsonValue;

/** How rows are divided into training and held-out rows. */
public enum SplitStrategy {
    STRATIFIED("stratified"),
    RANDOM("random"),
    TIME("time");

    private final String label;

    SplitStrategy(String label) {
        this.label = label;
    }

    /** As a spec writes it. */
    @JsonValue
    public String label() {
        return label;
    }
}
