package dev.plumbline.reconciler.api;

import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.HostAndPort;
import java.net.URI;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Keeps a web page that a person happens to visit from speaking to the control port: another host name that resolves to
 * this machine (DNS rebinding), and forms or scripts of other origins (cross-site request forgery).
 */
final class Guard {
    private static final Set<String> LOCAL = Set.of("localhost", "127.0.0.1", "[::1]");

    private final Set<String> hosts;

    Guard(String bind) {
        String bound = bind.contains(":") ? "[" + bind + "]" : bind;
        this.hosts = Set.of(bound.toLowerCase(Locale.ROOT));
    }

    /** Why the request is not answered; empty when it is. */
    Optional<ApiError> refusal(HttpServerRequest request) {
        String host =
                Optional.ofNullable(request.authority()).map(HostAndPort::host).orElse("");
        if (!known(host)) {
            return Optional.of(new ApiError(
                    403,
                    "host",
                    "this server does not answer for the host '" + printable(host) + "'",
                    Optional.of("ask for 127.0.0.1 or localhost")));
        }
        if (!request.method().name().equals("POST")) {
            return Optional.empty();
        }
        if (foreign(request)) {
            return Optional.of(new ApiError(403, "origin", "requests from other origins change nothing here"));
        }
        return json(request)
                ? Optional.empty()
                : Optional.of(new ApiError(
                        415,
                        "media-type",
                        "requests that change something carry JSON",
                        Optional.of("set Content-Type: application/json")));
    }

    private boolean known(String host) {
        String name = host.toLowerCase(Locale.ROOT);
        return LOCAL.contains(name)
                || LOCAL.contains("[" + name + "]")
                || hosts.contains(name)
                || hosts.contains("[" + name + "]");
    }

    private boolean foreign(HttpServerRequest request) {
        String site = request.getHeader("Sec-Fetch-Site");
        if (site != null && !site.equals("same-origin") && !site.equals("none")) {
            return true;
        }
        String origin = request.getHeader("Origin");
        return origin != null && !sameOrigin(origin, request);
    }

    private boolean sameOrigin(String origin, HttpServerRequest request) {
        try {
            URI uri = URI.create(origin);
            int port = Optional.ofNullable(request.authority())
                    .map(HostAndPort::port)
                    .orElse(-1);
            return uri.getHost() != null && known(uri.getHost()) && uri.getPort() == port;
        } catch (IllegalArgumentException notAnOrigin) {
            return false;
        }
    }

    /** A form can send other types to other origins without being asked; JSON it cannot. */
    private static boolean json(HttpServerRequest request) {
        if ("/api/v1/hint".equals(request.path())) {
            return true;
        }
        String type = request.getHeader("Content-Type");
        return type != null && type.toLowerCase(Locale.ROOT).startsWith("application/json");
    }

    private static String printable(String text) {
        return text.replaceAll("[^A-Za-z0-9.:\\[\\]-]", "?");
    }
}
