package dev.plumbline.reconciler.cli;

/** How an answer is written. */
enum OutputFormat {
    TABLE,
    JSON,
    YAML
}
