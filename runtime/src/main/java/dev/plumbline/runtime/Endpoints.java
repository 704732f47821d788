package dev.plumbline.runtime;

import java.util.Map;
import java.util.Optional;

/** The data plane. Blocking, thread-safe; calls about one endpoint are made one at a time. */
public interface Endpoints {
    /**
     * Makes the endpoint serve this. Returns when the new version takes traffic: its artifact was probed in a
     * throw-away process (once per digest), loaded and warmed. When that fails, what served before goes on.
     */
    DeployOutcome deploy(EndpointConfiguration configuration) throws InterruptedException;

    /** Ends the endpoint; requests in flight finish. Does nothing when there is none. */
    DeployOutcome remove(String serving) throws InterruptedException;

    /**
     * What serves now, by endpoint.
     *
     * @throws Unreachable when the data plane does not answer
     */
    Map<String, EndpointObservation> observe() throws Unreachable, InterruptedException;

    /**
     * What one endpoint does now; empty when there is none.
     *
     * @throws Unreachable when the data plane does not answer
     */
    default Optional<EndpointObservation> observe(String serving) throws Unreachable, InterruptedException {
        return Optional.ofNullable(observe().get(serving));
    }

    /** The data plane does not answer. */
    final class Unreachable extends Exception {
        private final String message;

        public Unreachable(String message) {
            super(message);
            this.message = message;
        }

        public Unreachable(String message, Throwable cause) {
            super(message, cause);
            this.message = message;
        }

        @Override
        public String getMessage() {
            return message;
        }
    }
}
