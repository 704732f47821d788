package dev.plumbline.reconciler.scaffold;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/**
 * A range of numbers that leaves room around what a file holds: half of the span on each side, rounded outwards to the
 * span's first digit, and nothing below zero where the file has nothing below zero. Zero and one alone are kept as they
 * are: they are a yes and a no.
 */
record WidenedRange(BigDecimal min, BigDecimal max) {
    static WidenedRange of(double lowest, double highest) {
        BigDecimal low = BigDecimal.valueOf(lowest);
        BigDecimal high = BigDecimal.valueOf(highest);
        BigDecimal span = high.subtract(low);
        if (span.signum() == 0) {
            span = low.abs().max(BigDecimal.ONE);
        }
        BigDecimal step = BigDecimal.ONE.scaleByPowerOfTen(span.precision() - span.scale() - 1);
        BigDecimal room = span.divide(BigDecimal.TWO, MathContext.DECIMAL64);
        BigDecimal min = rounded(low.subtract(room), step, RoundingMode.FLOOR);
        boolean fromZero = low.signum() >= 0 && (min.signum() < 0 || low.compareTo(span) <= 0);
        return new WidenedRange(fromZero ? BigDecimal.ZERO : min, rounded(high.add(room), step, RoundingMode.CEILING));
    }

    /** For a column of zeros and ones. */
    static WidenedRange ofBits() {
        return new WidenedRange(BigDecimal.ZERO, BigDecimal.ONE);
    }

    /** A number as a spec writes it: decimal unless that would be long. */
    static String text(BigDecimal number) {
        BigDecimal shortest = number.signum() == 0 ? BigDecimal.ZERO : number.stripTrailingZeros();
        String plain = shortest.toPlainString();
        return plain.length() <= 20 ? plain : Double.toString(number.doubleValue());
    }

    private static BigDecimal rounded(BigDecimal number, BigDecimal step, RoundingMode mode) {
        return number.divide(step, 0, mode).multiply(step);
    }
}
