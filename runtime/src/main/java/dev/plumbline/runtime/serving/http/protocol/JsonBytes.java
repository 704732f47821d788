package dev.plumbline.runtime.serving.http.protocol;

import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Writes JSON as UTF-8 into one growing array. The caller sees to commas. Used by one thread at a time. */
public final class JsonBytes {
    private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

    private byte[] bytes;
    private int length;

    JsonBytes(int expected) {
        this.bytes = new byte[expected];
    }

    /** A text as a quoted JSON string. */
    static byte[] quoted(String text) {
        JsonBytes json = new JsonBytes(text.length() + 16);
        json.string(text);
        return Arrays.copyOf(json.bytes, json.length);
    }

    JsonBytes raw(byte[] more) {
        room(more.length);
        System.arraycopy(more, 0, bytes, length, more.length);
        length += more.length;
        return this;
    }

    /** Characters of ASCII that need no escape. */
    @SuppressWarnings("deprecation") // the one way to copy ASCII without making another array
    JsonBytes raw(String ascii) {
        int count = ascii.length();
        room(count);
        ascii.getBytes(0, count, bytes, length);
        length += count;
        return this;
    }

    JsonBytes raw(char ascii) {
        room(1);
        bytes[length++] = (byte) ascii;
        return this;
    }

    JsonBytes number(int value) {
        return raw(Integer.toString(value));
    }

    /** A finite number, in the fewest digits that read back as it. */
    JsonBytes number(float value) {
        return raw(Float.toString(value));
    }

    JsonBytes string(String text) {
        raw('"');
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        for (byte each : utf8) {
            if (each == '"' || each == '\\') {
                raw('\\').raw((char) each);
            } else if (each >= 0 && each < ' ') {
                raw("\\u00").raw((char) HEX[each >> 4]).raw((char) HEX[each & 15]);
            } else {
                room(1);
                bytes[length++] = each;
            }
        }
        return raw('"');
    }

    /** What was written. */
    public Buffer buffer() {
        return Buffer.buffer(length).appendBytes(bytes, 0, length);
    }

    private void room(int more) {
        if (bytes.length - length < more) {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, length + more));
        }
    }
}
