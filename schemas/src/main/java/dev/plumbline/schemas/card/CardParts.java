package dev.plumbline.schemas.card;

import dev.plumbline.schemas.problem.Position;
import dev.plumbline.schemas.yaml.YamlProblem;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Bytes of a card, divided into its head and its text. */
sealed interface CardParts {
    /**
     * Both.
     *
     * @param head the YAML with the line that opens it, empty where there is none
     * @param bodyLine of the first character of the body, from 0
     */
    record Text(String head, String body, int bodyLine) implements CardParts {}

    /** Why there is nothing to read. */
    record Refused(YamlProblem problem) implements CardParts {}

    /** The line that opens a head and the one that closes it, as in YAML. */
    Pattern OPENING = Pattern.compile("\\A---[ \\t]*(\\r\\n|\\n|\\r)");

    /** See {@link #OPENING}. */
    Pattern CLOSING = Pattern.compile("(?m)^(---|\\.\\.\\.)[ \\t]*(\\r\\n|\\n|\\r|\\z)");

    /** A byte order mark as a character. */
    char MARK = 0xfeff;

    static CardParts of(byte[] bytes) {
        if (bytes.length > CardReader.MOST_BYTES) {
            return refused(
                    Position.START,
                    "file-too-large",
                    "the card has more than " + CardReader.MOST_BYTES + " bytes",
                    "keep what people need to know, and link to the rest");
        }
        CharsetDecoder decoder = StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
        CharBuffer read = CharBuffer.allocate(bytes.length);
        CoderResult result = decoder.decode(ByteBuffer.wrap(bytes), read, true);
        String text = read.flip().toString();
        return result.isError()
                ? refused(endOf(text), "not-utf-8", "here the card is not UTF-8 text", "save the file as UTF-8")
                : divided(!text.isEmpty() && text.charAt(0) == MARK ? text.substring(1) : text);
    }

    private static CardParts divided(String text) {
        Matcher opening = OPENING.matcher(text);
        if (!opening.find()) {
            return new Text("", text, 0);
        }
        Matcher closing = CLOSING.matcher(text);
        if (!closing.find(opening.end())) {
            return refused(
                    Position.START,
                    "head-not-closed",
                    "the head of the card begins here and never ends",
                    "write a line of three hyphens after its last field");
        }
        String head = text.substring(0, closing.start());
        return new Text(
                head,
                text.substring(closing.end()),
                endOf(text.substring(0, closing.end())).line() - 1);
    }

    private static Refused refused(Position position, String code, String message, String hint) {
        return new Refused(new YamlProblem(position, "", code, message, Optional.of(hint)));
    }

    private static Position endOf(String text) {
        String[] lines = text.split("\\r\\n|\\n|\\r", -1);
        return new Position(
                lines.length, lines[lines.length - 1].codePointCount(0, lines[lines.length - 1].length()) + 1);
    }
}
