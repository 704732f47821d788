package dev.plumbline.runtime.serving.http.protocol;

import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.json.JsonReadFeature;

/** Reads request bodies token by token, with bounds on depth and on the length of names, texts and numbers. */
final class JsonBodies {
    private static final int DEEPEST = 32;
    private static final JsonFactory FACTORY = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(DEEPEST)
                    .maxNumberLength(128)
                    .maxStringLength(1 << 16)
                    .maxNameLength(1 << 12)
                    .build())
            // NaN is read so that the refusal can name its column.
            .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
            .enable(StreamReadFeature.USE_FAST_DOUBLE_PARSER)
            .build();

    private JsonBodies() {}

    /** What is done with a body. */
    @FunctionalInterface
    interface Reader {
        /** Called with the parser on the body's opening brace; returns on its closing one. */
        void read(JsonParser parser) throws RequestRefused;
    }

    /** Reads a body that must be one JSON object. */
    static void readObject(byte[] body, Reader reader) throws RequestRefused {
        try (JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), body, 0, body.length)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw RequestRefused.badRequest("the body must be a JSON object");
            }
            reader.read(parser);
            if (parser.nextToken() != null) {
                throw RequestRefused.badRequest("the body goes on after its JSON object" + place(parser));
            }
        } catch (StreamConstraintsException beyond) {
            throw RequestRefused.badRequest("the body is nested deeper than " + DEEPEST
                    + " levels, or holds a name, text or number that is too long" + place(beyond.getLocation()));
        } catch (JacksonException malformed) {
            throw RequestRefused.badRequest("the body is not valid JSON" + place(malformed.getLocation()));
        }
    }

    /** Refuses what is not the start of an array. */
    static void expectArray(JsonParser parser, String field) throws RequestRefused {
        if (parser.currentToken() != JsonToken.START_ARRAY) {
            throw RequestRefused.badRequest("'" + field + "' must be an array" + place(parser));
        }
    }

    /** A text. */
    static String text(JsonParser parser, String field) throws RequestRefused {
        if (parser.currentToken() != JsonToken.VALUE_STRING) {
            throw RequestRefused.badRequest("'" + field + "' must be a text" + place(parser));
        }
        return parser.getString();
    }

    private static String place(JsonParser parser) {
        return place(parser.currentTokenLocation());
    }

    @SuppressWarnings("NullAway") // the location of an error is absent when the input ended early
    private static String place(TokenStreamLocation location) {
        return location == null || location.getLineNr() < 1
                ? ""
                : " (line " + location.getLineNr() + ", column " + location.getColumnNr() + ")";
    }
}
