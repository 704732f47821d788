package dev.plumbline.webhooks;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Which repository a clone URL means, however it is reached: the same one by https and by ssh, with or without
 * {@code .git}, in capitals or not. Ports are left out, since a forge offers the two at different ones.
 *
 * @param host in lower case
 * @param path in lower case, without slashes at its ends and without {@code .git}
 */
public record RepositoryAddress(String host, String path) {
    private static final int LONGEST = 2048;
    private static final Pattern SECURE_COPY = Pattern.compile("(?:[A-Za-z0-9._-]+@)?([A-Za-z0-9][A-Za-z0-9.-]+):(.+)");

    /** The repository that this URL means; empty when it means none of a forge, such as a folder. */
    public static Optional<RepositoryAddress> parse(String url) {
        if (url.length() > LONGEST) {
            return Optional.empty();
        }
        if (url.contains("://")) {
            try {
                URI uri = new URI(url);
                return of(uri.getHost(), uri.getPath());
            } catch (URISyntaxException notAnAddress) {
                return Optional.empty();
            }
        }
        Matcher copy = SECURE_COPY.matcher(url);
        return copy.matches() ? of(copy.group(1), copy.group(2)) : Optional.empty();
    }

    private static Optional<RepositoryAddress> of(@Nullable String host, @Nullable String path) {
        if (host == null || path == null) {
            return Optional.empty();
        }
        String plain = path.toLowerCase(Locale.ROOT).replaceAll("^/+|/+$", "").replaceAll("\\.git$", "");
        return host.isEmpty() || plain.isEmpty()
                ? Optional.empty()
                : Optional.of(new RepositoryAddress(host.toLowerCase(Locale.ROOT), plain));
    }
}
