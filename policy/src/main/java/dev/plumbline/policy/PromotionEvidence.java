package dev.plumbline.policy;

import dev.plumbline.schemas.json.Json;
import dev.plumbline.schemas.model.Digest;
import dev.plumbline.schemas.model.Metric;
import dev.plumbline.schemas.model.VersionName;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/**
 * A version on its way into an endpoint, as the promotion rules see it.
 *
 * @param serving name of the endpoint
 * @param current what serves there now
 * @param comparison of the candidate with it, where one was made
 * @param tolerance by how much the candidate may be worse
 * @param rollback whether the endpoint already served the candidate as stable
 */
public record PromotionEvidence(
        String serving,
        Candidate candidate,
        Optional<VersionName> current,
        Optional<Compared> comparison,
        double tolerance,
        boolean rollback)
        implements Evidence {
    @Override
    public Gate gate() {
        return Gate.PROMOTION;
    }

    @Override
    public ObjectNode toInput() {
        ObjectNode input = Json.object();
        input.put("serving", serving);
        input.set("candidate", candidate.toInput());
        input.put("current", current.map(VersionName::toString).orElse(VersionName.NONE));
        comparison.ifPresent(compared -> input.set("comparison", compared.toInput()));
        Measure.number(input, "tolerance", tolerance);
        input.put("rollback", rollback);
        return input;
    }

    /**
     * The version that would serve.
     *
     * @param digest of the model's bytes
     * @param registration the verdict with which it was registered, where it is on record
     */
    public record Candidate(VersionName version, Digest digest, Optional<Verdict> registration) {
        private ObjectNode toInput() {
            ObjectNode input = Json.object();
            input.put("version", version.toString());
            input.put("digest", digest.value());
            registration.ifPresent(verdict -> {
                ObjectNode registered = input.putObject("registration");
                registered.put("gate", verdict.gate().label());
                registered.put("verdict", verdict.id().value());
                registered.put("allowed", verdict.allowed());
                verdict.validUntil().ifPresent(until -> registered.put("validUntil", until.toString()));
                verdict.model().ifPresent(model -> registered.put("model", model.value()));
            });
            return input;
        }
    }

    /** How the candidate compares with what serves. */
    public sealed interface Compared {
        /** The comparison as the rules read it. */
        ObjectNode toInput();
    }

    /**
     * Both were measured on the same rows.
     *
     * @param difference between candidate and serving version, positive where the candidate is better, with its paired
     *     interval
     */
    public record Measured(Metric metric, double candidate, double serving, Measure difference) implements Compared {
        @Override
        public ObjectNode toInput() {
            ObjectNode input = Json.object();
            input.put("status", "measured");
            input.put("metric", metric.label());
            Measure.number(input, "candidate", candidate);
            Measure.number(input, "serving", serving);
            input.set("difference", difference.toInput());
            return input;
        }
    }

    /** There were too few rows to compare on, or the metric is undefined on them. */
    public record NotEnoughData(Metric metric, long rows) implements Compared {
        @Override
        public ObjectNode toInput() {
            ObjectNode input = Json.object();
            input.put("status", "not-enough-data");
            input.put("metric", metric.label());
            input.put("rows", rows);
            return input;
        }
    }

    /**
     * What serves is not stored whole, so there was nothing to compare with.
     *
     * @param artifact the one that is missing
     */
    public record ServingLost(Metric metric, Digest artifact) implements Compared {
        @Override
        public ObjectNode toInput() {
            ObjectNode input = Json.object();
            input.put("status", "serving-lost");
            input.put("metric", metric.label());
            input.put("artifact", artifact.value());
            return input;
        }
    }
}
