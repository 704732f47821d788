package dev.plumbline.reconciler.ledger;

import dev.plumbline.schemas.model.Digest;
import java.time.Instant;
import tools.jackson.databind.node.ObjectNode;

/**
 * A gate's answer, as the policy module wrote it.
 *
 * @param verdict the policy module's own JSON, byte for byte reproducible; it holds no time
 */
public record VerdictEntry(Digest id, Instant recordedAt, ObjectNode verdict) implements Entry {}
