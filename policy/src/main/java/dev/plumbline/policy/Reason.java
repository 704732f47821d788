package dev.plumbline.policy;

import com.fasterxml.jackson.annotation.JsonValue;

/** Why a gate answered as it did. Everything but {@link #ALLOWED} denies. */
public enum Reason {
    /** No rule denies. */
    ALLOWED("allowed"),
    /** A rule denies. */
    DENIED("denied"),
    /** The policy has no decision for this input. */
    UNDEFINED("undefined"),
    /** The evaluation failed. */
    ERROR("error"),
    /** The evaluation took longer than it may. */
    TIMEOUT("timeout"),
    /** The answer does not have the shape of a decision. */
    UNREADABLE("unreadable");

    private final String label;

    Reason(String label) {
        this.label = label;
    }

    /** The code in JSON. */
    @JsonValue
    public String label() {
        return label;
    }

    /** Whether the rules themselves answered; if not, asking again may give another answer. */
    public boolean conclusive() {
        return this == ALLOWED || this == DENIED;
    }
}
