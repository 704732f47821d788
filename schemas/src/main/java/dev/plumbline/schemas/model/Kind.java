package dev.plumbline.schemas.model;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** The kinds of spec, in the order in which one kind may refer to an earlier one. */
public enum Kind {
    MODEL("Model"),
    DATASET("Dataset"),
    TRAINING("Training"),
    SERVING("Serving"),
    MONITORING("Monitoring");

    private final String label;

    Kind(String label) {
        this.label = label;
    }

    /** The kind as a spec writes it, such as {@code Model}. */
    @JsonValue
    public String label() {
        return label;
    }

    /** The kind with this label, in any case: {@code training} and {@code Training} are one. */
    public static Optional<Kind> named(String label) {
        String wanted = label.toLowerCase(Locale.ROOT);
        return Arrays.stream(values())
                .filter(kind -> kind.label.toLowerCase(Locale.ROOT).equals(wanted))
                .findFirst();
    }

    @JsonCreator
    static Kind parse(String label) {
        return named(label).orElseThrow(() -> new IllegalArgumentException("no such kind: " + label));
    }
}
