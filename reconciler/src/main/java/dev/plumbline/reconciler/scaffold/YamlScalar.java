package dev.plumbline.reconciler.scaffold;

import dev.plumbline.schemas.yaml.YamlReader;
import dev.plumbline.schemas.yaml.YamlReading;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Writes text as a YAML scalar that every reader takes for that text: in quotes unless it is plainly a word. That is also
 * so for readers of YAML 1.1, to whom {@code no} and {@code on} are no text.
 */
final class YamlScalar {
    private static final Pattern WORDS = Pattern.compile("[\\p{L}_]([\\p{L}\\p{N}_ ./()@+-]*[\\p{L}\\p{N}_./()])?");
    private static final Set<String> RESERVED = Set.of("null", "true", "false", "yes", "no", "on", "off", "y", "n");

    private YamlScalar() {}

    /** The scalar; also safe inside a comment, since it is one line without odd characters. */
    static String of(String text) {
        boolean plain = WORDS.matcher(text).matches()
                && !RESERVED.contains(text.toLowerCase(Locale.ROOT))
                && Normalizer.isNormalized(text, Normalizer.Form.NFC);
        if (plain) {
            return text;
        }
        StringBuilder quoted = new StringBuilder("\"");
        text.codePoints().forEach(each -> append(quoted, each));
        return quoted.append('"').toString();
    }

    /** Whether a spec may hold the text at all: some characters that nobody can see are refused. */
    static boolean isAllowed(String text) {
        boolean ordinary = text.chars().allMatch(each -> each >= 0x20 && each < 0x7f);
        return ordinary || isReadBack("text: " + of(text));
    }

    private static boolean isReadBack(String document) {
        YamlReading reading = new YamlReader().read(document.getBytes(StandardCharsets.UTF_8));
        return reading.problems().isEmpty()
                && reading.documents().stream().allMatch(each -> each.problems().isEmpty());
    }

    private static void append(StringBuilder quoted, int codePoint) {
        switch (codePoint) {
            case '"' -> quoted.append("\\\"");
            case '\\' -> quoted.append("\\\\");
            case '\n' -> quoted.append("\\n");
            case '\r' -> quoted.append("\\r");
            case '\t' -> quoted.append("\\t");
            default -> {
                if (codePoint == ' ' || isVisible(codePoint)) {
                    quoted.appendCodePoint(codePoint);
                } else {
                    quoted.append(String.format(codePoint > 0xffff ? "\\U%08x" : "\\u%04x", codePoint));
                }
            }
        }
    }

    private static boolean isVisible(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED,
                    Character.SPACE_SEPARATOR,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.NON_SPACING_MARK,
                    Character.ENCLOSING_MARK,
                    Character.COMBINING_SPACING_MARK -> false;
            default -> true;
        };
    }
}
