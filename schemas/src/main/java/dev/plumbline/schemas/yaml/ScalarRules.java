package dev.plumbline.schemas.yaml;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Optional;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * What a plain scalar means: the core schema of YAML 1.2, without the forms that other readers take for something else.
 *
 * <p>{@code yes}, {@code on} and dates are text. Octal, hexadecimal, leading zeros, {@code 1_000} and {@code 1:30} are
 * refused rather than guessed. Integers are exact within 64 bits; other numbers are finite doubles.
 *
 * @see <a href="https://yaml.org/spec/1.2.2/#103-core-schema">YAML 1.2.2, 10.3 Core Schema</a>
 */
final class ScalarRules {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final Pattern INTEGER = Pattern.compile("[-+]?(0|[1-9][0-9]*)");
    private static final Pattern FLOAT =
            Pattern.compile("[-+]?(\\.[0-9]+|(0|[1-9][0-9]*)(\\.[0-9]*)?)([eE][-+]?[0-9]+)?");
    private static final Pattern NOT_FINITE = Pattern.compile("[-+]?\\.(inf|Inf|INF)|\\.(nan|NaN|NAN)");
    private static final Pattern AMBIGUOUS = Pattern.compile("[-+]?0[oO]?[0-9][0-9_]*(\\.[0-9_]*)?([eE][-+]?[0-9]+)?"
            + "|[-+]?0[xX][0-9a-fA-F_]+|[-+]?0[bB][01_]+"
            + "|[-+]?[0-9][0-9_]*_[0-9_]*(\\.[0-9_]*)?([eE][-+]?[0-9]+)?"
            + "|[-+]?[0-9]+(:[0-5]?[0-9])+(\\.[0-9_]*)?");
    private static final BigInteger LOWEST = BigInteger.valueOf(Long.MIN_VALUE);
    private static final BigInteger HIGHEST = BigInteger.valueOf(Long.MAX_VALUE);

    private ScalarRules() {}

    /** A scalar's meaning, with what is wrong about it, if anything. */
    record Meaning(JsonNode node, Optional<Fault> fault) {
        private static Meaning of(JsonNode node) {
            return new Meaning(node, Optional.empty());
        }

        private static Meaning wrong(String text, String code, String message, String hint) {
            return new Meaning(NODES.stringNode(text), Optional.of(new Fault(code, message, hint)));
        }
    }

    /** Why a scalar is refused. */
    record Fault(String code, String message, String hint) {}

    static Meaning plain(String text) {
        return switch (text) {
            case "", "~", "null", "Null", "NULL" -> Meaning.of(NODES.nullNode());
            case "true", "True", "TRUE" -> Meaning.of(NODES.booleanNode(true));
            case "false", "False", "FALSE" -> Meaning.of(NODES.booleanNode(false));
            default -> looksNumeric(text.charAt(0)) ? numeric(text) : Meaning.of(NODES.stringNode(text));
        };
    }

    private static boolean looksNumeric(char first) {
        return (first >= '0' && first <= '9') || first == '-' || first == '+' || first == '.';
    }

    private static Meaning numeric(String text) {
        if (text.length() > YamlLimits.NUMBER) {
            return digitsOnly(text)
                    ? outOfRange(text, "has more than " + YamlLimits.NUMBER + " characters")
                    : Meaning.of(NODES.stringNode(text));
        }
        if (INTEGER.matcher(text).matches()) {
            return integer(text);
        }
        if (FLOAT.matcher(text).matches()) {
            return real(text);
        }
        if (NOT_FINITE.matcher(text).matches()) {
            return Meaning.wrong(
                    text,
                    "number-not-finite",
                    text + " is not a finite number",
                    "write a finite number, or leave it out");
        }
        if (AMBIGUOUS.matcher(text).matches()) {
            return Meaning.wrong(
                    text,
                    "ambiguous-scalar",
                    text + " is one number to some readers of YAML, another number or text to others",
                    "write the number in plain decimal, or put the text in quotes");
        }
        return Meaning.of(NODES.stringNode(text));
    }

    private static boolean digitsOnly(String text) {
        return text.chars().allMatch(c -> (c >= '0' && c <= '9') || "+-.eE_".indexOf(c) >= 0);
    }

    private static Meaning integer(String text) {
        BigInteger exact = new BigInteger(text);
        if (exact.compareTo(LOWEST) < 0 || exact.compareTo(HIGHEST) > 0) {
            return outOfRange(text, "does not fit into 64 bits");
        }
        long value = exact.longValueExact();
        return Meaning.of(value == (int) value ? NODES.numberNode((int) value) : NODES.numberNode(value));
    }

    private static Meaning real(String text) {
        double value = Double.parseDouble(text);
        if (Double.isInfinite(value)) {
            return outOfRange(text, "is larger than a double can hold");
        }
        if (value == 0 && text.chars().takeWhile(c -> c != 'e' && c != 'E').anyMatch(c -> c >= '1' && c <= '9')) {
            return outOfRange(text, "is smaller than a double can hold");
        }
        BigDecimal exact = BigDecimal.valueOf(value);
        return Meaning.of(exact.signum() == 0 ? NODES.numberNode(0.0) : NODES.numberNode(value));
    }

    private static Meaning outOfRange(String text, String why) {
        return Meaning.wrong(
                text,
                "number-out-of-range",
                "the number " + shortened(text) + " " + why,
                "write a smaller number, or put it in quotes if it is text");
    }

    private static String shortened(String text) {
        return text.length() <= YamlLimits.NUMBER + 1 ? text : text.substring(0, 12) + "…";
    }
}
