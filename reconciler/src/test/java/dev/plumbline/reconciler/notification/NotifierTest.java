package dev.plumbline.reconciler.notification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.plumbline.reconciler.api.Sample;
import dev.plumbline.reconciler.api.SteadyOperations;
import dev.plumbline.reconciler.control.Operations.Warning;
import dev.plumbline.schemas.json.Json;
import dev.plumbline.testkit.MutableClock;
import dev.plumbline.webhooks.SecretFile;
import dev.plumbline.webhooks.send.SignedReceiver;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Base64;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** What a receiver gets, through a real server. */
final class NotifierTest {
    private static final String SECRET = "a secret of enough bytes";

    @TempDir
    Path folder;

    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final MutableClock clock = MutableClock.started();
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final SteadyOperations operations = new SteadyOperations(Sample.usual());
    private final List<Received> received = new CopyOnWriteArrayList<>();
    private final Deque<Integer> answers = new ArrayDeque<>();
    private final Deque<AutoCloseable> closing = new ArrayDeque<>();
    private HttpServer server;

    private record Received(String id, boolean signed, JsonNode body) {
        String type() {
            return body.path("type").asString();
        }

        String subject() {
            return body.path("subject").asString();
        }

        String reason() {
            return body.path("reason").asString();
        }
    }

    @BeforeEach
    void start() throws Exception {
        Files.writeString(folder.resolve("secret"), SECRET + "\n");
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", this::receive);
        server.start();
    }

    @AfterEach
    void stop() throws Exception {
        while (!closing.isEmpty()) {
            closing.pop().close();
        }
        server.stop(0);
        threads.close();
    }

    private synchronized void receive(HttpExchange exchange) throws IOException {
        byte[] body = exchange.getRequestBody().readAllBytes();
        int answer = answers.isEmpty() ? 204 : answers.pop();
        String id = exchange.getRequestHeaders().getFirst("webhook-id");
        received.add(new Received(id, signed(exchange, id, body), Json.read(body)));
        if (answer == 307) {
            exchange.getResponseHeaders().add("Location", "/elsewhere");
        }
        exchange.sendResponseHeaders(answer, -1);
        exchange.close();
    }

    private static boolean signed(HttpExchange exchange, String id, byte[] body) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(SECRET.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            mac.update((id + "." + exchange.getRequestHeaders().getFirst("webhook-timestamp") + ".")
                    .getBytes(StandardCharsets.UTF_8));
            return ("v1," + Base64.getEncoder().encodeToString(mac.doFinal(body)))
                    .equals(exchange.getRequestHeaders().getFirst("webhook-signature"));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private void begin() {
        URI address = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/hook");
        SignedReceiver receiver = new SignedReceiver(
                address, new SecretFile("notifications.secretFile", folder.resolve("secret"), clock), clock, threads);
        closing.push(receiver);
        closing.push(Notifier.start(
                operations,
                receiver,
                folder.resolve("told.json"),
                Optional.of("staging"),
                registry,
                Duration.ofMillis(5)));
    }

    private void arrived(int messages) {
        await().untilAsserted(() -> assertThat(received).hasSizeGreaterThanOrEqualTo(messages));
    }

    @Test
    void tellsSignedWhatWentLiveWhatAPersonMustSettleAndThatItIsSettled() {
        begin();
        arrived(1);
        operations.become(Sample.waitingForAPerson());
        arrived(3);
        operations.become(Sample.usual());
        arrived(5);

        assertThat(received)
                .extracting(Received::type, Received::subject, Received::reason)
                .containsExactly(
                        tuple("LIVE", "Serving/churn", "Promoted"),
                        tuple("ACTION_REQUIRED", "Training/churn", "BreakerOpen"),
                        tuple("ACTION_REQUIRED", "Serving/churn", "BreakerOpen"),
                        tuple("RESOLVED", "Training/churn", "Serving"),
                        tuple("RESOLVED", "Serving/churn", "Serving"));
        assertThat(received).allMatch(Received::signed);
        assertThat(received).extracting(Received::id).doesNotHaveDuplicates();
        assertThat(received.get(1).body().path("message").asString()).isEqualTo("mend it");
        assertThat(received.get(1).body().path("environment").asString()).isEqualTo("staging");
        assertThat(registry.get("plumbline.notifications")
                        .tag("result", "taken")
                        .counter()
                        .count())
                .isEqualTo(5);
    }

    @Test
    void sendsTheSameMessageAgainUntilItIsTaken() {
        answers.addAll(List.of(500, 503, 307));
        begin();
        arrived(4);

        assertThat(received)
                .extracting(Received::id)
                .containsOnly(received.getFirst().id());
        await().untilAsserted(() -> assertThat(registry.get("plumbline.notifications")
                        .tag("result", "taken")
                        .counter()
                        .count())
                .isEqualTo(1));
        assertThat(registry.get("plumbline.notifications")
                        .tag("result", "failed")
                        .counter()
                        .count())
                .isEqualTo(3);
        assertThat(received).hasSize(4);
    }

    @Test
    void tellsNothingTwiceAfterARestart() throws Exception {
        begin();
        arrived(1);
        await().untilAsserted(() -> assertThat(folder.resolve("told.json")).exists());
        closing.pop().close();
        closing.pop().close();

        begin();
        operations.become(Sample.waitingForAPerson());
        arrived(3);

        assertThat(received).extracting(Received::type).containsOnlyOnce("LIVE");
    }

    @Test
    void tellsAgainWhatStillHoldsWhenNobodyKnowsWhatWasTold() throws Exception {
        Files.writeString(folder.resolve("told.json"), "{");
        begin();
        arrived(1);

        assertThat(received.getFirst().type()).isEqualTo("LIVE");
    }

    @Test
    void tellsWhatFreezesTheControlPlaneAndThatItFollowsAgain() {
        begin();
        arrived(1);
        operations.warn(new Warning("HistoryRewritten", "plumb accept-history thaws it"));
        operations.become(Sample.usual());
        arrived(2);
        operations.warnNoMore();
        operations.become(Sample.usual());
        arrived(3);

        assertThat(received)
                .extracting(Received::type, Received::subject, Received::reason)
                .endsWith(
                        tuple("ACTION_REQUIRED", "control plane", "HistoryRewritten"),
                        tuple("RESOLVED", "control plane", "Follows"));
    }
}
