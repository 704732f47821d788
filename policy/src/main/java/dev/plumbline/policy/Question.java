package dev.plumbline.policy;

import dev.plumbline.schemas.model.Digest;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a gate is asked.
 *
 * @param subject who it is about, such as {@code Serving/churn} or {@code churn/v3}
 * @param evidence what the rules see; not to be modified
 * @param refers what else the verdict is about, by name, such as {@code spec}
 * @param model the model that it is about
 */
public record Question(
        Gate gate, String subject, ObjectNode evidence, SortedMap<String, Digest> refers, Optional<Digest> model) {
    public Question {
        refers = Collections.unmodifiableSortedMap(new TreeMap<>(refers));
    }

    /** Everything that the rules see of it, and what the digest of its evidence is over. */
    public ObjectNode input() {
        return evidence.deepCopy().put("gate", gate.label());
    }

    /** Asks this gate about evidence that was built for it. */
    public static Question about(
            String subject, Evidence evidence, Map<String, Digest> refers, Optional<Digest> model) {
        return new Question(evidence.gate(), subject, evidence.toInput(), new TreeMap<>(refers), model);
    }
}
