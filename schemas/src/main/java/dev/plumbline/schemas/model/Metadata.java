package dev.plumbline.schemas.model;

import java.util.Map;
import java.util.Optional;

/** What every spec says about itself. Owner and labels inform people and policies; they never change a model. */
public record Metadata(String name, Optional<String> owner, Map<String, String> labels) {
    public Metadata {
        labels = Map.copyOf(labels);
    }
}
