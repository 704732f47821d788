package dev.plumbline.reconciler.cli.option;

/** How an answer is written. */
enum OutputFormat {
    TABLE,
    JSON,
    YAML
}
