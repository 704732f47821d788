package dev.plumbline.reconciler.app;

import dev.plumbline.policy.PolicyBundle;
import dev.plumbline.policy.PolicyEngine;
import dev.plumbline.policy.opa.EmbeddedOpa;
import dev.plumbline.policy.opa.OpaServer;
import dev.plumbline.policy.opa.SignedBundle;
import dev.plumbline.reconciler.cli.session.CommandException;
import dev.plumbline.reconciler.cli.session.ExitCode;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Who evaluates the policies, and what an OPA server is given to evaluate.
 *
 * @param server the OPA server that is asked; empty: they are evaluated in this process
 * @param bundle what an OPA server is given; empty: nothing
 */
record Policies(Optional<OpaServer.Settings> server, Optional<PolicyBundle> bundle) {
    static final String ENGINE = "policy.engine";
    static final String URL = "policy.url";
    static final String TOKEN = "policy.tokenFile";
    static final String AUTHORITIES = "policy.caFile";
    static final String SIGNING_KEY = "policy.signingKeyFile";

    private static final String EMBEDDED = "embedded";
    private static final String SERVER = "server";

    /**
     * Reads what is configured.
     *
     * @param resolved where a configured path lies
     */
    static Policies of(Map<String, String> texts, Function<String, Path> resolved) throws CommandException {
        String engine = texts.getOrDefault(ENGINE, EMBEDDED);
        Optional<Path> key = Optional.ofNullable(texts.get(SIGNING_KEY)).map(resolved);
        Optional<PolicyBundle> bundle = key.isPresent() ? Optional.of(signed(key.get())) : Optional.empty();
        return switch (engine) {
            case EMBEDDED -> {
                for (String only : new String[] {URL, TOKEN, AUTHORITIES}) {
                    if (texts.containsKey(only)) {
                        throw wrong(only + " is for " + ENGINE + ": " + SERVER + ", and the engine is " + EMBEDDED);
                    }
                }
                yield new Policies(Optional.empty(), bundle);
            }
            case SERVER -> {
                URI url = url(texts.get(URL));
                Optional<Path> authorities =
                        Optional.ofNullable(texts.get(AUTHORITIES)).map(resolved);
                if (authorities.isPresent() && !"https".equals(url.getScheme())) {
                    throw wrong(AUTHORITIES + " says who vouches for a server, but " + URL + " is not https");
                }
                yield new Policies(
                        Optional.of(new OpaServer.Settings(
                                url, Optional.ofNullable(texts.get(TOKEN)).map(resolved), authorities)),
                        bundle);
            }
            default -> throw wrong(ENGINE + " is " + EMBEDDED + " or " + SERVER + ", not " + engine);
        };
    }

    private static URI url(@Nullable String text) throws CommandException {
        try {
            URI url = new URI(text == null ? "" : text);
            boolean plain = url.getRawUserInfo() == null && url.getRawQuery() == null && url.getRawFragment() == null;
            if (Set.of("http", "https").contains(String.valueOf(url.getScheme())) && url.getHost() != null && plain) {
                return url;
            }
        } catch (URISyntaxException malformed) {
            throw wrong(URL + " is no URL");
        }
        throw wrong(URL + " is the address of an OPA server, such as https://opa.example.com:8181, without a user");
    }

    private static PolicyBundle signed(Path key) throws CommandException {
        try {
            return SignedBundle.shipped(key);
        } catch (IOException unusable) {
            throw wrong(SIGNING_KEY + ": " + unusable.getMessage());
        }
    }

    private static CommandException wrong(String why) {
        return new CommandException(ExitCode.USAGE, why);
    }

    /**
     * Whom the gates ask.
     *
     * @throws IOException when the token or the certificates of a server cannot be used
     */
    PolicyEngine engine(ExecutorService threads, Parts parts) throws IOException {
        return server.isPresent() ? parts.add(OpaServer.shipped(server.get(), threads)) : EmbeddedOpa.shipped(threads);
    }
}
