package dev.plumbline.reconciler.control;

import dev.plumbline.policy.Decision;
import dev.plumbline.policy.Gate;
import dev.plumbline.policy.PolicyEngine;
import dev.plumbline.schemas.model.Digest;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/**
 * Counts what a policy engine decides, and remembers whether it still answers: a question that got no answer is asked again
 * until it gets one. Thread-safe.
 */
final class PolicyWatch implements PolicyEngine {
    private final PolicyEngine engine;
    private final MeterRegistry metrics;
    private volatile Optional<Decision> silence = Optional.empty();

    PolicyWatch(PolicyEngine engine, MeterRegistry metrics) {
        this.engine = engine;
        this.metrics = metrics;
        Gauge.builder("plumbline.policy.unavailable", this, watch -> watch.silence.isPresent() ? 1 : 0)
                .description("1 while the policy engine gives no answer")
                .strongReference(true)
                .register(metrics);
    }

    @Override
    public Digest policy() {
        return engine.policy();
    }

    @Override
    public List<Decision> decide(Gate gate, List<ObjectNode> inputs) {
        Timer.Sample sample = Timer.start(metrics);
        List<Decision> decisions = engine.decide(gate, inputs);
        sample.stop(Timer.builder("plumbline.policy.evaluation")
                .description("Questions to the policy engine that were asked together: how often and how long")
                .tag("gate", gate.label())
                .register(metrics));
        decisions.forEach(decision -> Counter.builder("plumbline.policy.decisions")
                .description("Answers of the policy engine")
                .tag("gate", gate.label())
                .tag("reason", decision.reason().label())
                .register(metrics)
                .increment());
        if (!decisions.isEmpty()) {
            silence = decisions.stream()
                    .filter(decision -> !decision.reason().conclusive())
                    .findFirst();
        }
        return decisions;
    }

    /** What to tell people of an engine that gives no answer. */
    Optional<String> warning() {
        return silence.map(decision ->
                "the policy engine gives no answer (" + decision.reason().label()
                        + "), so nothing new goes forward, and what serves goes on: "
                        + decision.findings().getFirst().message());
    }
}
