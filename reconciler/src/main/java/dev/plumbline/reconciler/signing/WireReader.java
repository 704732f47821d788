package dev.plumbline.reconciler.signing;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Reads SSH's binary form (RFC 4251, section 5): big-endian numbers, and strings behind their length. One thread. */
final class WireReader {
    private final byte[] bytes;
    private int at;

    WireReader(byte[] bytes) {
        this.bytes = bytes;
    }

    /** What is there is not what it should be. */
    static final class Malformed extends Exception {
        Malformed(String what) {
            super(what);
        }
    }

    byte[] take(int length) throws Malformed {
        if (length < 0 || length > bytes.length - at) {
            throw new Malformed("it ends too early");
        }
        at += length;
        return Arrays.copyOfRange(bytes, at - length, at);
    }

    int number() throws Malformed {
        byte[] four = take(4);
        return (four[0] & 0xff) << 24 | (four[1] & 0xff) << 16 | (four[2] & 0xff) << 8 | (four[3] & 0xff);
    }

    byte[] string() throws Malformed {
        return take(number());
    }

    String text() throws Malformed {
        return new String(string(), StandardCharsets.ISO_8859_1);
    }

    void expect(String text) throws Malformed {
        if (!text().equals(text)) {
            throw new Malformed("it says something else than " + text);
        }
    }

    void end() throws Malformed {
        if (at != bytes.length) {
            throw new Malformed("more follows than belongs to it");
        }
    }
}
