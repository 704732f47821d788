package dev.plumbline.runtime;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * What an endpoint does now.
 *
 * @param configuration as last applied
 * @param window what was seen in the last window; empty when none is watched
 */
public record EndpointObservation(EndpointConfiguration configuration, Optional<Window> window) {
    /**
     * Traffic of the last window.
     *
     * @param predictions count by predicted label, or by decile label of the predicted value for regression
     */
    public record Window(
            Duration length,
            long requests,
            long rows,
            long errors,
            double latencyP50Seconds,
            double latencyP99Seconds,
            Map<String, Long> predictions) {
        public Window {
            predictions = Map.copyOf(predictions);
        }
    }
}
