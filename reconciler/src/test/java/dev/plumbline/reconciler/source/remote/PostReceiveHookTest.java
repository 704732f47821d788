package dev.plumbline.reconciler.source.remote;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.plumbline.testkit.MutableClock;
import dev.plumbline.testkit.TemporaryRepository;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@DisabledOnOs(OS.WINDOWS)
final class PostReceiveHookTest {
    private static final String NEW = "0123456789abcdef0123456789abcdef01234567";
    private static final String OLD = "0000000000000000000000000000000000000000";

    @TempDir
    Path folder;

    private final List<String> asked = new CopyOnWriteArrayList<>();
    private TemporaryRepository repository;
    private HttpServer server;
    private volatile int status = 200;

    @BeforeEach
    void start() throws Exception {
        repository = TemporaryRepository.create(folder.resolve("origin.git"), MutableClock.started());
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            asked.add(exchange.getRequestMethod() + " " + exchange.getRequestURI());
            byte[] body = "plumbline: 01234567 admitted\n1 spec held back\n".getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, body.length);
            try (exchange) {
                exchange.getResponseBody().write(body);
            }
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
        repository.close();
    }

    @Test
    void asksTheControlPlaneAndPrintsWhatItAdmitted() throws Exception {
        assertThat(PostReceiveHook.install(repository.path())).isTrue();
        announce();

        Ran ran = push("refs/heads/main");
        assertThat(ran.output()).isEqualTo("plumbline: 01234567 admitted\nplumbline: 1 spec held back\n");
        assertThat(ran.exit()).isZero();
        assertThat(asked).containsExactly("POST /api/v1/hint?revision=" + NEW + "&wait=5s");
    }

    @Test
    void neverFailsAPush() throws Exception {
        PostReceiveHook.install(repository.path());
        assertThat(push("refs/heads/main")).isEqualTo(new Ran(0, ""));

        announce();
        status = 503;
        Ran refused = push("refs/heads/main");
        assertThat(refused.exit()).isZero();
        assertThat(refused.output()).contains("did not answer in time");

        server.stop(0);
        assertThat(push("refs/heads/main").exit()).isZero();
        PostReceiveHook.withdraw(repository.path());
        assertThat(push("refs/heads/main")).isEqualTo(new Ran(0, ""));
    }

    @Test
    void staysQuietForBranchesOfOurs() throws Exception {
        PostReceiveHook.install(repository.path());
        announce();

        assertThat(push("refs/heads/plumbline/ledger")).isEqualTo(new Ran(0, ""));
        assertThat(asked).isEmpty();
    }

    @Test
    void leavesAHookOfSomebodyElseAlone() throws Exception {
        repository.hook("post-receive", "#!/bin/sh\necho mine\n");

        assertThat(PostReceiveHook.install(repository.path())).isFalse();
        assertThat(Files.readString(repository.path().resolve("hooks/post-receive")))
                .contains("mine");
    }

    @Test
    void isInstalledAgainOverItself() throws Exception {
        assertThat(PostReceiveHook.install(repository.path())).isTrue();
        assertThat(PostReceiveHook.install(repository.path())).isTrue();
        assertThat(PostReceiveHook.isOurs(repository.path().resolve("hooks"))).isTrue();
    }

    private void announce() throws Exception {
        PostReceiveHook.announce(
                repository.path(), "http://127.0.0.1:" + server.getAddress().getPort());
    }

    private record Ran(int exit, String output) {}

    private Ran push(String ref) throws Exception {
        Process process = new ProcessBuilder("sh", "hooks/post-receive")
                .directory(repository.path().toFile())
                .redirectErrorStream(true)
                .start();
        try (var input = process.getOutputStream()) {
            input.write((OLD + " " + NEW + " " + ref + "\n").getBytes(StandardCharsets.UTF_8));
        }
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Ran(process.waitFor(), output);
    }
}
