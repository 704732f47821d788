package dev.plumbline.schemas.files;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * One line of an ignore file.
 *
 * @param negated whether it takes back what an earlier line ignores
 * @param foldersOnly whether it matches folders only
 * @param segments what it wants between the slashes; {@link Glob#ANY_DEPTH} stands for any number of segments
 */
record IgnorePattern(boolean negated, boolean foldersOnly, List<Glob> segments) {
    /** The pattern of a line; empty for blank lines and comments. */
    static Optional<IgnorePattern> parse(String line) {
        String pattern = withoutTrailingSpaces(line);
        if (pattern.isEmpty() || pattern.startsWith("#")) {
            return Optional.empty();
        }
        boolean negated = pattern.startsWith("!");
        if (negated) {
            pattern = pattern.substring(1);
        }
        boolean foldersOnly = pattern.endsWith("/");
        if (foldersOnly) {
            pattern = pattern.substring(0, pattern.length() - 1);
        }
        return pattern.isEmpty() ? Optional.empty() : Optional.of(of(negated, foldersOnly, pattern));
    }

    private static IgnorePattern of(boolean negated, boolean foldersOnly, String pattern) {
        boolean anchored = pattern.contains("/");
        String path = pattern.startsWith("/") ? pattern.substring(1) : pattern;
        String whole = anchored ? path : "**/" + path;
        return new IgnorePattern(
                negated,
                foldersOnly,
                Arrays.stream(whole.split("/", -1)).map(Glob::parse).toList());
    }

    private static String withoutTrailingSpaces(String line) {
        int end = line.length();
        while (end > 0 && line.charAt(end - 1) == ' ' && !(end > 1 && line.charAt(end - 2) == '\\')) {
            end--;
        }
        return line.substring(0, end);
    }

    /** Whether the path with these segments fits. Takes time in proportion to both lengths at most. */
    boolean matches(String[] path, boolean folder) {
        if (foldersOnly && !folder) {
            return false;
        }
        int at = 0;
        int wanted = 0;
        int retryPath = -1;
        int retryPattern = -1;
        while (at < path.length) {
            if (wanted < segments.size() && segments.get(wanted) == Glob.ANY_DEPTH) {
                if (wanted == segments.size() - 1) {
                    return wanted == 0 || at > 0;
                }
                retryPath = at;
                retryPattern = ++wanted;
            } else if (wanted < segments.size() && segments.get(wanted).matches(path[at])) {
                at++;
                wanted++;
            } else if (retryPath >= 0) {
                at = ++retryPath;
                wanted = retryPattern;
            } else {
                return false;
            }
        }
        return wanted == segments.size();
    }
}
