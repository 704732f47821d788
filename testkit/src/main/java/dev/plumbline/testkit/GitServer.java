package dev.plumbline.testkit;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.GZIPInputStream;
import org.eclipse.jgit.transport.PacketLineOut;
import org.eclipse.jgit.transport.ReceiveCommand;
import org.eclipse.jgit.transport.ReceivePack;
import org.eclipse.jgit.transport.RefAdvertiser.PacketLineOutRefAdvertiser;
import org.eclipse.jgit.transport.UploadPack;

/**
 * Serves one repository by Git's smart HTTP protocol on loopback, as a forge would: with a token, with branches that it
 * protects, and with days on which it does not answer. Thread-safe.
 */
public final class GitServer implements AutoCloseable {
    private final TemporaryRepository repository;
    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Map<String, String> protectedRefs = new ConcurrentHashMap<>();
    private final AtomicInteger requests = new AtomicInteger();
    private volatile Optional<String> token = Optional.empty();
    private volatile boolean readOnly;
    private volatile boolean down;
    private volatile CountDownLatch speaking = new CountDownLatch(0);
    private volatile boolean forgetful;

    private GitServer(TemporaryRepository repository) throws IOException {
        this.repository = repository;
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", this::answer);
        server.start();
    }

    /** Starts serving on a free port. */
    public static GitServer serve(TemporaryRepository repository) throws IOException {
        return new GitServer(repository);
    }

    /** The URL to fetch from and push to. */
    public String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/team/models.git";
    }

    /** Asks for this token, as the password of any user, from now on. */
    public void requireToken(String wanted) {
        token = Optional.of(wanted);
    }

    /** Refuses pushes to this full ref name in these words. */
    public void protect(String ref, String words) {
        protectedRefs.put(ref, words);
    }

    /** Lets nobody push. */
    public void readOnly(boolean now) {
        readOnly = now;
    }

    /** Breaks off every request, as a remote that cannot be reached. */
    public void down(boolean now) {
        down = now;
    }

    /** Takes pushes and then breaks off instead of reporting, as a network that fails at the worst moment. */
    public void forgetful(boolean now) {
        forgetful = now;
    }

    /** Takes every request and answers none, until it is told otherwise or closed. */
    public void silent(boolean now) {
        CountDownLatch before = speaking;
        speaking = new CountDownLatch(now ? 1 : 0);
        before.countDown();
    }

    /** How many requests came in. */
    public int requests() {
        return requests.get();
    }

    @Override
    public void close() {
        speaking.countDown();
        server.stop(0);
        threads.close();
    }

    private void answer(HttpExchange exchange) throws IOException {
        requests.incrementAndGet();
        try (exchange) {
            speaking.await();
            if (down) {
                return;
            }
            if (!authorized(exchange)) {
                exchange.getResponseHeaders().set("WWW-Authenticate", "Basic realm=\"models\"");
                exchange.sendResponseHeaders(401, -1);
                return;
            }
            String path = exchange.getRequestURI().getPath();
            String query =
                    Optional.ofNullable(exchange.getRequestURI().getQuery()).orElse("");
            if (readOnly && (path.endsWith("git-receive-pack") || query.contains("git-receive-pack"))) {
                exchange.sendResponseHeaders(403, -1);
            } else if (path.endsWith("/info/refs") && query.startsWith("service=")) {
                advertise(exchange, query.substring("service=".length()));
            } else if (path.endsWith("/git-upload-pack")) {
                upload(exchange);
            } else if (path.endsWith("/git-receive-pack")) {
                receive(exchange);
            } else {
                exchange.sendResponseHeaders(404, -1);
            }
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean authorized(HttpExchange exchange) {
        return token.map(wanted -> Optional.ofNullable(
                                exchange.getRequestHeaders().getFirst("Authorization"))
                        .filter(header -> header.startsWith("Basic "))
                        .map(header -> new String(
                                Base64.getDecoder().decode(header.substring("Basic ".length())),
                                StandardCharsets.UTF_8))
                        .filter(pair -> pair.endsWith(":" + wanted))
                        .isPresent())
                .orElse(true);
    }

    private void advertise(HttpExchange exchange, String service) throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        PacketLineOut lines = new PacketLineOut(body);
        if (service.equals("git-upload-pack")) {
            UploadPack upload = uploadPack(exchange);
            if (protocol(exchange).isEmpty()) {
                lines.writeString("# service=" + service + "\n");
                lines.end();
            }
            upload.sendAdvertisedRefs(new PacketLineOutRefAdvertiser(lines), service);
        } else {
            lines.writeString("# service=" + service + "\n");
            lines.end();
            receivePack().sendAdvertisedRefs(new PacketLineOutRefAdvertiser(lines));
        }
        send(exchange, "application/x-" + service + "-advertisement", body);
    }

    private void upload(HttpExchange exchange) throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        try (InputStream input = body(exchange)) {
            uploadPack(exchange).upload(input, body, null);
        }
        send(exchange, "application/x-git-upload-pack-result", body);
    }

    private void receive(HttpExchange exchange) throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        try (InputStream input = body(exchange)) {
            receivePack().receive(input, body, null);
        }
        if (!forgetful) {
            send(exchange, "application/x-git-receive-pack-result", body);
        }
    }

    private UploadPack uploadPack(HttpExchange exchange) {
        UploadPack upload = new UploadPack(repository.git());
        upload.setBiDirectionalPipe(false);
        upload.setExtraParameters(protocol(exchange));
        return upload;
    }

    private ReceivePack receivePack() {
        ReceivePack receive = new ReceivePack(repository.git());
        receive.setBiDirectionalPipe(false);
        receive.setPreReceiveHook((pack, commands) -> {
            for (ReceiveCommand command : commands) {
                Optional.ofNullable(protectedRefs.get(command.getRefName())).ifPresent(words -> {
                    pack.sendMessage(words);
                    command.setResult(ReceiveCommand.Result.REJECTED_OTHER_REASON, "protected branch hook declined");
                });
            }
        });
        return receive;
    }

    private static List<String> protocol(HttpExchange exchange) {
        return Optional.ofNullable(exchange.getRequestHeaders().getFirst("Git-Protocol"))
                .map(header -> List.of(header.split(":")))
                .orElse(List.of());
    }

    private static InputStream body(HttpExchange exchange) throws IOException {
        InputStream raw = exchange.getRequestBody();
        return "gzip".equals(exchange.getRequestHeaders().getFirst("Content-Encoding"))
                ? new GZIPInputStream(raw)
                : raw;
    }

    private static void send(HttpExchange exchange, String type, ByteArrayOutputStream body) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", type);
        exchange.getResponseHeaders().set("Cache-Control", "no-cache");
        exchange.sendResponseHeaders(200, body.size());
        body.writeTo(exchange.getResponseBody());
    }
}
