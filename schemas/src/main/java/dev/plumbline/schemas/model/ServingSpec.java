package dev.plumbline.schemas.model;

import java.time.Duration;
import java.util.Optional;

/**
 * An endpoint that should answer.
 *
 * @param version {@code none} or {@code vN}: what serves, and nothing else ever does
 * @param gracePeriod how long it goes on answering after its spec was removed
 */
public record ServingSpec(String model, String version, Promotion promotion, Limits limits, Duration gracePeriod)
        implements Spec {
    @Override
    public Kind kind() {
        return Kind.SERVING;
    }

    /** The named version; empty for {@code none}. */
    public Optional<VersionName> named() {
        return VersionName.labelled(model, version);
    }

    /**
     * How a candidate becomes the named version.
     *
     * @param metric what candidate and serving version are compared by; empty: the task's own
     * @param tolerance by how much the candidate may be worse
     */
    public record Promotion(PromotionMode mode, Optional<Metric> metric, double tolerance) {}

    /**
     * What one endpoint takes on at once.
     *
     * @param queue requests that may wait; one more is answered 429
     * @param timeout a request that waited longer is answered 503
     * @param maxRows rows of one request; more is answered 413
     */
    public record Limits(int queue, Duration timeout, int maxRows) {}
}
