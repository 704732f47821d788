package dev.plumbline.runtime.serving;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.runtime.EndpointConfiguration;
import dev.plumbline.runtime.serving.http.HttpLimits;
import dev.plumbline.schemas.model.Digest;
import dev.plumbline.schemas.model.ServingSpec;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OverloadTest {
    private static final String PREDICT = "/v1/models/churn-api:predict";
    private static final String MANY_ROWS = "{\"instances\":[" + (Served.ROW + ",").repeat(999) + Served.ROW + "]}";

    @TempDir
    Path state;

    @Test
    void refusesWhatExceedsTheQueueAndServesTheRest() throws Exception {
        try (Served served = new Served(state);
                ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
            deploySlow(served, new ServingSpec.Limits(1, Duration.ofSeconds(30), 1000));
            List<Future<HttpResponse<String>>> answers = new ArrayList<>();
            for (int client = 0; client < 24; client++) {
                answers.add(clients.submit(() -> served.post(PREDICT, MANY_ROWS)));
            }

            List<Integer> statuses = new ArrayList<>();
            for (Future<HttpResponse<String>> answer : answers) {
                statuses.add(answer.get().statusCode());
                if (answer.get().statusCode() == 429) {
                    assertThat(answer.get().headers().firstValue("Retry-After")).hasValue("1");
                    assertThat(answer.get().body()).contains("has 1 requests waiting, as many as it may");
                }
            }

            assertThat(statuses).contains(200, 429).containsOnly(200, 429);
            assertThat(served.post(PREDICT, MANY_ROWS).statusCode()).isEqualTo(200);
        }
    }

    @Test
    void answersThatItIsTooLateAtTheDeadline() throws Exception {
        try (Served served = new Served(state)) {
            deploySlow(served, new ServingSpec.Limits(10, Duration.ofMillis(1), 1000));

            HttpResponse<String> late = served.post(PREDICT, MANY_ROWS);

            assertThat(late.statusCode()).isEqualTo(503);
            assertThat(late.headers().firstValue("Retry-After")).hasValue("1");
            assertThat(late.body()).contains("churn-api could not answer in time");
            assertThat(served.get("/health/live").statusCode()).isEqualTo(200);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "POST /v1/mod",
                "POST /v1/models/churn-api:predict HTTP/1.1\r\nHost: x\r\nX-Slow: ",
                "POST /v1/models/churn-api:predict HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
                        + "Content-Length: 100\r\n\r\n{\"inst",
                "GET /health/live HTTP/1.1\r\nHost: x\r\n\r\n"
            })
    void closesConnectionsThatOnlyHoldOn(String begun) throws Exception {
        Duration moment = Duration.ofMillis(100);
        try (Served served = new Served(state, new HttpLimits(1 << 20, 1 << 26, moment, moment, moment))) {
            served.deploy("churn-api", 1, Models.classifier(1));
            try (Socket socket = open(served)) {
                socket.getOutputStream().write(begun.getBytes(StandardCharsets.US_ASCII));
                assertThat(readToEnd(socket)).doesNotContain("predictions");
            }
        }
    }

    @Test
    void endsTheConnectionOfARequestWithTwoLengths() throws Exception {
        try (Served served = new Served(state);
                Socket socket = open(served)) {
            served.deploy("churn-api", 1, Models.classifier(1));
            socket.getOutputStream().write("""
                    POST /v1/models/churn-api:predict HTTP/1.1\r
                    Host: x\r
                    Content-Type: application/json\r
                    Content-Length: 4\r
                    Transfer-Encoding: chunked\r
                    \r
                    0\r
                    \r
                    GET /health/live HTTP/1.1\r
                    Host: x\r
                    \r
                    """.getBytes(StandardCharsets.US_ASCII));

            assertThat(readToEnd(socket)).startsWith("HTTP/1.1 400").doesNotContain("live");
        }
    }

    private void deploySlow(Served served, ServingSpec.Limits limits) throws Exception {
        Digest digest = Served.storeProbed(state, Models.slow());
        EndpointConfiguration base = Served.configuration("churn-api", 1, digest);
        served.plane().deploy(new EndpointConfiguration("churn-api", base.stable(), "", limits, Optional.empty()));
    }

    private static Socket open(Served served) throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), served.port());
        socket.setSoTimeout(5_000);
        return socket;
    }

    /** Fails with a timeout when the server does not close. */
    private static String readToEnd(Socket socket) throws IOException {
        try (InputStream in = socket.getInputStream()) {
            return new String(in.readAllBytes(), StandardCharsets.US_ASCII);
        }
    }
}
