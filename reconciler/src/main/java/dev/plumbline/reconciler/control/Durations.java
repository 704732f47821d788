package dev.plumbline.reconciler.control;

import java.time.Duration;
import java.util.Locale;

/** Writes durations as specs do. */
final class Durations {
    private Durations() {}

    static String text(Duration duration) {
        return duration.toString().substring(2).toLowerCase(Locale.ROOT);
    }
}
