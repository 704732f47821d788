package dev.plumbline.runtime.serving.http;

import dev.plumbline.schemas.json.Json;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import tools.jackson.databind.JsonNode;

/** Writes answers. Runs on the connection's event loop. */
final class Answers {
    static final CharSequence VERSION = HttpHeaders.createOptimized("X-Plumbline-Version");
    private static final CharSequence JSON = HttpHeaders.createOptimized("application/json");
    private static final CharSequence TEXT = HttpHeaders.createOptimized("text/plain; version=0.0.4; charset=utf-8");
    private static final CharSequence RETRY_SOON = HttpHeaders.createOptimized("1");

    private Answers() {}

    /** An inference's result with the version that gave it. */
    static void prediction(HttpServerRequest request, String version, JsonBytes body) {
        HttpServerResponse response = request.response();
        response.putHeader(HttpHeaders.CONTENT_TYPE, JSON).putHeader(VERSION, version);
        response.end(body.buffer());
    }

    static void json(HttpServerRequest request, int status, JsonNode body) {
        send(request, status, Buffer.buffer(Json.line(body)));
    }

    static void metrics(HttpServerRequest request, String text) {
        request.response().putHeader(HttpHeaders.CONTENT_TYPE, TEXT).end(text);
    }

    /** An error in the protocol's own form. */
    static void error(HttpServerRequest request, Protocol protocol, RequestRefused refusal) {
        HttpServerResponse response = request.response();
        if (refusal.status() == 429 || refusal.status() == 503) {
            response.putHeader(HttpHeaders.RETRY_AFTER, RETRY_SOON);
        }
        if (!request.isEnded()) {
            // What is still to come of the body is not read: the connection ends with this answer.
            response.putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
        }
        send(
                request,
                refusal.status(),
                protocol.error(refusal.status(), refusal.text()).buffer());
    }

    private static void send(HttpServerRequest request, int status, Buffer body) {
        HttpServerResponse response = request.response();
        response.setStatusCode(status).putHeader(HttpHeaders.CONTENT_TYPE, JSON);
        response.end(body);
    }
}
