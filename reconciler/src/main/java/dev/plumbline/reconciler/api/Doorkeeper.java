package dev.plumbline.reconciler.api;

import dev.plumbline.reconciler.access.Caller;
import dev.plumbline.reconciler.access.Role;
import dev.plumbline.reconciler.access.TokensFile;
import io.vertx.core.http.HttpServerRequest;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Tells who asks by the token that they show (RFC 6750), and whether they may. Thread-safe. */
final class Doorkeeper {
    private static final Pattern BEARER = Pattern.compile("(?i:bearer) +([\\x21-\\x7e]{1,512})");
    private static final String CHALLENGE = "WWW-Authenticate";
    private static final String REALM = "Bearer realm=\"plumbline\"";

    private final Optional<TokensFile> tokens;

    /** Without tokens everybody may do everything: only this machine reaches the port then. */
    Doorkeeper(Optional<TokensFile> tokens) {
        this.tokens = tokens;
    }

    /**
     * Who sent the request; empty when nobody is asked.
     *
     * @param path as routes are found by it, without dots and escapes
     * @throws ApiError when somebody is, and shows no token that is known
     */
    Optional<Caller> identify(HttpServerRequest request, String path) throws ApiError {
        if (tokens.isEmpty() || Permissions.tokenless(path)) {
            return Optional.empty();
        }
        List<String> shown = request.headers().getAll("Authorization");
        if (shown.isEmpty()) {
            throw unauthenticated();
        }
        Matcher bearer = BEARER.matcher(shown.getFirst());
        Optional<Caller> caller =
                shown.size() == 1 && bearer.matches() ? tokens.get().caller(bearer.group(1)) : Optional.empty();
        return Optional.of(caller.orElseThrow(
                () -> refused("unknown-token", "nobody is known by this token", REALM + ", error=\"invalid_token\"")));
    }

    /**
     * Lets the caller through to the route.
     *
     * @throws ApiError when the caller may not ask for it, or nobody has said who may
     */
    void admit(Endpoint endpoint, Optional<Caller> caller) throws ApiError {
        if (tokens.isEmpty()) {
            return;
        }
        Optional<Access> access = Permissions.of(endpoint);
        if (access.isEmpty()) {
            throw new ApiError(403, "forbidden", "nobody may ask for this");
        }
        Optional<Role> role = access.get().role();
        if (role.isPresent() && !caller.orElseThrow(Doorkeeper::unauthenticated).may(role.get())) {
            throw forbidden(role.get());
        }
    }

    private static ApiError forbidden(Role role) {
        return new ApiError(
                403,
                "forbidden",
                "your token lacks the role " + role.label(),
                Optional.of("whoever keeps the tokens file (auth.tokensFile) can add it"),
                Map.of(CHALLENGE, REALM + ", error=\"insufficient_scope\", scope=\"" + role.label() + "\""));
    }

    private static ApiError unauthenticated() {
        return refused("unauthenticated", "this control plane asks who you are", REALM);
    }

    private static ApiError refused(String code, String message, String challenge) {
        return new ApiError(
                401,
                code,
                message,
                Optional.of("give a token: --token-file FILE or PLUMBLINE_TOKEN for plumb,"
                        + " 'Authorization: Bearer TOKEN' over HTTP"),
                Map.of(CHALLENGE, challenge));
    }
}
