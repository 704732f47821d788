package dev.plumbline.runtime.serving;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.schemas.json.Json;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class SharedRunsTest {
    private static final int CLIENTS = 32;
    private static final int ROUNDS = 20;

    @TempDir
    Path state;

    /** Requests that arrive together share a run; some are refused, some answer NaN, and none sees another's rows. */
    @Test
    void givesEachRequestTheAnswerToItsOwnRows() throws Exception {
        try (Served served = new Served(state);
                ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
            served.deploy("churn-api", 1, Models.overflowing());
            served.deploy("other-api", 2, Models.classifier(2));
            List<Future<?>> done = new ArrayList<>();
            for (int client = 0; client < CLIENTS; client++) {
                int kind = client;
                done.add(clients.submit(() -> {
                    for (int round = 0; round < ROUNDS; round++) {
                        ask(served, kind, 1 + (kind + round) % 3);
                    }
                    return kind;
                }));
            }
            for (Future<?> each : done) {
                each.get();
            }
        }
    }

    private static void ask(Served served, int kind, int rows) throws Exception {
        String endpoint = kind % 2 == 0 ? "churn-api" : "other-api";
        String tenure = switch (kind % 8) {
            case 0 -> "1e6";
            case 1, 2 -> "'x'";
            case 4 -> "-50";
            default -> "50";
        };
        String row = "[" + tenure.replace('\'', '"') + ",1,\"year\",null]";
        String body = "{\"instances\":[" + (row + ",").repeat(rows - 1) + row + "]}";
        HttpResponse<String> answer = served.post("/v1/models/" + endpoint + ":predict", body);
        switch (kind % 8) {
            case 0 -> assertThat(answer.statusCode()).isEqualTo(500);
            case 1, 2 -> assertThat(answer.body()).contains("row 0: column 'tenure' takes a number");
            default -> {
                assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
                JsonNode predictions = Json.read(answer.body().getBytes(StandardCharsets.UTF_8))
                        .path("predictions");
                assertThat(predictions).hasSize(rows);
                String label = kind % 8 == 4 ? "no" : "yes";
                predictions.forEach(
                        each -> assertThat(each.path("label").asString("")).isEqualTo(label));
            }
        }
    }
}
