package dev.plumbline.schemas.model;

import com.fasterxml.jackson.annotation.JsonValue;

/** How much harm a wrong model can do; decides which policies bind. */
public enum RiskTier {
    LOW("low"),
    MEDIUM("medium"),
    HIGH("high");

    private final String label;

    RiskTier(String label) {
        this.label = label;
    }

    /** As a spec writes it. */
    @JsonValue
    public String label() {
        return label;
    }
}
