package dev.plumbline.policy.opa;

import com.sun.net.httpserver.HttpServer;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** A real OPA server, and beside it the server that it takes its bundle from. */
final class OpaProcess implements AutoCloseable {
    private static final int TRIES = 5;

    private final HttpServer bundles;
    private final int port;
    private final Process process;

    private OpaProcess(HttpServer bundles, int port, Process process) {
        this.bundles = bundles;
        this.port = port;
        this.process = process;
    }

    /**
     * Starts one that looks once for a bundle, and waits until it has said that.
     *
     * @param bundle what it is given; empty: there is none
     * @param configuration with the address of the bundle's server in the place of {@code @url@}
     * @param sign what it says of the bundle that it is given
     */
    static OpaProcess start(RealOpa opa, Path folder, byte[] bundle, String configuration, String sign)
            throws IOException {
        HttpServer bundles = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        bundles.createContext("/", exchange -> {
            try (exchange) {
                exchange.sendResponseHeaders(bundle.length == 0 ? 404 : 200, bundle.length == 0 ? -1 : bundle.length);
                exchange.getResponseBody().write(bundle);
            }
        });
        bundles.start();
        String url = "http://127.0.0.1:" + bundles.getAddress().getPort();
        Path file = Files.writeString(folder.resolve("opa.yaml"), configuration.replace("@url@", url));
        for (int attempt = 0; attempt < TRIES; attempt++) {
            int port = free();
            OpaProcess started = new OpaProcess(bundles, port, launch(opa, file, port));
            if (started.says(sign)) {
                started.awaitOpen();
                return started;
            }
            // Somebody else took the port.
            started.end();
        }
        bundles.stop(0);
        throw new AssertionError("no opa said: " + sign);
    }

    private static Process launch(RealOpa opa, Path configuration, int port) throws IOException {
        return new ProcessBuilder(
                        opa.command().toString(),
                        "run",
                        "--server",
                        "--skip-version-check",
                        "--addr",
                        "127.0.0.1:" + port,
                        "--config-file",
                        configuration.toString())
                .redirectErrorStream(true)
                .start();
    }

    private static int free() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    /** Whether it says this before it ends; the rest of what it says is read too, or it would wait for a reader. */
    private boolean says(String text) {
        CompletableFuture<Boolean> said = new CompletableFuture<>();
        Thread.ofVirtual().start(() -> {
            try (BufferedReader log = process.inputReader(StandardCharsets.UTF_8)) {
                for (String line = log.readLine(); line != null; line = log.readLine()) {
                    if (line.contains(text)) {
                        said.complete(true);
                    }
                }
                said.complete(false);
            } catch (IOException ended) {
                said.complete(false);
            }
        });
        return said.join();
    }

    private void awaitOpen() {
        while (process.isAlive()) {
            try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
                assert socket.isConnected();
                return;
            } catch (IOException notYet) {
                Thread.onSpinWait();
            }
        }
        throw new AssertionError("opa ended");
    }

    URI url() {
        return URI.create("http://127.0.0.1:" + port);
    }

    /** Ends it, and nothing listens any more. */
    void end() {
        process.destroy();
        try {
            if (!process.waitFor(30, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", stopped);
        }
    }

    @Override
    public void close() {
        end();
        bundles.stop(0);
    }
}
