package dev.plumbline.runtime;

import dev.plumbline.schemas.model.Digest;
import dev.plumbline.schemas.model.Metric;

/** How a candidate compares with the serving version. */
public sealed interface Comparison {
    /**
     * Both were measured on the same rows.
     *
     * @param difference candidate minus serving, turned so that a positive value is a better candidate; its interval is
     *     paired (both models on each bootstrap sample of rows)
     */
    record Measured(Metric metric, double candidate, double serving, MetricValue difference) implements Comparison {}

    /** Too few rows remain, or the metric is undefined on them. */
    record NotEnoughData(Metric metric, long rows, String reason) implements Comparison {}

    /** The serving version's model, or what says which rows it learnt from, is not stored whole. */
    record ServingLost(Metric metric, Digest artifact) implements Comparison {}

    /** The candidate's model is not stored whole. */
    record CandidateLost(Digest artifact) implements Comparison {}
}
