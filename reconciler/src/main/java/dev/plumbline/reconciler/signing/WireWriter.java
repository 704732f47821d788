package dev.plumbline.reconciler.signing;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** Writes what {@link WireReader} reads. One thread. */
final class WireWriter {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    WireWriter plain(byte[] some) {
        bytes.writeBytes(some);
        return this;
    }

    WireWriter number(int value) {
        bytes.write(value >>> 24);
        bytes.write(value >>> 16);
        bytes.write(value >>> 8);
        bytes.write(value);
        return this;
    }

    WireWriter string(byte[] some) {
        return number(some.length).plain(some);
    }

    WireWriter string(String text) {
        return string(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    byte[] written() {
        return bytes.toByteArray();
    }
}
