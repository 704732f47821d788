package dev.plumbline.schemas.yaml;

import java.text.Normalizer;
import java.util.Optional;

/**
 * Which characters a spec may hold. Those that are not seen, or that make text look like other text, are refused: what a
 * reviewer reads must be what the system reads.
 */
final class CharacterRules {
    private CharacterRules() {}

    /** Why a code point is refused; empty when it is allowed. */
    static Optional<String> refusal(int codePoint) {
        if ((codePoint >= 0x20 && codePoint < 0x7f) || codePoint == '\n' || codePoint == '\t' || codePoint == '\r') {
            return Optional.empty();
        }
        if (codePoint < 0x20 || (codePoint >= 0x7f && codePoint <= 0x9f)) {
            return Optional.of("a control character");
        }
        if ((codePoint >= 0x202a && codePoint <= 0x202e)
                || (codePoint >= 0x2066 && codePoint <= 0x2069)
                || codePoint == 0x200e
                || codePoint == 0x200f
                || codePoint == 0x061c) {
            return Optional.of("a character that changes the direction of text");
        }
        return switch (codePoint) {
            case 0x00ad, 0x034f, 0x115f, 0x1160, 0x17b4, 0x17b5, 0x180e, 0x3164, 0xfeff, 0xffa0 ->
                Optional.of("an invisible character");
            default -> invisible(codePoint);
        };
    }

    private static Optional<String> invisible(int codePoint) {
        boolean zeroWidth =
                (codePoint >= 0x200b && codePoint <= 0x200d) || (codePoint >= 0x2060 && codePoint <= 0x206f);
        boolean separator = codePoint == 0x2028 || codePoint == 0x2029;
        boolean tag = codePoint >= 0xe0000 && codePoint <= 0xe007f;
        boolean notACharacter = (codePoint & 0xfffe) == 0xfffe || (codePoint >= 0xd800 && codePoint <= 0xdfff);
        return zeroWidth || separator || tag || notACharacter
                ? Optional.of("an invisible character")
                : Optional.empty();
    }

    /** Whether the text is in the composed form (Unicode NFC), so that equal looking text is equal. */
    static boolean isComposed(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) >= 0x300) {
                return Normalizer.isNormalized(text, Normalizer.Form.NFC);
            }
        }
        return true;
    }

    /** The code point as people look it up, such as {@code U+202E}. */
    static String named(int codePoint) {
        String name = Character.getName(codePoint);
        return "U+%04X".formatted(codePoint) + (name == null ? "" : " (" + name + ")");
    }
}
