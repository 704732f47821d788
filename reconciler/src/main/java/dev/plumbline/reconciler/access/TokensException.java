package dev.plumbline.reconciler.access;

/** A tokens file cannot be used; the message says why, and holds nothing of what the file says in secret. */
public final class TokensException extends Exception {
    TokensException(String message) {
        super(message);
    }

    TokensException(String message, Throwable cause) {
        super(message, cause);
    }
}
