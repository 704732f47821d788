package dev.plumbline.reconciler.api;

/** The control port cannot be opened; the message says why and what to do. */
public final class ListenException extends Exception {
    /** Why. */
    public ListenException(String message) {
        super(message);
    }

    /** Why, and what led to it. */
    public ListenException(String message, Throwable cause) {
        super(message, cause);
    }
}
