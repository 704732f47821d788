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
    private final boolean anyHost;

    /**
     * A guard of a port.
     *
     * @param tokens whether callers show tokens: no web page has one, so under which name the port is asked for, such as
     *     that of a proxy, matters no more
     */
    Guard(String bind, boolean tokens) {
        String bound = bind.contains(":") ? "[" + bind + "]" : bind;
        this.hosts = Set.of(bound.toLowerCase(Locale.ROOT));
        this.anyHost = tokens;
    }

    /** Refuses a request that may come from such a page. */
    void check(HttpServerRequest request) throws ApiError {
        String host = host(request);
        if (!known(host)) {
            throw new ApiError(
                    403,
                    "host",
                    "this server does not answer for the host '" + printable(host) + "'",
                    Optional.of("ask for 127.0.0.1 or localhost"));
        }
        if (!request.method().name().equals("POST")) {
            return;
        }
        if (foreign(request)) {
            throw new ApiError(403, "origin", "requests from other origins change nothing here");
        }
        if (!json(request)) {
            throw new ApiError(
                    415,
                    "media-type",
                    "requests that change something carry JSON",
                    Optional.of("set Content-Type: application/json"));
        }
    }

    private static String host(HttpServerRequest request) {
        return Optional.ofNullable(request.authority()).map(HostAndPort::host).orElse("");
    }

    private boolean known(String host) {
        String name = host.toLowerCase(Locale.ROOT);
        return anyHost
                || LOCAL.contains(name)
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
            return uri.getHost() != null && samePlace(uri.getHost(), request) && uri.getPort() == port;
        } catch (IllegalArgumentException notAnOrigin) {
            return false;
        }
    }

    private boolean samePlace(String host, HttpServerRequest request) {
        return anyHost ? host.equalsIgnoreCase(host(request)) : known(host);
    }

    /** A form can send other types to other origins without being asked; JSON it cannot. */
    private static boolean json(HttpServerRequest request) {
        if ("/api/v1/hint".equals(request.path())) {
            return true;
        }
        String type = request.getHeader("Content-Type");
        return type != null && type.toLowerCase(Locale.ROOT).startsWith("application/json");
    }

    static String printable(String text) {
        return text.replaceAll("[^A-Za-z0-9.:\\[\\]-]", "?");
    }
}
