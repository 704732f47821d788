package dev.plumbline.reconciler.source.remote;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A repository to follow, as the operator named it: a local path, {@code file:}, {@code https} or {@code ssh}. Plain
 * {@code http} is taken for loopback only, where there is nobody to listen in.
 *
 * @param url what Git is asked for
 * @param folder the repository's folder, when it is a local one
 * @param label how reports and logs call it: never with an absolute path or a secret
 */
public record Remote(Kind kind, String url, Optional<Path> folder, String label) {
    /** How a remote is reached. */
    public enum Kind {
        FILE,
        HTTP,
        SSH
    }

    private static final int LONGEST = 2048;
    private static final Pattern SCHEME = Pattern.compile("([A-Za-z][A-Za-z0-9+.-]*)://.*");
    private static final Pattern HELPER = Pattern.compile("[A-Za-z0-9+.-]+::.*");
    private static final Pattern SECURE_COPY =
            Pattern.compile("([A-Za-z0-9._-]+@)?[A-Za-z0-9][A-Za-z0-9.-]+:[^\\\\].*");
    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

    /**
     * The remote that this text names.
     *
     * @param base what a relative path starts from
     * @throws IllegalArgumentException with a sentence that says what is wrong with it
     */
    public static Remote parse(String text, Path base) {
        if (text.isBlank() || text.length() > LONGEST || text.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException("A repository is a path or a URL of at most 2048 characters.");
        }
        if (text.startsWith("-")) {
            throw new IllegalArgumentException("A repository's name cannot begin with a dash.");
        }
        if (HELPER.matcher(text).matches()) {
            throw new IllegalArgumentException("Remote helpers (name::address) are not allowed: name the repository "
                    + "by a path, https:// or ssh://.");
        }
        var scheme = SCHEME.matcher(text);
        if (scheme.matches()) {
            return url(text, scheme.group(1).toLowerCase(Locale.ROOT));
        }
        Path path = path(text, base);
        return !path.toFile().exists() && SECURE_COPY.matcher(text).matches() ? secureCopy(text) : local(path);
    }

    /** A local repository. */
    public static Remote local(Path folder) {
        Path absolute = folder.toAbsolutePath().normalize();
        Path name = absolute.getFileName();
        return new Remote(
                Kind.FILE, absolute.toString(), Optional.of(absolute), name == null ? "repository" : name.toString());
    }

    private static Path path(String text, Path base) {
        try {
            return base.resolve(text).normalize();
        } catch (InvalidPathException broken) {
            throw new IllegalArgumentException("This is neither a path nor a URL of a repository.", broken);
        }
    }

    private static Remote url(String text, String scheme) {
        URI uri = uri(text);
        return switch (scheme) {
            case "file" -> local(Path.of(uri));
            case "https" -> http(uri);
            case "http" -> {
                if (!LOOPBACK.contains(host(uri))) {
                    throw new IllegalArgumentException(
                            "http:// sends everything in the clear: use https:// or ssh:// for " + host(uri) + ".");
                }
                yield http(uri);
            }
            case "ssh" -> ssh(uri);
            default ->
                throw new IllegalArgumentException(
                        "Repositories are followed by path, https:// or ssh://, not by " + scheme + "://.");
        };
    }

    private static URI uri(String text) {
        try {
            return new URI(text);
        } catch (URISyntaxException broken) {
            // The cause would repeat the text, which may hold a password.
            throw new IllegalArgumentException("This is not the URL of a repository (character "
                    + (broken.getIndex() + 1) + " cannot stand there).");
        }
    }

    private static Remote http(URI uri) {
        if (uri.getRawUserInfo() != null) {
            throw new IllegalArgumentException("A URL may not hold a name or a token: put the token into a file and "
                    + "name it as git.tokenFile in the configuration.");
        }
        if (uri.getRawQuery() != null || uri.getRawFragment() != null) {
            throw new IllegalArgumentException("The URL of a repository has no query and no fragment.");
        }
        host(uri);
        return new Remote(Kind.HTTP, uri.toString(), Optional.empty(), uri.toString());
    }

    private static Remote ssh(URI uri) {
        String user = uri.getRawUserInfo();
        if (user != null && (user.contains(":") || user.startsWith("-"))) {
            throw new IllegalArgumentException(
                    "A URL may not hold a password: ssh asks with git.sshKeyFile of the " + "configuration.");
        }
        if (host(uri).startsWith("-") || uri.getRawPath().startsWith("/-")) {
            throw new IllegalArgumentException("Neither host nor path of a repository can begin with a dash.");
        }
        return new Remote(Kind.SSH, uri.toString(), Optional.empty(), uri.toString());
    }

    private static Remote secureCopy(String text) {
        if (text.contains(":-")) {
            throw new IllegalArgumentException("Neither host nor path of a repository can begin with a dash.");
        }
        return new Remote(Kind.SSH, text, Optional.empty(), text);
    }

    private static String host(URI uri) {
        String host = uri.getHost();
        if (host == null || host.isEmpty()) {
            throw new IllegalArgumentException("The URL of a repository names a host.");
        }
        return host.toLowerCase(Locale.ROOT);
    }

    @Override
    public String toString() {
        return label;
    }
}
