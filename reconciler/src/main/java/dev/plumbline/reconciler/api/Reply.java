package dev.plumbline.reconciler.api;

import dev.plumbline.schemas.json.Json;
import java.util.Map;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;

/** An answer, before anything of HTTP's machinery knows of it. */
sealed interface Reply {
    /** All of it at once. */
    record Whole(int status, String type, String body, Map<String, String> headers) implements Reply {}

    /** All of it at once, and no text. */
    record Binary(int status, String type, Body body, Map<String, String> headers) implements Reply {}

    /**
     * Line by line, for as long as somebody reads.
     *
     * @param lines writes to the sink until its thread is interrupted
     */
    record Lines(String type, Lines.Source lines) implements Reply {
        /** Where lines come from. */
        @FunctionalInterface
        interface Source {
            /** Hands each line, without its end, to the sink, which blocks until it is written. */
            void writeTo(Consumer<String> sink) throws InterruptedException;
        }
    }

    static Reply json(JsonNode body) {
        return json(200, body);
    }

    static Reply json(int status, JsonNode body) {
        return new Whole(status, "application/json", Json.line(body) + "\n", Map.of());
    }

    static Reply text(String type, String body) {
        return new Whole(200, type, body, Map.of());
    }
}
