package dev.plumbline.reconciler.cli.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** Who is told that nothing is there starts a second one. */
final class ApiClientTest {
    private static CommandException ask(URI server, Duration patience) {
        ApiClient client = new ApiClient(server, Optional.empty(), Optional.empty(), patience);
        return catchThrowableOfType(CommandException.class, () -> client.get("/api/v1/status"));
    }

    private static ServerSocket listen() throws IOException {
        return new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
    }

    private static URI address(ServerSocket socket) {
        return URI.create("http://127.0.0.1:" + socket.getLocalPort());
    }

    @Test
    void aServerThatDoesNotAnswerInTimeIsThereAndMayBeBusy() throws Exception {
        // The system takes the connection; nobody reads what comes.
        try (ServerSocket busy = listen()) {
            CommandException told = ask(address(busy), Duration.ofMillis(1100));

            assertThat(told.code()).isEqualTo(ExitCode.TIMEOUT);
            assertThat(told.text()).isEqualTo(address(busy) + "/ did not answer within 1 s");
            assertThat(told.hint())
                    .hasValueSatisfying(hint -> assertThat(hint)
                            .contains("may be busy")
                            .contains(address(busy) + "/health/live")
                            .doesNotContain("plumb up"));
        }
    }

    @Test
    void aServerThatBreaksOffIsThereToo() throws Exception {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
                ServerSocket ending = listen()) {
            // The client may try again by itself; it ends with the socket.
            Future<?> _ = threads.submit(() -> {
                for (int read = 0; read >= 0; ) {
                    try (Socket each = ending.accept()) {
                        read = each.getInputStream().read();
                    }
                }
                return null;
            });

            CommandException told = ask(address(ending), Duration.ofSeconds(30));

            assertThat(told.code()).isEqualTo(ExitCode.UNREACHABLE);
            assertThat(told.text()).isEqualTo("what runs at " + address(ending) + "/ broke off before it had answered");
            assertThat(told.hint()).hasValueSatisfying(hint -> assertThat(hint).doesNotContain("plumb up"));
        }
    }

    @Test
    void onlyWhereNothingListensSomethingIsToBeStarted() throws Exception {
        URI gone;
        try (ServerSocket before = listen()) {
            gone = address(before);
        }

        CommandException told = ask(gone, Duration.ofSeconds(30));

        assertThat(told.code()).isEqualTo(ExitCode.UNREACHABLE);
        assertThat(told.text()).isEqualTo("nothing answers at " + gone + "/");
        assertThat(told.hint()).hasValueSatisfying(hint -> assertThat(hint).contains("plumb up"));
    }
}
