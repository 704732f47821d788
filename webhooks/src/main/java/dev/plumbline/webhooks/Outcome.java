package dev.plumbline.webhooks;

import java.util.Locale;

/** What became of a delivery. */
public enum Outcome {
    /** The branch is looked at early. */
    LOOKED(202),
    /** It was here before. */
    DUPLICATE(202),
    /** Authentic, and about nothing that is followed. */
    IGNORED(202),
    /** The forge tries whether somebody answers. */
    PING(200),
    /** Whoever sent it went away before its body was whole. */
    GONE(400),
    /** Signed as it should be, and not what that forge sends. */
    MALFORMED(400),
    UNAUTHENTIC(401),
    /** About another repository. */
    FOREIGN(403),
    /** No secret is configured for this forge. */
    UNCONFIGURED(404),
    /** The body took too long. */
    LATE(408),
    TOO_LARGE(413),
    /** Not JSON. */
    UNSUPPORTED(415),
    /** Too many at once. */
    BUSY(503),
    /** The secret cannot be read now. */
    UNAVAILABLE(503);

    private final int status;

    Outcome(int status) {
        this.status = status;
    }

    /** The HTTP status that answers it. */
    public int status() {
        return status;
    }

    /** Its name in metrics, logs and answers. */
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Whether the delivery was taken. */
    public boolean accepted() {
        return status < 400;
    }
}
