package dev.plumbline.schemas.binding;

/** Amounts of memory as specs write them; their form is known to be right. */
final class Quantities {
    private Quantities() {}

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
