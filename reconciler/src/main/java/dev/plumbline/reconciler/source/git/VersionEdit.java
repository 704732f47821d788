package dev.plumbline.reconciler.source.git;

import dev.plumbline.schemas.yaml.ScalarFinder;
import dev.plumbline.schemas.yaml.ScalarLocation;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Changes the one scalar {@code /spec/version} in the bytes of a file and keeps every other byte: comments, order, quotes,
 * line ends, a byte order mark, a missing last newline. Where the field is absent, which means {@code none}, it is
 * written behind {@code model} in the same style. Thread-safe.
 */
public final class VersionEdit {
    private static final String VERSION = "/spec/version";
    private static final String MODEL = "/spec/model";
    private static final String NONE = "none";
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9]+");
    private static final Pattern BLOCK_KEY = Pattern.compile("( *)(\"model\"|'model'|model)[ \\t]*:[ \\t]+");

    private final ScalarFinder finder = new ScalarFinder();

    /**
     * The value that the document's {@code version} has; {@code none} when it is absent. Empty when the document cannot be
     * read.
     */
    public Optional<String> read(byte[] file, int document) {
        return finder.find(file, document, VERSION)
                .map(VersionEdit::value)
                .or(() -> finder.find(file, document, MODEL).map(model -> NONE));
    }

    /**
     * The file with another version in one of its documents.
     *
     * @return empty when the document has no place for it that can be changed alone
     */
    public Optional<byte[]> write(byte[] file, int document, String version) {
        if (!PLAIN.matcher(version).matches()) {
            throw new IllegalArgumentException("a version is written vN or none");
        }
        return finder.find(file, document, VERSION)
                .map(place -> replace(file, place, version))
                .or(() -> finder.find(file, document, MODEL).map(model -> insert(file, model, version)))
                .filter(edited -> read(edited, document).equals(Optional.of(version)));
    }

    private static String value(ScalarLocation place) {
        String raw = place.text();
        return quote(place).isEmpty() ? raw : raw.substring(1, raw.length() - 1);
    }

    private static String quote(ScalarLocation place) {
        return switch (place.style()) {
            case SINGLE_QUOTED -> "'";
            case DOUBLE_QUOTED -> "\"";
            case PLAIN, LITERAL, FOLDED -> "";
        };
    }

    /** A scalar over several lines stays as it is: its style belongs to it. */
    private static byte[] replace(byte[] file, ScalarLocation place, String version) {
        return switch (place.style()) {
            case PLAIN, SINGLE_QUOTED, DOUBLE_QUOTED ->
                splice(file, place.offset(), place.offset() + place.length(), quote(place) + version + quote(place));
            case LITERAL, FOLDED -> file;
        };
    }

    private static byte[] insert(byte[] file, ScalarLocation model, String version) {
        int end = model.offset() + model.length();
        if (insideBraces(file, end)) {
            return splice(file, end, end, ", version: " + version);
        }
        int lineStart = lineStart(file, model.offset());
        var key = BLOCK_KEY.matcher(new String(file, lineStart, model.offset() - lineStart, StandardCharsets.UTF_8));
        if (!key.matches()) {
            return file;
        }
        int lineEnd = lineEnd(file, end);
        return splice(file, lineEnd, lineEnd, newline(file) + key.group(1) + "version: " + version);
    }

    /** In a flow mapping, what follows a value is a comma or a closing brace; in a block mapping it never is. */
    private static boolean insideBraces(byte[] file, int from) {
        int at = from;
        while (at < file.length) {
            if (file[at] == '#') {
                at = lineEnd(file, at);
            } else if (file[at] == ' ' || file[at] == '\t' || file[at] == '\r' || file[at] == '\n') {
                at++;
            } else {
                return file[at] == ',' || file[at] == '}';
            }
        }
        return false;
    }

    private static int lineStart(byte[] file, int from) {
        int at = from;
        while (at > 0 && file[at - 1] != '\n' && file[at - 1] != '\r') {
            at--;
        }
        return at;
    }

    private static int lineEnd(byte[] file, int from) {
        int at = from;
        while (at < file.length && file[at] != '\n' && file[at] != '\r') {
            at++;
        }
        return at;
    }

    private static String newline(byte[] file) {
        int at = lineEnd(file, 0);
        if (at < file.length && file[at] == '\r') {
            return at + 1 < file.length && file[at + 1] == '\n' ? "\r\n" : "\r";
        }
        return "\n";
    }

    private static byte[] splice(byte[] file, int from, int to, String text) {
        ByteArrayOutputStream edited = new ByteArrayOutputStream(file.length + text.length());
        edited.write(file, 0, from);
        edited.writeBytes(text.getBytes(StandardCharsets.UTF_8));
        edited.write(file, to, file.length - to);
        return edited.toByteArray();
    }
}
