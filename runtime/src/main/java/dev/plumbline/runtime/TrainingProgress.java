package dev.plumbline.runtime;

import java.time.Duration;
import java.util.Optional;

/**
 * How far an attempt is.
 *
 * @param phase what it does now, such as {@code reading}, {@code fitting}, {@code exporting}, {@code evaluating}
 * @param fraction between 0 and 1, of the whole attempt
 * @param detail such as {@code tree 40 of 200}
 */
public record TrainingProgress(String phase, double fraction, String detail, Optional<Duration> remaining) {}
