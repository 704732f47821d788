package dev.plumbline.runtime.serving.http;

import dev.plumbline.runtime.serving.http.protocol.JsonBytes;
import dev.plumbline.runtime.serving.http.protocol.Protocol;
import dev.plumbline.runtime.serving.http.protocol.RequestRefused;
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
        request.response().putHeader(HttpHeaders.CONTENT_TYPE, JSON).putHeader(VERSION, version);
        end(request, body.buffer());
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
        Buffer body = protocol.error(refusal.status(), refusal.text()).buffer();
        if (!request.isEnded()) {
            // The rest of the body is read and dropped, so that the client comes to read this answer.
            response.putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
            request.endHandler(_ -> request.connection().close());
        }
        send(request, refusal.status(), body);
    }

    private static void send(HttpServerRequest request, int status, Buffer body) {
        request.response().setStatusCode(status).putHeader(HttpHeaders.CONTENT_TYPE, JSON);
        end(request, body);
    }

    /**
     * Netty drops a Content-Length that stands beside chunks, so we cannot see that there were two lengths. Ending the
     * connection after every chunked body leaves nothing that a smuggled second request could ride on (RFC 9112, 6.1).
     */
    private static void end(HttpServerRequest request, Buffer body) {
        if (request.isEnded() && request.headers().contains(HttpHeaders.TRANSFER_ENCODING)) {
            request.response()
                    .putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE)
                    .end(body);
            request.connection().close();
        } else {
            request.response().end(body);
        }
    }
}
