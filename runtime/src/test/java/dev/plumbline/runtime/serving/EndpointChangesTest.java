package dev.plumbline.runtime.serving;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import dev.plumbline.runtime.DeployOutcome;
import dev.plumbline.runtime.EndpointConfiguration;
import dev.plumbline.runtime.EndpointObservation;
import dev.plumbline.schemas.json.Json;
import dev.plumbline.schemas.model.Digest;
import dev.plumbline.schemas.model.ServingSpec;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EndpointChangesTest {
    private static final String PREDICT = "/v1/models/churn-api:predict";
    private static final String BODY = "{\"instances\":[" + Served.ROW + "]}";

    @TempDir
    Path state;

    @Test
    void swapsVersionsUnderLoadWithoutLosingOrMisroutingARequest() throws Exception {
        try (Served served = new Served(state);
                ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
            served.deploy("churn-api", 1, Models.classifier(1));
            AtomicBoolean over = new AtomicBoolean();
            AtomicInteger lastSeen = new AtomicInteger();
            List<Future<Integer>> answers = new ArrayList<>();
            for (int client = 0; client < 4; client++) {
                answers.add(clients.submit(() -> {
                    int count = 0;
                    while (!over.get()) {
                        lastSeen.accumulateAndGet(checkedVersion(served.post(PREDICT, BODY)), Math::max);
                        count++;
                    }
                    return count;
                }));
            }

            for (int version = 2; version <= 5; version++) {
                assertThat(served.deploy("churn-api", version, Models.classifier(version)))
                        .isEqualTo(new DeployOutcome.Done());
                assertThat(checkedVersion(served.post(PREDICT, BODY))).isEqualTo(version);
            }

            over.set(true);
            for (Future<Integer> each : answers) {
                assertThat(each.get()).isPositive();
            }
            assertThat(lastSeen).hasValue(5);
        }
    }

    /** The version that an answer names, once its numbers are those of that version. */
    private static int checkedVersion(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        String version = answer.headers().firstValue("X-Plumbline-Version").orElseThrow();
        int number = Integer.parseInt(version.substring("churn/v".length()));
        double yes = Json.read(answer.body().getBytes(StandardCharsets.UTF_8))
                .at("/predictions/0/probabilities/yes")
                .asDouble();
        assertThat(yes).isBetween(sigmoid(number + 0.002), sigmoid(number + 0.004));
        return number;
    }

    private static double sigmoid(double score) {
        return 1 / (1 + Math.exp(-score));
    }

    @Test
    void keepsTheOldVersionWhenTheNewOneFailsItsProbe() throws Exception {
        try (Served served = new Served(state)) {
            served.deployUnprobed("churn-api", 1, Models.classifier(1));

            assertThat(served.deployUnprobed("churn-api", 2, "not a model".getBytes(StandardCharsets.UTF_8)))
                    .asInstanceOf(type(DeployOutcome.Failed.class))
                    .satisfies(failed -> {
                        assertThat(failed.reason()).isEqualTo("ProbeFailed");
                        assertThat(failed.message()).contains("was refused").doesNotContain(state.toString());
                        assertThat(failed.permanent()).isTrue();
                    });
            assertThat(served.deployUnprobed("churn-api", 3, Models.classifier(Float.NaN)))
                    .asInstanceOf(type(DeployOutcome.Failed.class))
                    .satisfies(failed -> assertThat(failed.message()).contains("NaN"));

            assertThat(checkedVersion(served.post(PREDICT, BODY))).isEqualTo(1);
            assertThat(served.observe("churn-api")
                            .configuration()
                            .stable()
                            .orElseThrow()
                            .version()
                            .number())
                    .isEqualTo(1);
        }
    }

    @Test
    void saysThatAnArtifactIsMissing() throws Exception {
        try (Served served = new Served(state)) {
            Digest absent = Digest.of(new byte[] {1});

            assertThat(served.plane().deploy(Served.configuration("churn-api", 1, absent)))
                    .asInstanceOf(type(DeployOutcome.Failed.class))
                    .satisfies(failed -> assertThat(failed.reason()).isEqualTo("ArtifactMissing"));
            assertThat(served.plane().observe()).isEmpty();
        }
    }

    @Test
    void restoresWhatServedFromDiskAlone() throws Exception {
        try (Served served = new Served(state)) {
            served.deploy("churn-api", 3, Models.classifier(3));
            served.plane().deploy(Served.nothing("empty-api", "none was promoted"));
        }
        try (Served again = new Served(state)) {
            assertThat(checkedVersion(again.post(PREDICT, BODY))).isEqualTo(3);
            assertThat(again.get("/v2/models/empty-api").body()).contains("none was promoted");
            assertThat(again.plane().remove("churn-api")).isEqualTo(new DeployOutcome.Done());
            assertThat(again.post(PREDICT, BODY).statusCode()).isEqualTo(404);
        }
        try (Served last = new Served(state)) {
            assertThat(last.plane().observe()).containsOnlyKeys("empty-api");
        }
    }

    @Test
    void usesTheTableBeforeADamagedOne() throws Exception {
        try (Served served = new Served(state)) {
            served.deploy("churn-api", 1, Models.classifier(1));
            served.deploy("churn-api", 2, Models.classifier(2));
        }
        Path table = state.resolve("serve/table.json");
        Files.writeString(table, Files.readString(table).replace("churn/v2", "churn/v9"));

        try (Served again = new Served(state)) {
            assertThat(checkedVersion(again.post(PREDICT, BODY))).isEqualTo(1);
        }
    }

    @Test
    void servesTheOthersWhenOneArtifactIsLost() throws Exception {
        Digest lost = Served.store(state, Models.classifier(1));
        try (Served served = new Served(state)) {
            served.deploy("churn-api", 1, Models.classifier(1));
            served.deploy("other-api", 2, Models.classifier(2));
        }
        Files.delete(state.resolve("artifacts/sha256")
                .resolve(lost.hex().substring(0, 2))
                .resolve(lost.hex().substring(2)));

        try (Served again = new Served(state)) {
            HttpResponse<String> answer = again.post(PREDICT, BODY);
            assertThat(answer.statusCode()).isEqualTo(503);
            assertThat(answer.headers().firstValue("Retry-After")).isPresent();
            assertThat(answer.body()).contains("is not in the artifact store");
            assertThat(again.get("/v2/health/ready").statusCode()).isEqualTo(503);
            assertThat(checkedVersion(again.post("/v1/models/other-api:predict", BODY)))
                    .isEqualTo(2);
            EndpointObservation observed = again.observe("churn-api");
            assertThat(observed.configuration().stable()).isEmpty();

            assertThat(again.deploy("churn-api", 1, Models.classifier(1))).isEqualTo(new DeployOutcome.Done());
            assertThat(checkedVersion(again.post(PREDICT, BODY))).isEqualTo(1);
        }
    }

    @Test
    void observesTheWindowOfAnEndpoint() throws Exception {
        try (Served served = new Served(state)) {
            served.deploy("churn-api", 1, Models.classifier(1));
            served.post(PREDICT, "{\"instances\":[" + Served.ROW + "," + Served.ROW + "]}");
            served.post(PREDICT, "{}");

            EndpointObservation.Window window =
                    served.observe("churn-api").window().orElseThrow();

            assertThat(window.requests()).isEqualTo(2);
            assertThat(window.rows()).isEqualTo(2);
            assertThat(window.errors()).isZero();
            assertThat(window.predictions()).containsEntry("yes", 2L);
            assertThat(window.latencyP99Seconds()).isPositive();
        }
    }

    @Test
    void keepsVersionAndWindowWhenOnlyLimitsChange() throws Exception {
        try (Served served = new Served(state)) {
            Digest digest = Served.storeProbed(state, Models.classifier(1));
            EndpointConfiguration first = Served.configuration("churn-api", 1, digest);
            served.plane().deploy(first);
            served.post(PREDICT, BODY);

            served.plane()
                    .deploy(new EndpointConfiguration(
                            "churn-api",
                            first.stable(),
                            "",
                            new ServingSpec.Limits(5, Duration.ofSeconds(1), 1),
                            first.window()));

            assertThat(served.post(PREDICT, "{\"instances\":[" + Served.ROW + "," + Served.ROW + "]}")
                            .statusCode())
                    .isEqualTo(413);
            assertThat(served.observe("churn-api").window().orElseThrow().requests())
                    .isEqualTo(2);
        }
    }

    @Test
    void letsOneProcessUseAStateFolder() throws Exception {
        try (Served served = new Served(state)) {
            assertThat(served.port()).isPositive();
            assertThatThrownBy(() -> new Served(state))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("another serving process uses this state folder");
        }
    }

    @Test
    void keepsItsTokenFromOthers() throws Exception {
        try (Served served = new Served(state)) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(state.resolve("serve/token"))))
                    .isEqualTo("rw-------");
            DataPlane stranger =
                    new DataPlane(served.plane().client(), served.plane().address(), "0".repeat(64));
            assertThatThrownBy(stranger::observe).hasMessageContaining("lacks the token");
            assertThat(stranger.answers()).isFalse();
        }
    }
}
