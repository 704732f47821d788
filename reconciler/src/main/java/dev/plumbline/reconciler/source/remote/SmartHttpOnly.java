package dev.plumbline.reconciler.source.remote;

import java.io.IOException;
import java.net.Proxy;
import java.net.URL;
import org.eclipse.jgit.transport.http.HttpConnection;
import org.eclipse.jgit.transport.http.HttpConnectionFactory;

/**
 * Opens connections for Git's smart HTTP protocol alone. A server could else fall back to the old one, in which a client
 * fetches file after file of the server's choice, past every limit on what a fetch may be.
 */
final class SmartHttpOnly implements HttpConnectionFactory {
    private final HttpConnectionFactory connections;

    SmartHttpOnly(HttpConnectionFactory connections) {
        this.connections = connections;
    }

    @Override
    public HttpConnection create(URL url) throws IOException {
        return connections.create(checked(url));
    }

    @Override
    public HttpConnection create(URL url, Proxy proxy) throws IOException {
        return connections.create(checked(url), proxy);
    }

    private static URL checked(URL url) throws IOException {
        String path = url.getPath();
        String query = String.valueOf(url.getQuery());
        boolean smart = path.endsWith("/git-upload-pack")
                || path.endsWith("/git-receive-pack")
                || (path.endsWith("/info/refs") && query.contains("service=git-"));
        if (!smart) {
            throw new IOException("it does not speak Git's smart HTTP protocol");
        }
        return url;
    }
}
