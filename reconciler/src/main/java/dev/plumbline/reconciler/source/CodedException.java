package dev.plumbline.reconciler.source;

/** A failure with a fixed code for programs, and for people a sentence that is never absent. */
public abstract class CodedException extends Exception {
    private final String reason;
    private final String message;

    /** Why it failed, after something else did. */
    protected CodedException(String reason, String message, Throwable cause) {
        super(message, cause);
        this.reason = reason;
        this.message = message;
    }

    /** Why it failed, without a cause. */
    protected CodedException(String reason, String message) {
        super(message);
        this.reason = reason;
        this.message = message;
    }

    /** The fixed code. */
    public final String reason() {
        return reason;
    }

    @Override
    public final String getMessage() {
        return message;
    }
}
