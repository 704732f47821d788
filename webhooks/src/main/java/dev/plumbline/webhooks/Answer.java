package dev.plumbline.webhooks;

import java.util.Optional;

/**
 * What whoever delivered is told.
 *
 * @param message what happened, for people; never a secret, never a part of the payload
 * @param hint what to do
 */
public record Answer(Outcome outcome, String message, Optional<String> hint) {
    public static Answer of(Outcome outcome, String message) {
        return new Answer(outcome, message, Optional.empty());
    }

    public static Answer of(Outcome outcome, String message, String hint) {
        return new Answer(outcome, message, Optional.of(hint));
    }
}
