package dev.plumbline.reconciler.status;

import com.fasterxml.jackson.annotation.JsonValue;

/** The conditions that a resource can have. All but {@code Ready} are present only while they hold. */
public enum ConditionType {
    READY("Ready"),
    RECONCILING("Reconciling"),
    STALLED("Stalled"),
    DEGRADED("Degraded"),
    SUSPENDED("Suspended");

    private final String label;

    ConditionType(String label) {
        this.label = label;
    }

    /** As reports write it. */
    @JsonValue
    public String label() {
        return label;
    }
}
