package dev.plumbline.schemas.files;

import java.util.ArrayList;
import java.util.List;

/** A pattern for one segment of a path: {@code *}, {@code ?}, {@code [a-z]}, {@code [!a-z]} and {@code \} before any. */
final class Glob {
    /** Any number of segments: {@code **}. */
    static final Glob ANY_DEPTH = new Glob(List.of());

    private final List<Token> tokens;

    private Glob(List<Token> tokens) {
        this.tokens = tokens;
    }

    private sealed interface Token {
        boolean takes(char c);

        record Star() implements Token {
            @Override
            public boolean takes(char c) {
                return true;
            }
        }

        record Any() implements Token {
            @Override
            public boolean takes(char c) {
                return true;
            }
        }

        record Exactly(char wanted) implements Token {
            @Override
            public boolean takes(char c) {
                return c == wanted;
            }
        }

        /** Pairs of first and last character. */
        record OneOf(String ranges, boolean negated) implements Token {
            @Override
            public boolean takes(char c) {
                boolean found = false;
                for (int i = 0; i < ranges.length(); i += 2) {
                    found |= ranges.charAt(i) <= c && c <= ranges.charAt(i + 1);
                }
                return found != negated;
            }
        }
    }

    static Glob parse(String pattern) {
        return pattern.equals("**") ? ANY_DEPTH : new Glob(new Parser(pattern).tokens());
    }

    /** Whether the segment fits. Takes time in proportion to both lengths at most. */
    boolean matches(String segment) {
        int at = 0;
        int wanted = 0;
        int retryAt = -1;
        int retryToken = -1;
        while (at < segment.length()) {
            if (wanted < tokens.size() && tokens.get(wanted) instanceof Token.Star) {
                retryAt = at;
                retryToken = ++wanted;
            } else if (wanted < tokens.size() && tokens.get(wanted).takes(segment.charAt(at))) {
                at++;
                wanted++;
            } else if (retryAt >= 0) {
                at = ++retryAt;
                wanted = retryToken;
            } else {
                return false;
            }
        }
        while (wanted < tokens.size() && tokens.get(wanted) instanceof Token.Star) {
            wanted++;
        }
        return wanted == tokens.size();
    }

    private static final class Parser {
        private final String pattern;
        private final List<Token> tokens = new ArrayList<>();
        private int at;

        Parser(String pattern) {
            this.pattern = pattern;
        }

        List<Token> tokens() {
            while (at < pattern.length()) {
                char c = pattern.charAt(at++);
                tokens.add(
                        switch (c) {
                            case '*' -> new Token.Star();
                            case '?' -> new Token.Any();
                            case '[' -> oneOf();
                            case '\\' -> new Token.Exactly(at < pattern.length() ? pattern.charAt(at++) : '\\');
                            default -> new Token.Exactly(c);
                        });
            }
            return tokens;
        }

        /** The characters up to the closing bracket; without one, the bracket stands for itself. */
        private Token oneOf() {
            int close = pattern.indexOf(']', at + (isNegation() ? 2 : 1));
            if (close < 0) {
                return new Token.Exactly('[');
            }
            boolean negated = isNegation();
            String members = pattern.substring(negated ? at + 1 : at, close);
            at = close + 1;
            return new Token.OneOf(ranges(members), negated);
        }

        private boolean isNegation() {
            return at < pattern.length() && (pattern.charAt(at) == '!' || pattern.charAt(at) == '^');
        }

        private static String ranges(String members) {
            StringBuilder ranges = new StringBuilder();
            int i = 0;
            while (i < members.length()) {
                boolean range = i + 2 < members.length() && members.charAt(i + 1) == '-';
                ranges.append(members.charAt(i)).append(members.charAt(range ? i + 2 : i));
                i += range ? 3 : 1;
            }
            return ranges.toString();
        }
    }
}
