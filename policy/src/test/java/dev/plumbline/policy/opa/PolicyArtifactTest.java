package dev.plumbline.policy.opa;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.schemas.model.Digest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class PolicyArtifactTest {
    @Test
    void theCommittedWasmWasMadeOfTheseSources() throws IOException {
        var recorded = PolicySources.recorded();

        assertThat(PolicySources.digest(recorded.getOrDefault("opa", "?")).value())
                .as("the Rego or its capabilities changed: run policy/build-policy")
                .isEqualTo(recorded.get("sources"));
    }

    @Test
    void theCommittedWasmIsTheRecordedOne() throws IOException {
        assertThat(Digest.of(Files.readAllBytes(PolicySources.WASM)).value())
                .isEqualTo(PolicySources.recorded().get("wasm"));
    }

    @Test
    void thePolicyIsCalledByTheDigestOfItsWasm() throws IOException {
        assertThat(OpaModule.shipped().digest()).isEqualTo(Digest.of(Files.readAllBytes(PolicySources.WASM)));
    }

    @Test
    void theRegoThatAServerIsGivenIsAllThatTheWasmWasMadeOf() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("src/main/rego"))) {
            assertThat(ShippedPolicy.sources().keySet())
                    .containsExactlyInAnyOrderElementsOf(files.filter(Files::isRegularFile)
                            .map(file ->
                                    Path.of("src/main/rego").relativize(file).toString())
                            .toList());
        }
    }
}
