package dev.plumbline.reconciler.api;

import dev.plumbline.reconciler.access.Caller;
import dev.plumbline.schemas.json.Json;
import dev.plumbline.schemas.model.Durations;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * A request, without anything of HTTP's machinery.
 *
 * @param path the parts of the path that stand for a name
 * @param query first value of each query parameter
 * @param headers first value of each header, by its name in lower case
 * @param caller who showed a token; empty when nobody is asked for one
 */
record Call(
        Map<String, String> path,
        Map<String, String> query,
        Map<String, String> headers,
        Body body,
        Optional<Caller> caller) {
    private static final String ANONYMOUS = "somebody on this machine";

    Call {
        path = Map.copyOf(path);
        query = Map.copyOf(query);
        headers = Map.copyOf(headers);
    }

    String named(String part) throws ApiError {
        String value = path.get(part);
        if (value == null) {
            throw ApiError.notFound("no " + part);
        }
        return value;
    }

    Optional<String> parameter(String name) {
        return Optional.ofNullable(query.get(name)).filter(value -> !value.isBlank());
    }

    /** The header of this name, written in lower case; empty when there is none. */
    String header(String name) {
        return headers.getOrDefault(name, "");
    }

    boolean flag(String name) {
        return parameter(name).filter(value -> value.equals("true")).isPresent();
    }

    int number(String name, int standard, int highest) throws ApiError {
        String text = parameter(name).orElse(Integer.toString(standard));
        if (!text.matches("[0-9]{1,9}")) {
            throw ApiError.badRequest("'" + name + "' is not a number: " + text, "write digits only");
        }
        return Math.min(Integer.parseInt(text), highest);
    }

    /** A time such as {@code 500ms}, {@code 5s} or {@code 1m}, shortened to the longest that is allowed. */
    Duration time(String name, Duration longest) throws ApiError {
        Optional<String> text = parameter(name);
        if (text.isEmpty()) {
            return Duration.ZERO;
        }
        Duration time = Durations.parse(text.get())
                .orElseThrow(() ->
                        ApiError.badRequest("'" + name + "' is not a time: " + text.get(), "write 500ms, 5s or 1m"));
        return time.compareTo(longest) > 0 ? longest : time;
    }

    /** The body as a JSON object; an empty body is an empty object. */
    JsonNode json() throws ApiError {
        if (body.isBlank()) {
            return Json.object();
        }
        try {
            JsonNode json = Json.read(body.bytes());
            if (json.isObject()) {
                return json;
            }
        } catch (JacksonException notJson) {
            throw ApiError.badRequest("the body is not JSON: " + notJson.getOriginalMessage(), "send one JSON object");
        }
        throw ApiError.badRequest("the body is not a JSON object", "send one, such as {}");
    }

    /**
     * Who asks, for the record: the name that the token stands for. Only where nobody is asked for a token is it what the
     * body says in {@code requestedBy}.
     */
    String actor(JsonNode body) throws ApiError {
        if (caller.isPresent()) {
            return caller.get().name();
        }
        return text(body, "requestedBy").orElse(ANONYMOUS);
    }

    /** A text of the JSON body. */
    static Optional<String> text(JsonNode body, String key) throws ApiError {
        JsonNode value = body.get(key);
        if (value == null || value.isNull()) {
            return Optional.empty();
        }
        if (!value.isString()) {
            throw ApiError.badRequest("'" + key + "' is not a text", "put it in quotes");
        }
        return Optional.of(value.stringValue());
    }
}
