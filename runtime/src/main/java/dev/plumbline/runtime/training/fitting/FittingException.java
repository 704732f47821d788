package dev.plumbline.runtime.training.fitting;

/** A library could not fit a model to rows that are in order. */
public final class FittingException extends Exception {
    private static final long serialVersionUID = 1L;

    FittingException(String message, Throwable cause) {
        super(message, cause);
    }
}
