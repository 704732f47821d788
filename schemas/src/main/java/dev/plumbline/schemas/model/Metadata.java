package dev.plumbline.schemas.model;

import java.util.Map;
import java.util.Optional;

/**
 * What every spec says about itself. Owner and labels inform people and policies; they never change a model.
 *
 * @param suspend whether nothing is done about the spec for now
 */
public record Metadata(String name, Optional<String> owner, Map<String, String> labels, boolean suspend) {
    public Metadata {
        labels = Map.copyOf(labels);
    }
}
