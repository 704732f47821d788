package dev.plumbline.schemas.policies;

import dev.plumbline.schemas.model.Bound;
import dev.plumbline.schemas.model.Metric;
import dev.plumbline.schemas.model.RiskTier;
import dev.plumbline.schemas.yaml.PositionedDocument;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/** Turns the thresholds of a document that fits the schema into what they mean. */
final class ThresholdBinder {
    private static final String ROOT = "thresholds";
    private static final String GROUP_SIZE = "minimumGroupSize";

    private final PositionedDocument document;
    private final PolicyProblems problems;

    ThresholdBinder(PositionedDocument document, PolicyProblems problems) {
        this.document = document;
        this.problems = problems;
    }

    /** By tier; one of which nothing is said is left out. */
    SortedMap<RiskTier, Thresholds> bind() {
        SortedMap<RiskTier, Thresholds> all = new TreeMap<>();
        for (RiskTier tier : RiskTier.values()) {
            Thresholds said = of(document.tree().path(ROOT).path(tier.label()), "/" + ROOT + "/" + tier.label());
            if (!said.equals(Thresholds.NONE)) {
                all.put(tier, said);
            }
        }
        return all;
    }

    private Thresholds of(JsonNode tier, String pointer) {
        SortedMap<Metric, Bound> metrics = new TreeMap<>();
        tier.path("metrics").properties().forEach(each -> {
            Bound bound = bound(each.getValue());
            check(each.getKey(), bound, pointer + "/metrics/" + each.getKey());
            metrics.put(Metric.named(each.getKey()).orElseThrow(), bound);
        });
        SortedMap<String, Bound> gaps = new TreeMap<>();
        JsonNode fairness = tier.path("fairness");
        fairness.properties().stream()
                .filter(each -> !each.getKey().equals(GROUP_SIZE))
                .forEach(each -> gaps.put(each.getKey(), bound(each.getValue())));
        JsonNode size = fairness.path(GROUP_SIZE);
        return new Thresholds(metrics, gaps, size.isNumber() ? Optional.of(size.asInt()) : Optional.empty());
    }

    private void check(String metric, Bound bound, String pointer) {
        if (bound.min().isPresent()
                && bound.max().isPresent()
                && bound.min().get() > bound.max().get()) {
            problems.add(
                    document.places().valueAt(pointer),
                    pointer,
                    "min-above-max",
                    "`min` of `" + metric + "` is above its `max`; no model can keep that",
                    Optional.of("exchange the two"));
        }
    }

    private static Bound bound(JsonNode json) {
        return new Bound(number(json, "min"), number(json, "max"));
    }

    private static Optional<Double> number(JsonNode json, String field) {
        JsonNode number = json.path(field);
        return number.isNumber() ? Optional.of(number.asDouble()) : Optional.empty();
    }
}
