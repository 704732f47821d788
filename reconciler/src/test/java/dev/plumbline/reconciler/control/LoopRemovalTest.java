package dev.plumbline.reconciler.control;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.reconciler.fixture.Specs;
import dev.plumbline.reconciler.plan.Action;
import dev.plumbline.schemas.model.Kind;
import dev.plumbline.schemas.model.ResourceId;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of an endpoint whose spec is taken away. */
final class LoopRemovalTest {
    private static final String CHURN = "churn-api";

    @TempDir
    Path folder;

    private LoopBed bed;

    @BeforeEach
    void prepare() throws Exception {
        bed = new LoopBed(folder).withSpecs();
        bed.repository.commit(
                "Take time", "serving/churn.yaml", Specs.SERVING_TEXT.replace("gracePeriod: 0s", "gracePeriod: 10m"));
        bed.start();
        bed.awaitLive("v1");
        bed.quiet();
    }

    @AfterEach
    void stop() {
        bed.close();
    }

    private void removeServing(String message) {
        bed.repository.commit(
                "main",
                message,
                Map.of("serving/churn.yaml", Optional.empty(), "monitoring/churn.yaml", Optional.empty()));
        bed.ring();
    }

    @Test
    void theLastEndpointStaysUntilACommitConfirmsIt() throws Exception {
        removeServing("Oops");
        bed.awaitReason(Specs.SERVING, "Serving");
        bed.until(() -> bed.stalled(Specs.SERVING).equals(Optional.of("MassRemoval")), "the removal is held back");
        bed.restart();
        bed.resync();
        bed.until(
                () -> bed.stalled(Specs.SERVING).equals(Optional.of("MassRemoval")), "it is held back after a restart");
        assertThat(bed.endpoints.version(CHURN)).contains("v1");
        assertThat(bed.operations().plan().actions()).isEmpty();
        assertThat(bed.promotions()).hasSize(1);

        bed.repository.commit(Specs.REMOVAL, "README.md", "no models");
        bed.ring();
        bed.awaitReason(Specs.SERVING, "Leaving");
    }

    @Test
    void anEndpointAnswersUntilItsGracePeriodIsOver() throws Exception {
        removeServing(Specs.REMOVAL);
        bed.awaitReason(Specs.SERVING, "Leaving");
        assertThat(bed.endpoints.version(CHURN)).contains("v1");
        assertThat(bed.operations().plan().actions())
                .singleElement()
                .isInstanceOfSatisfying(
                        Action.Remove.class,
                        remove -> assertThat(remove.reason()).contains("it answers until "));

        bed.clock.advance(Duration.ofMinutes(9));
        bed.restart();
        bed.resync();
        bed.awaitReason(Specs.SERVING, "Leaving");
        assertThat(bed.endpoints.version(CHURN)).contains("v1");

        bed.clock.advance(Duration.ofMinutes(2));
        bed.resync();
        bed.until(() -> bed.status(Specs.SERVING).isEmpty(), "the endpoint is gone");
        assertThat(bed.endpoints.endpoint(CHURN)).isEmpty();
        assertThat(bed.operations().ledger().inventory()).isEmpty();
    }

    @Test
    void aClockThatIsSetForwardEndsNoGracePeriodEarly() throws Exception {
        removeServing(Specs.REMOVAL);
        bed.awaitReason(Specs.SERVING, "Leaving");
        bed.clock.advance(Duration.ofMinutes(4));
        bed.clock.jump(Duration.ofHours(1));
        bed.looked();
        bed.clock.advance(Duration.ofMinutes(5));
        bed.looked();
        assertThat(bed.endpoints.version(CHURN)).contains("v1");
        assertThat(bed.reason(Specs.SERVING)).contains("Leaving");

        bed.clock.advance(Duration.ofMinutes(2));
        bed.looked();
        bed.until(() -> bed.status(Specs.SERVING).isEmpty(), "the endpoint is gone");
    }

    @Test
    void aSpecThatComesBackFindsTheEndpointAsItWas() throws Exception {
        removeServing(Specs.REMOVAL);
        bed.awaitReason(Specs.SERVING, "Leaving");

        bed.push("serving/churn.yaml", Specs.serving("v1"));
        bed.awaitReason(Specs.SERVING, "Serving");
        bed.clock.advance(Duration.ofHours(1));
        bed.resync();

        assertThat(bed.endpoints.version(CHURN)).contains("v1");
        assertThat(bed.operations().ledger().endpoint(CHURN).orElseThrow().removals())
                .isEmpty();
    }

    @Test
    void aRenamedServingIsOneDeletedAndOneCreated() throws Exception {
        ResourceId renamed = new ResourceId(Kind.SERVING, "churn-v2");
        bed.repository.commit(
                "main",
                "Rename",
                Map.of(
                        "monitoring/churn.yaml",
                        Optional.empty(),
                        "serving/churn.yaml",
                        Optional.of(Specs.serving("v1")
                                .replace("name: churn-api", "name: churn-v2")
                                .getBytes(java.nio.charset.StandardCharsets.UTF_8))));
        bed.ring();
        bed.awaitReason(renamed, "Serving");
        bed.awaitReason(Specs.SERVING, "Leaving");

        assertThat(bed.operations().plan().actions())
                .singleElement()
                .satisfies(action -> assertThat(action.name()).isEqualTo("remove"));
        assertThat(bed.endpoints.version("churn-v2")).contains("v1");
        assertThat(bed.endpoints.version(CHURN)).contains("v1");
    }
}
