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
    /** The decision has nothing in it. */
    EMPTY("empty"),
    /** The evaluation failed. */
    ERROR("error"),
    /** The evaluation took longer than it may. */
    TIMEOUT("timeout"),
    /** No engine could be asked. */
    UNREACHABLE("unreachable"),
    /** The engine would not answer: its status was not the one of an answer. */
    REFUSED("refused"),
    /** The answer is not JSON. */
    UNPARSABLE("unparsable"),
    /** The decision has a field that no decision has. */
    UNEXPECTED_KEY("unexpected-key"),
    /** The answer does not have the shape of a decision. */
    UNREADABLE("unreadable"),
    /** The engine has no policy of ours. */
    NO_REVISION("no-revision"),
    /** The engine has another policy than ours, such as an earlier one. */
    WRONG_REVISION("wrong-revision"),
    /** The engine was given a policy without a good signature, or would take one. */
    UNSIGNED("unsigned");

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
