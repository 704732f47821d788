package dev.plumbline.reconciler.app;

import dev.plumbline.reconciler.cli.session.CommandException;
import dev.plumbline.reconciler.cli.session.ExitCode;
import dev.plumbline.webhooks.SecretFile;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Who is told of what happens.
 *
 * @param secret what messages to them are signed with
 */
record Notifications(URI address, SecretFile secret) {
    static final String URL = "notifications.url";
    static final String SECRET = "notifications.secretFile";

    /**
     * Reads what is configured, and the secret once, so that a wrong one is told at the start.
     *
     * @param resolved where a configured path lies
     * @return empty when nobody is to be told
     */
    static Optional<Notifications> of(Map<String, String> texts, Function<String, Path> resolved, Clock clock)
            throws CommandException {
        String url = texts.get(URL);
        String file = texts.get(SECRET);
        if (url == null && file == null) {
            return Optional.empty();
        }
        if (url == null || file == null) {
            throw wrong(URL + " and " + SECRET + " belong together: a message that nobody signed proves nothing");
        }
        SecretFile secret = new SecretFile(SECRET, resolved.apply(file), clock);
        try {
            secret.current();
        } catch (IOException unusable) {
            throw wrong(String.valueOf(unusable.getMessage()));
        }
        return Optional.of(new Notifications(address(url), secret));
    }

    private static URI address(String text) throws CommandException {
        try {
            URI address = new URI(text);
            if (Set.of("http", "https").contains(String.valueOf(address.getScheme()))
                    && address.getHost() != null
                    && address.getRawUserInfo() == null
                    && address.getRawFragment() == null) {
                return address;
            }
        } catch (URISyntaxException malformed) {
            throw wrong(URL + " is no URL");
        }
        throw wrong(URL + " is an address such as https://hooks.example.com/plumbline, without a user");
    }

    private static CommandException wrong(String what) {
        return new CommandException(ExitCode.USAGE, what);
    }
}
