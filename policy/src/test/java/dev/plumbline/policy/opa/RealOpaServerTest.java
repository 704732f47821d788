package dev.plumbline.policy.opa;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.policy.Decision;
import dev.plumbline.policy.Finding;
import dev.plumbline.policy.Fixture;
import dev.plumbline.policy.Gate;
import dev.plumbline.policy.PolicyBundle;
import dev.plumbline.policy.Reason;
import dev.plumbline.policy.opa.OpaServer.Settings;
import dev.plumbline.schemas.json.Json;
import dev.plumbline.schemas.model.Digest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.node.ObjectNode;

/** Our bundles, given to a real OPA server, and what it then answers. */
@Tag("neighbours")
@Timeout(120)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RealOpaServerTest {
    private static final String ACTIVATED = "Bundle loaded and activated successfully";
    private static final String FAILED = "Bundle load failed";
    private static final String TRUSTING = """
            services: {plumbline: {url: "@url@"}}
            bundles: {plumbline: {service: plumbline, resource: bundle.tar.gz}}
            """;

    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final KeyPair pair = BundleKeys.curve("secp256r1");

    @TempDir
    private Path folder;

    private RealOpa opa;

    @BeforeAll
    void find() throws IOException {
        opa = RealOpa.find(PolicySources.recorded().getOrDefault("opa", "?"));
    }

    @AfterAll
    void stop() {
        threads.close();
    }

    @Test
    void decidesAboutEveryFixtureAsTheEmbeddedEngineDoes() throws IOException {
        EmbeddedOpa embedded = EmbeddedOpa.shipped(threads);
        PolicyBundle bundle = SignedBundle.shipped(key(pair));
        try (OpaProcess process = start(bundle.bytes(), checking(pair, "ES256"), ACTIVATED);
                OpaServer server = OpaServer.shipped(settings(process), threads)) {
            assertThat(server.policy()).isEqualTo(embedded.policy());
            for (Fixture fixture : Fixture.all()) {
                assertThat(text(server.decide(fixture.gate(), List.of(fixture.input()))))
                        .as(fixture.name())
                        .isEqualTo(text(embedded.decide(fixture.gate(), List.of(fixture.input()))));
            }
            assertThat(server.decide(Gate.ADMISSION, List.of(Json.object().put("gate", "archival"))))
                    .isEqualTo(embedded.decide(
                            Gate.ADMISSION, List.of(Json.object().put("gate", "archival"))));
        }
    }

    @Test
    void takesABundleThatARsaKeySigned() throws IOException {
        KeyPair rsa = BundleKeys.rsa(2048);
        PolicyBundle bundle = SignedBundle.shipped(key(rsa));

        try (OpaProcess process = start(bundle.bytes(), checking(rsa, "RS256"), ACTIVATED);
                OpaServer server = OpaServer.shipped(settings(process), threads)) {
            Fixture fixture = Fixture.all().getFirst();
            assertThat(text(server.decide(fixture.gate(), List.of(fixture.input()))))
                    .contains(new String(Json.canonical(fixture.expected()), StandardCharsets.UTF_8));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "allow, ALLOWED",
        "none, UNDEFINED",
        "field missing, UNREADABLE",
        "bare, UNREADABLE",
        "conflict, ERROR",
        "endless, TIMEOUT"
    })
    void aPolicyThatMisbehavesIsToldApart(String mode, Reason reason) throws IOException {
        Map<String, byte[]> sources = Map.of(
                "plumbline/trial.rego", Files.readAllBytes(Path.of("src/test/resources/trials/behaviour/trial.rego")));
        PolicyBundle bundle = SignedBundle.of(FakeOpa.POLICY, sources, BundleKey.read(key(pair)));
        try (OpaProcess process = start(bundle.bytes(), checking(pair, "ES256"), ACTIVATED)) {
            assertThat(decide(process, FakeOpa.POLICY, Json.object().put("mode", mode))
                            .reason())
                    .isEqualTo(reason);
        }
    }

    @Test
    void anEarlierPolicyIsTheWrongRevision() throws IOException {
        PolicyBundle earlier = SignedBundle.of(FakeOpa.POLICY, ShippedPolicy.sources(), BundleKey.read(key(pair)));
        try (OpaProcess process = start(earlier.bytes(), checking(pair, "ES256"), ACTIVATED)) {
            assertDenied(decide(process), Reason.WRONG_REVISION);
        }
    }

    @Test
    void aServerThatWasGivenNothingHasNoRevision() throws IOException {
        try (OpaProcess process = start(new byte[0], checking(pair, "ES256"), FAILED)) {
            assertDenied(decide(process), Reason.NO_REVISION);
        }
    }

    @Test
    void aBundleWhoseSignatureWasStrippedIsToldFromOneThatIsNotThere() throws IOException {
        try (OpaProcess process = start(stripped(), checking(pair, "ES256"), FAILED)) {
            assertDenied(decide(process), Reason.UNSIGNED);
        }
    }

    @Test
    void aBundleThatAnotherKeySignedIsUnsigned() throws IOException {
        PolicyBundle foreign = SignedBundle.shipped(key(BundleKeys.curve("secp256r1")));
        try (OpaProcess process = start(foreign.bytes(), checking(pair, "ES256"), FAILED)) {
            assertDenied(decide(process), Reason.UNSIGNED);
        }
    }

    @Test
    void aBundleThatWasChangedAfterItWasSignedIsUnsigned() throws IOException {
        Map<String, byte[]> files = new HashMap<>(ShippedPolicy.sources());
        files.put(
                ".signatures.json",
                TarballReader.of(SignedBundle.shipped(key(pair)).bytes()).get(".signatures.json"));
        files.put(
                ".manifest",
                TarballReader.of(SignedBundle.shipped(key(pair)).bytes()).get(".manifest"));
        files.merge(
                "plumbline/admission.rego",
                "\n# changed\n".getBytes(StandardCharsets.UTF_8),
                (before, more) -> (new String(before, StandardCharsets.UTF_8)
                                + new String(more, StandardCharsets.UTF_8))
                        .getBytes(StandardCharsets.UTF_8));
        try (OpaProcess process = start(TarballReader.write(files), checking(pair, "ES256"), FAILED)) {
            assertDenied(decide(process), Reason.UNSIGNED);
        }
    }

    @Test
    void aServerThatTookABundleWithoutASignatureIsNotBelieved() throws IOException {
        try (OpaProcess process = start(stripped(), TRUSTING, ACTIVATED)) {
            assertDenied(decide(process), Reason.UNSIGNED);
        }
    }

    @Test
    void aServerThatEndedIsUnreachable() throws IOException {
        try (OpaProcess process = start(SignedBundle.shipped(key(pair)).bytes(), checking(pair, "ES256"), ACTIVATED)) {
            process.end();

            assertDenied(decide(process), Reason.UNREACHABLE);
        }
    }

    private byte[] stripped() throws IOException {
        Map<String, byte[]> files =
                TarballReader.of(SignedBundle.shipped(key(pair)).bytes());
        files.remove(".signatures.json");
        return TarballReader.write(files);
    }

    private OpaProcess start(byte[] bundle, String configuration, String sign) throws IOException {
        return OpaProcess.start(opa, folder, bundle, configuration, sign);
    }

    private Path key(KeyPair keys) {
        return BundleKeys.write(folder.resolve("key.pem"), keys);
    }

    private static String checking(KeyPair keys, String algorithm) {
        return """
                services: {plumbline: {url: "@url@"}}
                keys: {plumbline: {algorithm: %s, key: "%s"}}
                bundles: {plumbline: {service: plumbline, resource: bundle.tar.gz, signing: {keyid: plumbline}}}
                status: {console: true}
                """.formatted(
                algorithm,
                BundleKeys.pem("PUBLIC KEY", keys.getPublic()).replace("\r", "").replace("\n", "\\n"));
    }

    private static Settings settings(OpaProcess process) {
        return new Settings(process.url(), Optional.empty(), Optional.empty());
    }

    private Decision decide(OpaProcess process) throws IOException {
        Fixture fixture = Fixture.all().getFirst();
        return decide(process, ShippedPolicy.digest(), fixture.input());
    }

    private Decision decide(OpaProcess process, Digest policy, ObjectNode input) throws IOException {
        try (OpaServer server = new OpaServer(settings(process), policy, threads, Duration.ofSeconds(5))) {
            return server.decide(Gate.ADMISSION, List.of(input)).getFirst();
        }
    }

    private static void assertDenied(Decision decision, Reason reason) {
        assertThat(decision.reason()).isEqualTo(reason);
        assertThat(decision.findings()).extracting(Finding::severity).containsExactly(Finding.Severity.DENY);
    }

    private static String text(List<Decision> decisions) {
        return new String(Json.canonical(decisions), StandardCharsets.UTF_8);
    }
}
