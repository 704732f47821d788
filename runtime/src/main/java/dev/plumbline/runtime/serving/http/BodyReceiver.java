package dev.plumbline.runtime.serving.http;

import dev.plumbline.runtime.serving.http.protocol.RequestRefused;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Receives the body of one request within the limits. Runs on the connection's event loop. */
final class BodyReceiver {
    private final HttpLimits limits;
    private final BodyBudget budget;
    private final Consumer<RequestRefused> refused;
    private @Nullable Buffer received;
    private long taken;
    private boolean done;

    BodyReceiver(HttpLimits limits, BodyBudget budget, Consumer<RequestRefused> refused) {
        this.limits = limits;
        this.budget = budget;
        this.refused = refused;
    }

    /** Calls with the whole body when it is there. */
    void receive(HttpServerRequest request, Consumer<byte[]> whole) {
        request.handler(this::chunk);
        request.endHandler(_ -> end(whole));
        request.exceptionHandler(_ -> abandon());
    }

    /** Gives back the memory, when the answer is out or the client gone. */
    void release() {
        budget.giveBack(taken);
        taken = 0;
    }

    private void chunk(Buffer chunk) {
        if (done) {
            return;
        }
        int length = (received == null ? 0 : received.length()) + chunk.length();
        if (length > limits.bodyBytes()) {
            refuse(RequestRefused.tooLarge(
                    "the body is larger than " + limits.bodyBytes() + " bytes; send fewer rows"));
        } else if (!budget.take(chunk.length())) {
            refuse(RequestRefused.unavailable("the server is receiving as much as it can hold; try again"));
        } else {
            taken += chunk.length();
            // One chunk is all that most bodies have; it is kept as it came.
            received = received == null ? chunk : received.appendBuffer(chunk);
        }
    }

    private void end(Consumer<byte[]> whole) {
        if (!done) {
            done = true;
            whole.accept(received == null ? new byte[0] : received.getBytes());
        }
    }

    private void refuse(RequestRefused refusal) {
        done = true;
        received = null;
        release();
        refused.accept(refusal);
    }

    private void abandon() {
        done = true;
        received = null;
        release();
    }
}
