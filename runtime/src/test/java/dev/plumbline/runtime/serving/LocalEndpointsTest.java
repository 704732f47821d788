package dev.plumbline.runtime.serving;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plumbline.runtime.DeployOutcome;
import dev.plumbline.runtime.Endpoints.Unreachable;
import dev.plumbline.runtime.process.ChildJvm;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalEndpointsTest {
    @TempDir
    Path state;

    @Test
    void startsServesAndStops() throws Exception {
        try (LocalEndpoints endpoints = LocalEndpoints.start(settings(0))) {
            assertThat(deploy(endpoints, 1)).isEqualTo(new DeployOutcome.Done());
            assertThat(endpoints.observe()).containsOnlyKeys("churn-api");
            assertThat(predict(endpoints.servingPort())).isEqualTo("churn/v1");
            ProcessHandle process = ProcessHandle.of(endpoints.pid()).orElseThrow();

            endpoints.stop(false);

            assertThat(process.isAlive()).isFalse();
            assertThat(endpoints.remove("churn-api"))
                    .isInstanceOfSatisfying(
                            DeployOutcome.Failed.class,
                            failed -> assertThat(failed.reason()).isEqualTo("Unreachable"));
        }
    }

    @Test
    void isAdoptedByTheNextControlPlaneAndServesMeanwhile() throws Exception {
        LocalEndpoints first = LocalEndpoints.start(settings(0));
        deploy(first, 1);
        int port = first.servingPort();
        first.stop(true);
        assertThat(predict(port)).isEqualTo("churn/v1");

        try (LocalEndpoints second = LocalEndpoints.start(settings(port))) {
            assertThat(second.pid()).isEqualTo(first.pid());
            assertThat(second.servingPort()).isEqualTo(port);
            assertThat(deploy(second, 2)).isEqualTo(new DeployOutcome.Done());
            assertThat(predict(port)).isEqualTo("churn/v2");
        }
        assertThat(LocalEndpoints.stopServing(state)).isFalse();
    }

    @Test
    void bringsAKilledDataPlaneBackOnItsPort() throws Exception {
        try (LocalEndpoints endpoints = LocalEndpoints.start(settings(0))) {
            deploy(endpoints, 3);
            int port = endpoints.servingPort();
            long killed = endpoints.pid();

            ProcessHandle.of(killed).orElseThrow().destroyForcibly();

            awaitAnswer(endpoints, killed);
            assertThat(endpoints.servingPort()).isEqualTo(port);
            assertThat(predict(port)).isEqualTo("churn/v3");
        }
    }

    @Test
    void waitsForOneThatAFormerControlPlaneHadOnlyBegunToStart() throws Exception {
        Process begun = begin();

        try (LocalEndpoints endpoints = LocalEndpoints.start(settings(0))) {
            ProcessHandle answering = ProcessHandle.of(endpoints.pid()).orElseThrow();
            assertThat(deploy(endpoints, 1)).isEqualTo(new DeployOutcome.Done());
            // Whichever of the two took the folder first serves, and the other has ended.
            if (!answering.equals(begun.toHandle())) {
                assertThat(begun.waitFor(1, TimeUnit.MINUTES)).isTrue();
            }
        }
        assertThat(begun.waitFor(1, TimeUnit.MINUTES)).isTrue();
    }

    @Test
    void answersAloneFromItsFolder() throws Exception {
        try (LocalEndpoints endpoints = LocalEndpoints.start(settings(0))) {
            deploy(endpoints, 2);
        }
        Process alone = begin();
        try {
            assertThat(predict(published(alone))).isEqualTo("churn/v2");
        } finally {
            alone.destroy();
            assertThat(alone.waitFor(1, TimeUnit.MINUTES)).isTrue();
        }
    }

    /** The port on which a process answers that nobody but the test waits for, for at most a minute. */
    private int published(Process process) throws IOException {
        ServeFolder folder = new ServeFolder(state);
        long deadline = System.nanoTime() + TimeUnit.MINUTES.toNanos(1);
        while (System.nanoTime() < deadline && process.isAlive()) {
            Optional<ServeFolder.Address> address = folder.address().filter(each -> each.pid() == process.pid());
            if (address.isPresent()) {
                return address.get().servingPort();
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
        }
        throw new AssertionError(Files.readString(state.resolve("serve/begun.log")));
    }

    private Process begin() throws IOException {
        Path folder = Files.createDirectories(state.resolve("serve"));
        return settings(0)
                .command()
                .inOwnSession()
                .builder(List.of("--state", state.toString(), "--port", "0", "--bind", "127.0.0.1"))
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("begun.log").toFile())
                .start();
    }

    @Test
    void saysThatAStrangerHasThePort() throws Exception {
        try (ServerSocket stranger = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThatThrownBy(() -> LocalEndpoints.start(settings(stranger.getLocalPort())))
                    .isInstanceOf(IOException.class)
                    .hasMessage(
                            "port " + stranger.getLocalPort() + " on 127.0.0.1 is taken by another program; end that"
                                    + " program, or choose another --serving-port");
        }
    }

    @Test
    void saysWhyTheDataPlaneDidNotStart() {
        LocalEndpoints.Settings wrong = new LocalEndpoints.Settings(
                state, "127.0.0.1", 0, ChildJvm.of("dev.plumbline.Nothing"), List.of(), Duration.ofSeconds(30));
        assertThatThrownBy(() -> LocalEndpoints.start(wrong))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("the data plane ended while it started (exit 1)")
                .hasMessageContaining("dev.plumbline.Nothing");
    }

    private LocalEndpoints.Settings settings(int port) {
        return new LocalEndpoints.Settings(
                state,
                "127.0.0.1",
                port,
                ChildJvm.of(TestServe.class).with("-XX:TieredStopAtLevel=1"),
                List.of(),
                Duration.ofSeconds(60));
    }

    private DeployOutcome deploy(LocalEndpoints endpoints, int version) throws Exception {
        return endpoints.deploy(
                Served.configuration("churn-api", version, Served.storeProbed(state, Models.classifier(version))));
    }

    private static String predict(int port) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + port + "/v1/models/churn-api:predict"))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString("{\"instances\":[" + Served.ROW + "]}"))
                .build();
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
            return answer.headers().firstValue("X-Plumbline-Version").orElse(answer.body());
        }
    }

    /** Waits, for at most a minute, until another process than the killed one answers. */
    private static void awaitAnswer(LocalEndpoints endpoints, long killed) throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.MINUTES.toNanos(1);
        while (System.nanoTime() < deadline) {
            try {
                if (endpoints.pid() != killed && endpoints.observe().containsKey("churn-api")) {
                    return;
                }
            } catch (Unreachable yet) {
                assertThat(yet).hasMessageContaining("data plane");
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
        }
        assertThat(endpoints.pid()).isNotEqualTo(killed);
    }
}
