package dev.plumbline.schemas.yaml;

import dev.plumbline.schemas.problem.Position;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/** Bytes of a file to its text, or why it has none. */
final class TextDecoder {
    private static final int SNIFFED = 4096;

    private TextDecoder() {}

    /** Text of a file, or the reason why it is not text. */
    sealed interface Decoded {
        /**
         * The text.
         *
         * @param mark bytes of the byte order mark before it
         */
        record Text(String text, int mark) implements Decoded {}

        /** The reason. */
        record Refused(YamlProblem problem) implements Decoded {}
    }

    static Decoded decode(byte[] bytes) {
        if (bytes.length > YamlLimits.FILE_BYTES) {
            return refused(
                    "file-too-large",
                    "the file has " + bytes.length + " bytes; a spec file may have " + YamlLimits.FILE_BYTES,
                    "split it into several files; data does not belong into specs");
        }
        if (startsWith(bytes, 0xff, 0xfe) || startsWith(bytes, 0xfe, 0xff) || startsWith(bytes, 0, 0, 0xfe, 0xff)) {
            return refused("not-utf-8", "the file is written in UTF-16 or UTF-32", "save it as UTF-8");
        }
        if (hasNul(bytes)) {
            return looksWide(bytes)
                    ? refused("not-utf-8", "the file is written in UTF-16 or UTF-32", "save it as UTF-8")
                    : binary();
        }
        int mark = startsWith(bytes, 0xef, 0xbb, 0xbf) ? 3 : 0;
        return text(bytes, mark);
    }

    private static Decoded text(byte[] bytes, int mark) {
        CharsetDecoder decoder = StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
        ByteBuffer in = ByteBuffer.wrap(bytes, mark, bytes.length - mark);
        CharBuffer out = CharBuffer.allocate(bytes.length - mark);
        CoderResult result = decoder.decode(in, out, true);
        if (!result.isError()) {
            result = decoder.flush(out);
        }
        out.flip();
        if (!result.isError()) {
            return new Decoded.Text(out.toString(), mark);
        }
        if (manyControls(bytes)) {
            return binary();
        }
        return new Decoded.Refused(YamlProblem.of(
                endOf(out),
                Pointers.ROOT,
                "not-utf-8",
                "byte 0x%02X is not UTF-8 here".formatted(bytes[in.position()] & 0xff),
                "save the file as UTF-8"));
    }

    private static Position endOf(CharSequence text) {
        int line = 1;
        int column = 1;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\n') {
                line++;
                column = 1;
            } else if (!Character.isLowSurrogate(c)) {
                column++;
            }
        }
        return new Position(line, column);
    }

    private static Decoded binary() {
        return refused(
                "binary-file",
                "the file is binary, not YAML",
                "give it another ending than .yaml or .yml, or name it in .plumbignore");
    }

    private static Decoded refused(String code, String message, String hint) {
        return new Decoded.Refused(YamlProblem.of(Position.START, Pointers.ROOT, code, message, hint));
    }

    private static boolean startsWith(byte[] bytes, int... prefix) {
        if (bytes.length < prefix.length) {
            return false;
        }
        for (int i = 0; i < prefix.length; i++) {
            if ((bytes[i] & 0xff) != prefix[i]) {
                return false;
            }
        }
        return true;
    }

    private static boolean hasNul(byte[] bytes) {
        for (byte each : bytes) {
            if (each == 0) {
                return true;
            }
        }
        return false;
    }

    /** UTF-16 without a mark: nearly every second byte of Western text is zero. */
    private static boolean looksWide(byte[] bytes) {
        int sniffed = Math.min(bytes.length, SNIFFED) & ~1;
        int even = 0;
        int odd = 0;
        for (int i = 0; i < sniffed; i++) {
            if (bytes[i] == 0) {
                if ((i & 1) == 0) {
                    even++;
                } else {
                    odd++;
                }
            }
        }
        return Math.max(even, odd) * 5 > sniffed * 2;
    }

    private static boolean manyControls(byte[] bytes) {
        int sniffed = Math.min(bytes.length, SNIFFED);
        int controls = 0;
        for (int i = 0; i < sniffed; i++) {
            int each = bytes[i] & 0xff;
            if (each < 0x20 && each != '\n' && each != '\r' && each != '\t') {
                controls++;
            }
        }
        return controls * 20 > sniffed;
    }
}
