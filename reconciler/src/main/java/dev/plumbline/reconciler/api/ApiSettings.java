package dev.plumbline.reconciler.api;

import java.net.URI;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * How the control port is opened.
 *
 * @param bind a loopback address
 * @param port 0 lets the system choose
 * @param serving where predictions are answered, once they are
 * @param version of Plumbline, for the interface's description
 */
public record ApiSettings(String bind, int port, Supplier<Optional<URI>> serving, String version) {}
