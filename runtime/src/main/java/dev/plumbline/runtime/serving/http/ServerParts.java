package dev.plumbline.runtime.serving.http;

import dev.plumbline.runtime.serving.endpoint.LiveEndpoints;
import dev.plumbline.runtime.serving.http.protocol.RequestRefused;
import java.util.concurrent.ExecutorService;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What all event loops of the inference port share.
 *
 * @param metrics the whole exposition in Prometheus form
 * @param workers for long computations
 * @param nanoTime for durations
 */
record ServerParts(
        LiveEndpoints endpoints,
        InferenceFlow flow,
        HttpLimits limits,
        BodyBudget budget,
        Supplier<String> metrics,
        ExecutorService workers,
        LongSupplier nanoTime) {
    private static final Logger LOG = LoggerFactory.getLogger(ServerParts.class);

    /** Logs what nobody foresaw and says to the client only that it happened. */
    RequestRefused unforeseen(String endpoint, Throwable failure) {
        LOG.error("request failed unexpectedly serving={}", endpoint, failure);
        return RequestRefused.failed("the server failed on this request; its log says why");
    }
}
