package dev.plumbline.policy.opa;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.policy.Fixture;
import dev.plumbline.schemas.json.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** The embedded engine, the committed Wasm and the Rego itself, held against a real OPA. */
@Tag("neighbours")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RealOpaTest {
    private static final String RULES = "src/main/rego";
    private static final String TESTS = "src/test/rego";

    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final EmbeddedOpa embedded = EmbeddedOpa.shipped(threads);

    @TempDir
    private Path work;

    private RealOpa opa;
    private String version;

    @BeforeAll
    void find() throws IOException {
        version = PolicySources.recorded().getOrDefault("opa", "?");
        opa = RealOpa.find(version);
        assertThat(opa.run("version").output()).contains("Version: " + version);
    }

    @AfterAll
    void stop() {
        threads.close();
    }

    @Test
    void makesTheCommittedBytesAgain() throws IOException {
        Path copy = work.resolve("module");
        copyTree(Path.of("src"), copy.resolve("src"));
        Files.copy(Path.of("capabilities.json"), copy.resolve("capabilities.json"));
        Path script = Files.copy(Path.of("build-policy"), copy.resolve("build-policy"));
        ProcessBuilder build = new ProcessBuilder("bash", script.toString());
        build.environment().put("PLUMBLINE_OPA", opa.command().toString());

        RealOpa.Result result = RealOpa.run(build);

        assertThat(result.exit()).as(result.errors()).isZero();
        for (String file : List.of(
                "src/main/resources/dev/plumbline/policy/policy.wasm",
                "src/main/resources/dev/plumbline/policy/policy.digest",
                "src/test/resources/trials/behaviour/policy.wasm",
                "src/test/resources/trials/foreign/policy.wasm")) {
            assertThat(copy.resolve(file)).hasSameBinaryContentAs(Path.of(file));
        }
    }

    @TestFactory
    Stream<DynamicTest> decidesAsTheEmbeddedEngineDoes() {
        return Fixture.all().stream().map(fixture -> DynamicTest.dynamicTest(fixture.name(), () -> compare(fixture)));
    }

    private void compare(Fixture fixture) throws IOException {
        Path input = Files.write(work.resolve("input.json"), Json.canonical(fixture.input()));

        RealOpa.Result result = opa.run(
                "eval",
                "--format",
                "json",
                "--strict-builtin-errors",
                "--data",
                RULES,
                "--input",
                input.toString(),
                "data.plumbline.decision");

        assertThat(result.exit()).as(result.output()).isZero();
        JsonNode answer = Json.read(result.output().getBytes(StandardCharsets.UTF_8));
        JsonNode value = answer.at("/result/0/expressions/0/value");
        JsonNode resultSet = value.isMissingNode()
                ? Json.array()
                : Json.array().add(Json.object().set("result", value));
        assertThat(text(embedded.decide(fixture.gate(), List.of(fixture.input()))
                        .getFirst()))
                .isEqualTo(text(OpaAnswer.read(fixture.gate(), resultSet)));
    }

    @Test
    void passesTheTestsOfTheRulesWithEveryLineCovered() {
        assertPasses("test", RULES, TESTS, "--coverage", "--threshold", "100", "--fail-on-empty");
    }

    @Test
    void findsNothingToComplainAbout() {
        assertPasses("check", "--strict", "--capabilities", "capabilities.json", RULES, TESTS);
    }

    @Test
    void wouldFormatNothing() {
        assertPasses("fmt", "--list", "--fail", RULES, TESTS);
    }

    @Test
    void describesEveryRule() {
        RealOpa.Result result = opa.run("inspect", "--annotations", "--format", "json", RULES);

        assertThat(result.exit()).as(result.errors()).isZero();
        JsonNode inspected = Json.read(result.output().getBytes(StandardCharsets.UTF_8));
        List<String> ids = inspected
                .path("annotations")
                .valueStream()
                .map(annotation -> annotation.at("/annotations/custom/id"))
                .filter(JsonNode::isString)
                .map(JsonNode::stringValue)
                .toList();
        assertThat(ids).doesNotHaveDuplicates().contains("owner-present", "minimum-reached", "not-worse");
    }

    private void assertPasses(String... arguments) {
        RealOpa.Result result = opa.run(arguments);

        assertThat(result.exit()).as(result.errors() + result.output()).isZero();
    }

    private static String text(Object value) {
        return new String(Json.canonical(value), StandardCharsets.UTF_8);
    }

    private static void copyTree(Path from, Path to) throws IOException {
        try (Stream<Path> paths = Files.walk(from)) {
            for (Path path : paths.toList()) {
                Path target = to.resolve(from.relativize(path).toString());
                if (Files.isDirectory(path)) {
                    Files.createDirectories(target);
                } else {
                    Files.copy(path, target);
                }
            }
        }
    }
}
