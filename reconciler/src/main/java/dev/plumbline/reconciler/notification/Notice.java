package dev.plumbline.reconciler.notification;

import dev.plumbline.schemas.json.Json;
import java.util.Optional;

/**
 * One message.
 *
 * @param id the same as long as the message is not known to have arrived
 * @param subject a resource, such as {@code Serving/churn}
 * @param reason the reason of a condition; of what went live {@code Promoted} or {@code RolledBack}
 * @param message what happened, and what to do
 * @param revision the revision at which it was found; of what went live the commit that names it
 * @param environment of this control plane
 */
public record Notice(
        String id,
        Type type,
        String subject,
        String reason,
        String message,
        Optional<String> revision,
        Optional<String> version,
        Optional<String> environment) {
    /** What a message is about. */
    public enum Type {
        /** A person must act: refused, waiting for an approval, stalled. */
        ACTION_REQUIRED,
        /** What a person was asked to settle is settled. */
        RESOLVED,
        /** An endpoint serves another version. */
        LIVE
    }

    byte[] body() {
        return Json.canonical(this);
    }
}
