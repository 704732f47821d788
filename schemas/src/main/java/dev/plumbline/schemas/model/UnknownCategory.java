package dev.plumbline.schemas.model;

import com.fasterxml.jackson.annotation.JsonValue;

/** What serving does with a category that training never saw. */
public enum UnknownCategory {
    BUCKET("bucket"),
    ERROR("error");

    private final String label;

    UnknownCategory(String label) {
        this.label = label;
    }

    /** As a spec writes it. */
    @JsonValue
    public String label() {
        return label;
    }
}
