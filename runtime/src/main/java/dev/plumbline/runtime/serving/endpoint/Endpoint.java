package dev.plumbline.runtime.serving.endpoint;

import dev.plumbline.runtime.EndpointConfiguration;
import dev.plumbline.runtime.EndpointObservation;
import dev.plumbline.runtime.monitoring.EndpointWindow;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What one endpoint serves. Immutable: a change is another one in its place, which shares the gate, and the window too
 * while its length stays.
 *
 * @param configuration as applied
 * @param model null when there is no version, or when the one in the configuration could not be loaded
 * @param fault why the version in the configuration does not serve, for clients; empty when it does
 * @param meters of the version; null when there is none
 */
public record Endpoint(
        EndpointConfiguration configuration,
        @Nullable ServedModel model,
        String fault,
        Gate gate,
        @Nullable EndpointWindow window,
        @Nullable VersionMeters meters) {
    /** The Serving's name. */
    public String name() {
        return configuration.serving();
    }

    /** Whether it does what its configuration says. */
    public boolean ready() {
        return fault.isEmpty();
    }

    /**
     * What it does now. One whose version could not be loaded is observed as serving none, so that whoever compares
     * with what should be sees the difference.
     */
    public EndpointObservation observe() {
        EndpointConfiguration seen = ready()
                ? configuration
                : new EndpointConfiguration(
                        name(), Optional.empty(), fault, configuration.limits(), configuration.window());
        return new EndpointObservation(seen, Optional.ofNullable(window).map(EndpointWindow::observe));
    }
}
