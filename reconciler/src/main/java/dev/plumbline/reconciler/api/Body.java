package dev.plumbline.reconciler.api;

import java.nio.charset.StandardCharsets;

/** The bytes of a request or an answer. Whoever makes one gives its bytes away. */
final class Body {
    private final byte[] bytes;

    Body(byte[] bytes) {
        this.bytes = bytes;
    }

    /** Not to be modified. */
    byte[] bytes() {
        return bytes;
    }

    boolean isBlank() {
        return new String(bytes, StandardCharsets.UTF_8).isBlank();
    }
}
