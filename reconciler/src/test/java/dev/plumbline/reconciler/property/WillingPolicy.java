package dev.plumbline.reconciler.property;

import dev.plumbline.policy.Decision;
import dev.plumbline.policy.Gate;
import dev.plumbline.policy.PolicyEngine;
import dev.plumbline.schemas.model.Digest;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/** Allows everything: what the rules say is tried elsewhere. */
final class WillingPolicy implements PolicyEngine {
    private static final Digest RULES = Digest.of("everything is allowed".getBytes(StandardCharsets.UTF_8));

    @Override
    public Digest policy() {
        return RULES;
    }

    @Override
    public List<Decision> decide(Gate gate, List<ObjectNode> inputs) {
        return inputs.stream()
                .map(input -> Decision.of(List.of(), Optional.empty()))
                .toList();
    }
}
