package dev.plumbline.schemas.model;

import java.util.Optional;

/** The values that a metric may have, both ends included. */
public record Bound(Optional<Double> min, Optional<Double> max) {}
