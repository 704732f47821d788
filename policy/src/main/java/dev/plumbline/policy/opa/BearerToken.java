package dev.plumbline.policy.opa;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A bearer token in a file. Stateless. */
final class BearerToken {
    private static final int LARGEST = 4096;
    private static final Pattern VISIBLE = Pattern.compile("[\\x21-\\x7e]{1,4096}");

    private BearerToken() {}

    /**
     * The token in the file, without the white space around it.
     *
     * @throws UnusableException when there is none; the message is for people and has nothing of the content
     */
    static String read(Path file) throws UnusableException {
        try (InputStream stream = Files.newInputStream(file)) {
            String text = new String(stream.readNBytes(LARGEST + 1), StandardCharsets.US_ASCII).strip();
            if (VISIBLE.matcher(text).matches()) {
                return text;
            }
        } catch (IOException unreadable) {
            throw new UnusableException("the token file " + file.getFileName() + " cannot be read", unreadable);
        }
        throw new UnusableException("the token file " + file.getFileName() + " holds no token", null);
    }

    /** There is no token to show. */
    static final class UnusableException extends IOException {
        private static final long serialVersionUID = 1L;

        UnusableException(String message, @Nullable Throwable cause) {
            super(message, cause);
        }
    }
}
