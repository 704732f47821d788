package dev.plumbline.policy;

import dev.plumbline.schemas.model.Digest;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/**
 * Evaluates the rules of a gate. Thread-safe.
 *
 * <p>It never throws because of an input: what cannot be evaluated is an inconclusive decision, which denies.
 */
public interface PolicyEngine {
    /** The digest of the rules that it evaluates. */
    Digest policy();

    /**
     * Decides about each input as if it were asked alone.
     *
     * @return one decision an input, in the order of the inputs
     */
    List<Decision> decide(Gate gate, List<ObjectNode> inputs);
}
