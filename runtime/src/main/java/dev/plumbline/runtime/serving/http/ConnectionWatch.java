package dev.plumbline.runtime.serving.http;

import io.vertx.core.http.HttpConnection;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * Closes connections that hold the server up: heads and bodies that arrive too slowly, answers that are not taken, and
 * connections that nobody uses. A look at all connections once in a while costs less than a timer for each request.
 * Belongs to one event loop.
 */
final class ConnectionWatch {
    private final HttpLimits limits;
    private final LongSupplier nanoTime;
    private final Map<HttpConnection, State> connections = new HashMap<>();

    /** What a connection is waited for. */
    private enum Phase {
        HEAD,
        BODY,
        ANSWER,
        IDLE
    }

    /** Of one connection. */
    private static final class State {
        Phase phase = Phase.HEAD;
        long since;
    }

    ConnectionWatch(HttpLimits limits, LongSupplier nanoTime) {
        this.limits = limits;
        this.nanoTime = nanoTime;
    }

    void opened(HttpConnection connection) {
        State state = new State();
        state.since = nanoTime.getAsLong();
        connections.put(connection, state);
        connection.closeHandler(_ -> connections.remove(connection));
    }

    /** A request's head is there. */
    void requested(HttpConnection connection, long now) {
        enter(connection, Phase.BODY, now);
    }

    /** A request is whole; how long its answer may take is the endpoint's affair. */
    void received(HttpConnection connection, long now) {
        enter(connection, Phase.ANSWER, now);
    }

    void answered(HttpConnection connection, long now) {
        enter(connection, Phase.IDLE, now);
    }

    /** Closes what took too long. */
    void sweep() {
        long now = nanoTime.getAsLong();
        List<HttpConnection> late = new ArrayList<>();
        connections.forEach((connection, state) -> {
            if (now - state.since > allowed(state.phase)) {
                late.add(connection);
            }
        });
        late.forEach(connection -> {
            connections.remove(connection);
            connection.close();
        });
    }

    int open() {
        return connections.size();
    }

    private long allowed(Phase phase) {
        return switch (phase) {
            case HEAD -> limits.head().toNanos();
            case BODY -> limits.body().toNanos();
            case ANSWER -> Long.MAX_VALUE;
            case IDLE -> limits.idle().toNanos();
        };
    }

    private void enter(HttpConnection connection, Phase phase, long now) {
        State state = connections.get(connection);
        if (state != null) {
            state.phase = phase;
            state.since = now;
        }
    }
}
