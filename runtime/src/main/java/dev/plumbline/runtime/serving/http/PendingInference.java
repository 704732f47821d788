package dev.plumbline.runtime.serving.http;

import dev.plumbline.runtime.serving.endpoint.Endpoint;
import dev.plumbline.runtime.serving.http.protocol.InferenceCall;
import dev.plumbline.runtime.serving.http.protocol.JsonBytes;
import dev.plumbline.runtime.serving.http.protocol.Protocol;
import dev.plumbline.runtime.serving.http.protocol.RequestRefused;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServerRequest;
import java.util.function.Consumer;

/** One request that is to be answered once. Answers are given on its event loop. */
final class PendingInference {
    private final InferenceHandler handler;
    private final HttpServerRequest request;
    private final Protocol protocol;
    private final String name;
    private final long started;
    private final BodyReceiver body;
    private boolean answered;

    PendingInference(
            InferenceHandler handler, HttpServerRequest request, Protocol protocol, String name, long started) {
        this.handler = handler;
        this.request = request;
        this.protocol = protocol;
        this.name = name;
        this.started = started;
        ServerParts parts = handler.parts();
        this.body = new BodyReceiver(parts.limits(), parts.budget(), this::refuse);
    }

    /** The endpoint's name. */
    String name() {
        return name;
    }

    /** When its head was there, in the server's nanoseconds. */
    long started() {
        return started;
    }

    HttpConnection connection() {
        return request.connection();
    }

    void receive(Consumer<byte[]> whole) {
        body.receive(request, whole);
    }

    void decode(byte[] bytes, InferenceCall call) throws RequestRefused {
        protocol.decode(bytes, call);
    }

    JsonBytes encode(InferenceCall call) throws RequestRefused {
        return handler.parts().flow().encode(protocol, call);
    }

    void answer(InferenceCall call, JsonBytes encoded) {
        if (!answered) {
            answered = true;
            body.release();
            Answers.prediction(request, call.model().name(), encoded);
            handler.watch().answered(request.connection(), started);
            handler.parts().flow().count(call.endpoint(), 200, call.rows(), started);
            handler.parts().flow().countPredictions(call);
        }
    }

    /** Answers with an error, before its endpoint was found or when there is none. */
    void refuse(RequestRefused refusal) {
        Endpoint endpoint = handler.parts().endpoints().find(name);
        if (endpoint == null) {
            error(refusal);
        } else {
            refuse(endpoint, refusal);
        }
    }

    void refuse(Endpoint endpoint, RequestRefused refusal) {
        if (!answered) {
            error(refusal);
            handler.parts().flow().count(endpoint, refusal.status(), 0, started);
        }
    }

    RequestRefused tooLate() {
        return RequestRefused.unavailable(name + " could not answer in time");
    }

    private void error(RequestRefused refusal) {
        answered = true;
        body.release();
        Answers.error(request, protocol, refusal);
        handler.watch()
                .answered(request.connection(), handler.parts().nanoTime().getAsLong());
    }
}
