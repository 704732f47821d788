package dev.plumbline.schemas.model;

import com.fasterxml.jackson.annotation.JsonValue;

/** Who writes the commit that names a new version. */
public enum PromotionMode {
    COMMIT("commit"),
    BRANCH("branch"),
    MANUAL("manual");

    private final String label;

    PromotionMode(String label) {
        this.label = label;
    }

    /** As a spec writes it. */
    @JsonValue
    public String label() {
        return label;
    }
}
