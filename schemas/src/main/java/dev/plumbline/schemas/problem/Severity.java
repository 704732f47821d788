package dev.plumbline.schemas.problem;

import com.fasterxml.jackson.annotation.JsonValue;

/** Whether a problem holds its spec back. */
public enum Severity {
    ERROR("error"),
    WARNING("warning");

    private final String label;

    Severity(String label) {
        this.label = label;
    }

    /** As reports write it. */
    @JsonValue
    public String label() {
        return label;
    }
}
