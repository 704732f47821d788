package dev.plumbline.reconciler.ledger;

import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/**
 * A verdict with what it rests on, as the head of a ledger or its history holds them.
 *
 * @param evidence what the rules saw of the question; empty when a version of an earlier form recorded the verdict
 * @param policies what they saw of the organisation's data
 */
public record ArchivedVerdict(VerdictEntry entry, Optional<ObjectNode> evidence, Optional<ObjectNode> policies) {}
