package dev.plumbline.schemas.catalog;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a spec may name as a file: a path inside the repository, or a {@code file:} URI. */
final class RepositoryPaths {
    private static final Pattern SCHEME = Pattern.compile("([a-zA-Z][a-zA-Z0-9+.-]+):.*");

    private RepositoryPaths() {}

    /** Why a place is refused. */
    record Fault(String code, String message, String hint) {}

    static Optional<Fault> ofPath(String path) {
        Matcher scheme = SCHEME.matcher(path);
        if (scheme.matches()) {
            return Optional.of(unreadable(scheme.group(1), "give the path of a file in the repository"));
        }
        if (path.startsWith("/") || path.startsWith("~") || path.matches("[a-zA-Z]:.*")) {
            return outside("`" + path + "` is an absolute path");
        }
        if (path.contains("\\")) {
            return outside("`" + path + "` holds a backslash");
        }
        boolean odd = Arrays.stream(path.split("/", -1))
                .anyMatch(part -> part.isEmpty() || part.equals(".") || part.equals(".."));
        return odd ? outside("`" + path + "` holds an empty part, `.` or `..`") : Optional.empty();
    }

    static Optional<Fault> ofUri(String uri) {
        Matcher scheme = SCHEME.matcher(uri);
        if (!scheme.matches()) {
            return Optional.of(new Fault(
                    "wrong-form", "`" + uri + "` is not a URI", "write file:///absolute/path, or use `path`"));
        }
        if (!scheme.group(1).toLowerCase(Locale.ROOT).equals("file")) {
            return Optional.of(unreadable(scheme.group(1), "this version reads file: only"));
        }
        boolean absolute = uri.matches("(?i)file:(//)?/[^/].*");
        boolean odd = Arrays.asList(uri.split("/", -1)).contains("..") || uri.contains("\\") || uri.contains("%");
        return absolute && !odd
                ? Optional.empty()
                : Optional.of(new Fault(
                        "path-outside",
                        "`" + uri + "` is not the absolute path of one file",
                        "write file:///absolute/path without `..`, backslashes or percent signs"));
    }

    private static Fault unreadable(String scheme, String hint) {
        return new Fault(
                "unsupported-source", "this version cannot read " + scheme.toLowerCase(Locale.ROOT) + ": here", hint);
    }

    private static Optional<Fault> outside(String message) {
        return Optional.of(new Fault(
                "path-outside", message, "write a path relative to the root of the repository, with forward slashes"));
    }
}
