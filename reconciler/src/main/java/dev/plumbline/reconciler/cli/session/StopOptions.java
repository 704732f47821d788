package dev.plumbline.reconciler.cli.session;

import java.nio.file.Path;
import java.util.Optional;

/**
 * What {@code plumb stop --serving} was asked for.
 *
 * @param target what {@code plumb up} was given, from which the state is derived; empty: the demo
 * @param state the state folder, where it was named
 * @param environment whose state, where it is derived
 */
public record StopOptions(Optional<String> target, Optional<Path> state, Optional<String> environment) {}
