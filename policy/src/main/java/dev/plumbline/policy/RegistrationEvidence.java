package dev.plumbline.policy;

import dev.plumbline.schemas.json.Json;
import dev.plumbline.schemas.model.Bound;
import dev.plumbline.schemas.model.Metric;
import dev.plumbline.schemas.model.RiskTier;
import dev.plumbline.schemas.model.Task;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What one succeeded run measured, as the registration rules see it.
 *
 * @param run id of the run
 * @param sensitive the columns that the Model names now
 * @param metrics what was measured on the test rows
 * @param fairness how the groups of sensitive columns are treated there, as JSON; empty when nothing was measured
 * @param require what the Training spec asks of it
 */
public record RegistrationEvidence(
        String model,
        String run,
        Task task,
        RiskTier riskTier,
        List<String> sensitive,
        Map<Metric, Measure> metrics,
        Optional<JsonNode> fairness,
        Map<Metric, Bound> require,
        Parity parity)
        implements Evidence {
    public RegistrationEvidence {
        sensitive = List.copyOf(sensitive);
        metrics = Collections.unmodifiableSortedMap(new TreeMap<>(metrics));
        require = Collections.unmodifiableSortedMap(new TreeMap<>(require));
    }

    @Override
    public Gate gate() {
        return Gate.REGISTRATION;
    }

    @Override
    public ObjectNode toInput() {
        ObjectNode input = Json.object();
        input.put("model", model);
        input.put("run", run);
        input.put("task", task.label());
        input.put("riskTier", riskTier.label());
        input.set("sensitive", Json.tree(sensitive));
        fairness.ifPresent(measured -> input.set("fairness", measured));
        ObjectNode measured = input.putObject("metrics");
        metrics.forEach((metric, measure) -> measured.set(metric.label(), measure.toInput()));
        ObjectNode required = input.putObject("require");
        require.forEach((metric, bound) -> required.set(metric.label(), limits(bound)));
        ObjectNode compared = input.putObject("parity");
        compared.put("rows", parity.rows());
        compared.put("mismatches", parity.mismatches());
        Measure.number(compared, "largestDifference", parity.largestDifference());
        return input;
    }

    private static ObjectNode limits(Bound bound) {
        ObjectNode limits = Json.object();
        bound.min().ifPresent(min -> Measure.number(limits, "min", min));
        bound.max().ifPresent(max -> Measure.number(limits, "max", max));
        return limits;
    }

    /**
     * How the exported graph compares with the trained model.
     *
     * @param rows test rows on which both answered
     * @param mismatches rows on which the answers differ by more than they may
     * @param largestDifference of two probabilities or values
     */
    public record Parity(long rows, long mismatches, double largestDifference) {}
}
