package dev.plumbline.schemas.yaml;

/** How a file writes a scalar. */
public enum ScalarStyle {
    PLAIN,
    SINGLE_QUOTED,
    DOUBLE_QUOTED,
    LITERAL,
    FOLDED
}
