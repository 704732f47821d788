package dev.plumbline.reconciler.cli.session;

import java.nio.file.Path;

/**
 * What {@code plumb serve} was asked for.
 *
 * @param state the folder that holds the last routing table and the artifacts
 */
public record ServeOptions(Path state, int port, String bind) {}
