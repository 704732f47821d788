package dev.plumbline.schemas.binding;

import java.time.Duration;

/** Durations and amounts of memory as specs write them; their form is known to be right. */
final class Quantities {
    private Quantities() {}

    static Duration duration(String text) {
        int unit = firstLetter(text);
        long amount = Long.parseLong(text.substring(0, unit));
        return switch (text.substring(unit)) {
            case "ms" -> Duration.ofMillis(amount);
            case "s" -> Duration.ofSeconds(amount);
            case "m" -> Duration.ofMinutes(amount);
            case "h" -> Duration.ofHours(amount);
            case "d" -> Duration.ofDays(amount);
            default -> throw new IllegalArgumentException("not a duration: " + text);
        };
    }

    static long bytes(String text) {
        int unit = firstLetter(text);
        long amount = Long.parseLong(text.substring(0, unit));
        return switch (text.substring(unit)) {
            case "Mi" -> amount << 20;
            case "Gi" -> amount << 30;
            default -> throw new IllegalArgumentException("not an amount of memory: " + text);
        };
    }

    private static int firstLetter(String text) {
        int at = 0;
        while (at < text.length() && Character.isDigit(text.charAt(at))) {
            at++;
        }
        return at;
    }
}
