package dev.plumbline.reconciler.signing;

import java.io.IOException;

/** A key or a list of keys cannot be used; the message is for people and names neither a secret nor an absolute path. */
public final class SigningException extends IOException {
    SigningException(String message) {
        super(message);
    }
}
