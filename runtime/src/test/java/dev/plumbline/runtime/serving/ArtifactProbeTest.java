package dev.plumbline.runtime.serving;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.runtime.DeployOutcome;
import dev.plumbline.schemas.model.Digest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ArtifactProbeTest {
    @TempDir
    Path state;

    @Test
    void remembersWhatPassed() throws Exception {
        Path artifact = Files.write(state.resolve("model"), Models.regressor(1));
        Digest digest = Digest.of(Files.readAllBytes(artifact));
        ArtifactProbe probe = new ArtifactProbe(new ServeFolder(state), Duration.ofSeconds(60));

        assertThat(probe.probe(artifact, digest)).isEmpty();

        Files.writeString(artifact, "no longer a model");
        assertThat(probe.probe(artifact, digest)).isEmpty();
    }

    @Test
    void endsAProbeThatTakesTooLong() throws Exception {
        Path artifact = Files.write(state.resolve("model"), Models.regressor(1));
        ArtifactProbe hasty = new ArtifactProbe(new ServeFolder(state), Duration.ofMillis(1));

        assertThat(hasty.probe(artifact, Digest.of(new byte[0])))
                .hasValueSatisfying(failed -> {
                    assertThat(failed.reason()).isEqualTo("ProbeFailed");
                    assertThat(failed.message()).contains("did not load and answer within");
                    assertThat(failed.permanent()).isFalse();
                })
                .get()
                .isInstanceOf(DeployOutcome.Failed.class);
    }
}
