package dev.plumbline.runtime.serving;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.runtime.DeployOutcome;
import dev.plumbline.schemas.model.Digest;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A data plane that starts over files that are damaged: what cannot be verified never serves, and the rest does. */
final class DamagedStateTest {
    private static final String PREDICT = "/v1/models/churn-api:predict";
    private static final String BODY = "{\"instances\":[" + Served.ROW + "]}";

    @TempDir
    Path state;

    private Path table() {
        return state.resolve("serve/table.json");
    }

    private Path previous() {
        return state.resolve("serve/table.previous.json");
    }

    private void serveTwoVersions() throws Exception {
        try (Served served = new Served(state)) {
            served.deploy("churn-api", 1, Models.classifier(1));
            served.deploy("churn-api", 2, Models.classifier(2));
        }
    }

    private static String version(HttpResponse<String> answer) {
        return answer.headers().firstValue("X-Plumbline-Version").orElse(answer.statusCode() + " " + answer.body());
    }

    @ParameterizedTest
    @EnumSource
    void aDamagedTableGivesWayToTheOneBeforeAndIsWrittenAnew(Damage damage) throws Exception {
        serveTwoVersions();
        damage.doTo(table());
        try (Served served = new Served(state)) {
            assertThat(version(served.post(PREDICT, BODY))).isEqualTo("churn/v1");
            assertThat(served.get("/health/ready").statusCode()).isEqualTo(200);
            assertThat(served.get("/health/ready").body()).contains("endpoints are as in the one before it");
            assertThat(served.get("/metrics").body()).contains("plumbline_serving_table_damaged{used=\"former\"} 1.0");

            assertThat(served.deploy("churn-api", 2, Models.classifier(2))).isEqualTo(new DeployOutcome.Done());
            assertThat(served.get("/health/ready").body()).isEqualTo("{\"ready\":true}");
            assertThat(served.get("/metrics").body()).contains("plumbline_serving_table_damaged{used=\"former\"} 0.0");
        }
        try (Served served = new Served(state)) {
            assertThat(version(served.post(PREDICT, BODY))).isEqualTo("churn/v2");
        }
    }

    @ParameterizedTest
    @EnumSource
    void withoutAWholeTableNothingServesBeforeItIsDeployedAgain(Damage damage) throws Exception {
        serveTwoVersions();
        damage.doTo(table());
        damage.doTo(previous());
        try (Served served = new Served(state)) {
            assertThat(served.post(PREDICT, BODY).statusCode()).isEqualTo(404);
            assertThat(served.plane().observe()).isEmpty();
            assertThat(served.get("/health/ready").statusCode()).isEqualTo(503);
            assertThat(served.get("/health/ready").body()).contains("no endpoint is known before");
            assertThat(served.deploy("churn-api", 2, Models.classifier(2))).isEqualTo(new DeployOutcome.Done());
            assertThat(version(served.post(PREDICT, BODY))).isEqualTo("churn/v2");
        }
    }

    @ParameterizedTest
    @EnumSource
    void aDamagedArtifactIsNotLoadedIsNamedAndIsTakenAgainOnceItIsWhole(Damage damage) throws Exception {
        byte[] artifact = Models.classifier(1);
        try (Served served = new Served(state)) {
            served.deploy("churn-api", 1, artifact);
            served.deploy("other-api", 2, Models.classifier(2));
        }
        damage.doTo(place(Digest.of(artifact)));
        try (Served served = new Served(state)) {
            HttpResponse<String> refused = served.post(PREDICT, BODY);
            assertThat(refused.statusCode()).isEqualTo(503);
            assertThat(refused.body()).contains(Digest.of(artifact).shortened()).contains("its bytes are damaged");
            assertThat(version(served.post("/v1/models/other-api:predict", BODY)))
                    .isEqualTo("churn/v2");
            assertThat(aside(Digest.of(artifact))).hasSize(1);

            assertThat(served.deploy("churn-api", 1, artifact)).isEqualTo(new DeployOutcome.Done());
            assertThat(version(served.post(PREDICT, BODY))).isEqualTo("churn/v1");
        }
    }

    @ParameterizedTest
    @EnumSource
    void aDamagedAddressOrTokenOfAFormerProcessStopsNothing(Damage damage) throws Exception {
        Path address = state.resolve("serve/admin.json");
        byte[] left;
        try (Served served = new Served(state)) {
            served.deploy("churn-api", 1, Models.classifier(1));
            left = Files.readAllBytes(address);
        }
        Files.write(address, damage.of(left));
        damage.doTo(state.resolve("serve/token"));
        try (Served served = new Served(state)) {
            assertThat(version(served.post(PREDICT, BODY))).isEqualTo("churn/v1");
            assertThat(served.observe("churn-api").configuration().stable()).isPresent();
        }
    }

    private Path place(Digest digest) {
        return state.resolve("artifacts/sha256")
                .resolve(digest.hex().substring(0, 2))
                .resolve(digest.hex().substring(2));
    }

    private List<Path> aside(Digest digest) throws IOException {
        try (Stream<Path> files = Files.list(
                state.resolve("artifacts/sha256").resolve(digest.hex().substring(0, 2)))) {
            return files.filter(file -> file.toString().contains(".damaged-holds-"))
                    .toList();
        }
    }

    @Test
    void aTableThatTheDiskDoesNotTakeMovesNothingUntilItDoes() throws Exception {
        try (Served served = new Served(state)) {
            served.deploy("churn-api", 1, Models.classifier(1));
            // A folder with something in it stands where the new table is written, for any user.
            Path inTheWay = Files.createDirectories(state.resolve("serve/table.json.new/in-the-way"));

            assertThat(served.deploy("churn-api", 2, Models.classifier(2)))
                    .isInstanceOfSatisfying(DeployOutcome.Failed.class, failed -> {
                        assertThat(failed.reason()).isEqualTo("LoadFailed");
                        assertThat(failed.message()).contains("is the disk full?");
                        assertThat(failed.permanent()).isFalse();
                    });
            assertThat(version(served.post(PREDICT, BODY))).isEqualTo("churn/v1");

            Files.delete(inTheWay);
            assertThat(served.deploy("churn-api", 2, Models.classifier(2))).isEqualTo(new DeployOutcome.Done());
            assertThat(version(served.post(PREDICT, BODY))).isEqualTo("churn/v2");
        }
    }

    @Test
    void aTableOfALaterFormIsNoTableOfOurs() throws Exception {
        serveTwoVersions();
        Files.writeString(table(), Files.readString(table()).replace("\"format\":1", "\"format\":2"));
        try (Served served = new Served(state)) {
            assertThat(version(served.post(PREDICT, BODY))).isEqualTo("churn/v1");
        }
    }
}
