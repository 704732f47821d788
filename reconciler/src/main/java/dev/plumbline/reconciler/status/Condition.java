package dev.plumbline.reconciler.status;

import com.fasterxml.jackson.annotation.JsonValue;
import java.time.Instant;
import java.util.Locale;

/**
 * One thing that holds, or does not, of a resource.
 *
 * @param message what happened and what to do
 * @param since when {@code status} last changed
 */
public record Condition(ConditionType type, Truth status, Reason reason, String message, Instant since) {
    /** Whether it holds. */
    public enum Truth {
        TRUE,
        FALSE,
        UNKNOWN;

        /** As reports write it. */
        @JsonValue
        public String label() {
            return name().charAt(0) + name().substring(1).toLowerCase(Locale.ROOT);
        }
    }
}
