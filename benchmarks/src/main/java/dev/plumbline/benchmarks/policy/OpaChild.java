package dev.plumbline.benchmarks.policy;

import com.sun.net.httpserver.HttpServer;
import dev.plumbline.policy.PolicyBundle;
import dev.plumbline.policy.opa.SignedBundle;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;
import java.util.Base64;

/** A real OPA server as a process of its own, which takes our signed bundle. */
final class OpaChild implements AutoCloseable {
    private final HttpServer bundles;
    private final Process process;
    private final URI url;

    private OpaChild(HttpServer bundles, Process process, URI url) {
        this.bundles = bundles;
        this.process = process;
        this.url = url;
    }

    /** Starts one; it may take a moment until it has the policy. */
    static OpaChild start(Path opa) throws IOException, GeneralSecurityException {
        Path folder = Files.createTempDirectory("policy-benchmark");
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"));
        KeyPair pair = generator.generateKeyPair();
        PolicyBundle bundle =
                SignedBundle.shipped(Files.writeString(folder.resolve("key.pem"), pem("PRIVATE", pair.getPrivate())));
        HttpServer bundles = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        bundles.createContext("/", exchange -> {
            try (exchange) {
                exchange.sendResponseHeaders(200, bundle.bytes().length);
                exchange.getResponseBody().write(bundle.bytes());
            }
        });
        bundles.start();
        Path configuration = Files.writeString(folder.resolve("opa.yaml"), """
                services: {plumbline: {url: "http://127.0.0.1:%d"}}
                keys: {plumbline: {algorithm: ES256, key: "%s"}}
                bundles: {plumbline: {service: plumbline, resource: bundle.tar.gz, signing: {keyid: plumbline}}}
                """.formatted(
                        bundles.getAddress().getPort(),
                        pem("PUBLIC", pair.getPublic()).replace("\r", "").replace("\n", "\\n")));
        int port = free();
        Process process = new ProcessBuilder(
                        opa.toString(),
                        "run",
                        "--server",
                        "--skip-version-check",
                        "--log-level",
                        "error",
                        "--addr",
                        "127.0.0.1:" + port,
                        "--config-file",
                        configuration.toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("opa.log").toFile())
                .start();
        return new OpaChild(bundles, process, URI.create("http://127.0.0.1:" + port));
    }

    private static int free() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static String pem(String kind, Key key) {
        return "-----BEGIN " + kind + " KEY-----\n" + Base64.getMimeEncoder().encodeToString(key.getEncoded())
                + "\n-----END " + kind + " KEY-----\n";
    }

    URI url() {
        return url;
    }

    boolean alive() {
        return process.isAlive();
    }

    /** Nanoseconds of processor time that it has taken. */
    long processorTime() {
        return process.info().totalCpuDuration().orElseThrow().toNanos();
    }

    @Override
    public void close() {
        process.destroy();
        bundles.stop(0);
    }
}
