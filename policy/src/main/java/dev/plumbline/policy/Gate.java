package dev.plumbline.policy;

import com.fasterxml.jackson.annotation.JsonValue;

/** A point where policy is asked before anything goes forward. */
public enum Gate {
    /** May a spec of a commit become part of what should be? */
    ADMISSION("admission"),
    /** May a trained candidate become a numbered version? */
    REGISTRATION("registration"),
    /** May a version become what an endpoint serves? */
    PROMOTION("promotion");

    private final String label;

    Gate(String label) {
        this.label = label;
    }

    /** The gate in JSON and in the input of the rules. */
    @JsonValue
    public String label() {
        return label;
    }
}
