package dev.plumbline.reconciler.api;

import dev.plumbline.schemas.json.Json;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/** An answer of 4xx or 5xx. */
final class ApiError extends Exception {
    private final int status;
    private final String code;
    private final Optional<String> hint;
    private final Map<String, String> headers;

    ApiError(int status, String code, String message) {
        this(status, code, message, Optional.empty());
    }

    ApiError(int status, String code, String message, Optional<String> hint) {
        this(status, code, message, hint, Map.of());
    }

    ApiError(int status, String code, String message, Optional<String> hint, Map<String, String> headers) {
        super(message);
        this.status = status;
        this.code = code;
        this.hint = hint;
        this.headers = Map.copyOf(headers);
    }

    String code() {
        return code;
    }

    static ApiError badRequest(String message, String hint) {
        return new ApiError(400, "bad-request", message, Optional.of(hint));
    }

    static ApiError notFound(String message) {
        return new ApiError(404, "not-found", message);
    }

    Reply reply() {
        ObjectNode body = Json.object();
        ObjectNode error = body.putObject("error");
        error.put("code", code);
        error.put("message", getMessage());
        hint.ifPresent(text -> error.put("hint", text));
        return new Reply.Whole(status, "application/json", Json.line(body) + "\n", headers);
    }
}
