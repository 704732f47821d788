package dev.plumbline.reconciler.control;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.reconciler.fixture.Specs;
import dev.plumbline.runtime.EndpointConfiguration;
import dev.plumbline.schemas.model.Kind;
import dev.plumbline.schemas.model.ResourceId;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From a Monitoring spec to the window that an endpoint is watched over. */
final class LoopWatchTest {
    private static final ResourceId MONITORING = new ResourceId(Kind.MONITORING, "churn-api");

    @TempDir
    Path folder;

    private LoopBed bed;

    @BeforeEach
    void start() throws Exception {
        bed = new LoopBed(folder).withSpecs().start();
        bed.awaitLive("v1");
        bed.quiet();
    }

    @AfterEach
    void stop() {
        bed.close();
    }

    @Test
    void changesTheWindowAndNothingOfWhatServes() {
        EndpointConfiguration before = endpoint();
        bed.push("monitoring/churn.yaml", Specs.MONITORING_TEXT.replace("1h", "90m"));
        bed.until(() -> endpoint().window().equals(Optional.of(Duration.ofMinutes(90))), "the window is 90m");
        bed.quiet();

        assertThat(endpoint().stable()).isEqualTo(before.stable());
        assertThat(bed.trainer.started()).hasSize(1);
        assertThat(bed.reason(MONITORING)).contains("Watching");
        assertThat(bed.message(MONITORING)).isEqualTo("watched over 90m");
    }

    @Test
    void triesAgainWhereTheDataPlaneWillNotHaveTheWindow() {
        bed.endpoints.fail("Unreachable", false);
        bed.push("monitoring/churn.yaml", Specs.MONITORING_TEXT.replace("1h", "2h"));
        bed.awaitReason(MONITORING, "Unreachable");
        assertThat(endpoint().window()).contains(Duration.ofHours(1));

        bed.endpoints.heal();
        bed.resync();
        assertThat(endpoint().window()).contains(Duration.ofHours(2));
        assertThat(bed.message(MONITORING)).isEqualTo("watched over 2h");
    }

    private EndpointConfiguration endpoint() {
        return bed.endpoints.endpoint("churn-api").orElseThrow();
    }
}
