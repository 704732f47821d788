package dev.plumbline.reconciler.api;

import dev.plumbline.policy.PolicyBundle;
import dev.plumbline.reconciler.access.TokensFile;
import java.net.URI;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * How the control port is opened.
 *
 * @param bind a loopback address, or any when there are tokens
 * @param port 0 lets the system choose
 * @param serving where predictions are answered, once they are
 * @param version of Plumbline, for the interface's description
 * @param environment which of those that share a repository is answered for; empty: the one without a name
 * @param tokens who may ask what; empty: everybody on this machine may ask everything
 * @param policies what an OPA server is given; empty: nothing
 */
public record ApiSettings(
        String bind,
        int port,
        Supplier<Optional<URI>> serving,
        String version,
        Optional<String> environment,
        Optional<TokensFile> tokens,
        Optional<PolicyBundle> policies) {
    /** A port that gives no policies away. */
    public ApiSettings(
            String bind,
            int port,
            Supplier<Optional<URI>> serving,
            String version,
            Optional<String> environment,
            Optional<TokensFile> tokens) {
        this(bind, port, serving, version, environment, tokens, Optional.empty());
    }

    /** A port on loopback that asks nobody for a token, of the environment without a name. */
    public ApiSettings(String bind, int port, Supplier<Optional<URI>> serving, String version) {
        this(bind, port, serving, version, Optional.empty(), Optional.empty());
    }
}
