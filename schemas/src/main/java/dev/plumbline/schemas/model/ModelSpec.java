package dev.plumbline.schemas.model;

import java.util.List;
import java.util.Optional;

/**
 * A model that should exist.
 *
 * @param card path of the model card in the repository
 * @param sensitive columns by whose values every metric is also reported
 */
public record ModelSpec(Task task, RiskTier riskTier, Optional<String> card, List<String> sensitive) implements Spec {
    public ModelSpec {
        sensitive = List.copyOf(sensitive);
    }

    @Override
    public Kind kind() {
        return Kind.MODEL;
    }
}
