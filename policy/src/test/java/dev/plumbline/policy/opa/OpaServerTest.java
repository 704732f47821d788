package dev.plumbline.policy.opa;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import dev.plumbline.policy.Decision;
import dev.plumbline.policy.Finding;
import dev.plumbline.policy.Gate;
import dev.plumbline.policy.Reason;
import dev.plumbline.policy.opa.OpaServer.Settings;
import dev.plumbline.schemas.json.Json;
import dev.plumbline.schemas.model.Digest;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.ObjectNode;

/** A server that fails in every way that a server can: whatever it does, the answer denies and says how. */
class OpaServerTest {
    private static final Duration PATIENT = Duration.ofMinutes(1);
    private static final Duration HASTY = Duration.ofMillis(300);

    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private FakeOpa server;

    @TempDir
    private Path folder;

    @BeforeEach
    void start() throws IOException {
        server = new FakeOpa(HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0), "http");
    }

    @AfterEach
    void stop() {
        server.close();
        threads.close();
    }

    @Test
    void whatTheRulesAllowIsAllowed() throws IOException {
        Decision decision = decide();

        assertThat(decision.reason()).isEqualTo(Reason.ALLOWED);
        assertThat(server.inputs).containsExactly(input(0));
        assertThat(server.asked)
                .extracting(Object::toString)
                .containsExactly("/v1/data/plumbline/decision?provenance=true&strict-builtin-errors=true");
        assertThat(server.authorizations).containsExactly("null");
    }

    @Test
    void nothingIsAskedAboutNothing() throws IOException {
        try (OpaServer engine = engine(PATIENT)) {
            assertThat(engine.decide(Gate.ADMISSION, List.of())).isEmpty();
        }
        assertThat(server.asked).isEmpty();
    }

    @Test
    void manyQuestionsGetTheirOwnAnswersInTheirOrder() throws IOException {
        server.decision = ofNumber(number -> number % 3 == 0
                ? FakeOpa.answering(answer -> answer)
                : FakeOpa.answering(answer -> answer.without("result")));
        List<ObjectNode> inputs =
                IntStream.range(0, 50).mapToObj(OpaServerTest::input).toList();

        try (OpaServer engine = engine(PATIENT)) {
            assertThat(engine.decide(Gate.ADMISSION, inputs))
                    .extracting(Decision::reason)
                    .containsExactlyElementsOf(IntStream.range(0, 50)
                            .mapToObj(number -> number % 3 == 0 ? Reason.ALLOWED : Reason.UNDEFINED)
                            .toList());
        }
    }

    @Test
    void noResultIsUndefined() throws IOException {
        server.decision = FakeOpa.answering(answer -> answer.without("result"));

        assertDenied(decide(), Reason.UNDEFINED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "null", "[]"})
    void aResultWithNothingInItIsEmpty(String result) throws IOException {
        server.decision = answering("result", result);

        assertDenied(decide(), Reason.EMPTY);
    }

    @Test
    void anEvaluationThatFailedIsAnError() throws IOException {
        server.decision = FakeOpa.answering(500, """
                {"code":"internal_error","message":"error(s) occurred while evaluating query",
                "errors":[{"code":"eval_conflict_error","message":"input said so"}]}""");

        Decision decision = decide();

        assertDenied(decision, Reason.ERROR);
        assertThat(decision.findings().getFirst().message()).doesNotContain("input said so");
    }

    @Test
    void aServerThatSaysNothingIsATimeout() throws IOException {
        server.decision = server.silence();

        assertDenied(decide(HASTY), Reason.TIMEOUT);
    }

    @Test
    void anAnswerThatNeverEndsIsATimeout() throws IOException {
        server.decision = server.stoppingShort();

        assertDenied(decide(HASTY), Reason.TIMEOUT);
    }

    @ParameterizedTest
    @ValueSource(ints = {201, 204, 302, 400, 401, 404, 500, 503})
    void anotherStatusThan200IsRefused(int status) throws IOException {
        server.decision = FakeOpa.answering(status, status == 204 ? "" : Json.line(FakeOpa.allowed()));

        assertDenied(decide(), Reason.REFUSED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "true", "[]", "<html>", "{\"a\":1,\"a\":2}", "{} {}"})
    void anAnswerThatIsNoJsonObjectIsUnparsable(String body) throws IOException {
        server.decision = FakeOpa.answering(200, body);

        assertDenied(decide(), Reason.UNPARSABLE);
    }

    @Test
    void anAnswerThatIsTooLongIsNotRead() throws IOException {
        server.decision = FakeOpa.answering(answer -> answer.put("padding", "p".repeat(9 << 20)));

        assertDenied(decide(), Reason.UNREACHABLE);
    }

    @Test
    void aDecisionWithAnUnexpectedKeyIsDenied() throws IOException {
        server.decision = answering("result", """
                {"gate":"admission","allow":true,"findings":[],"override":true}""");

        assertDenied(decide(), Reason.UNEXPECTED_KEY);
    }

    @Test
    void aDecisionOfAnotherShapeIsUnreadable() throws IOException {
        server.decision = answering("result", "{\"gate\":\"admission\",\"allow\":\"yes\",\"findings\":[]}");

        assertDenied(decide(), Reason.UNREADABLE);
    }

    @Test
    void anotherPolicyIsTheWrongRevision() throws IOException {
        server.decision = revision("\"" + Digest.of(new byte[] {2}) + "\"");

        assertDenied(decide(), Reason.WRONG_REVISION);
    }

    @Test
    void aServerThatWentBackToAnEarlierPolicyIsDeniedFromThenOn() throws IOException {
        try (OpaServer engine = engine(PATIENT)) {
            Decision before = engine.decide(Gate.ADMISSION, List.of(input(0))).getFirst();
            server.decision = revision("\"" + Digest.of(new byte[] {0}) + "\"");

            Decision after = engine.decide(Gate.ADMISSION, List.of(input(0))).getFirst();

            assertThat(before.reason()).isEqualTo(Reason.ALLOWED);
            assertDenied(after, Reason.WRONG_REVISION);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "1", "{}"})
    void aServerWithoutOurBundleHasNoRevision(String revision) throws IOException {
        server.decision = revision(revision);

        assertDenied(decide(), Reason.NO_REVISION);
    }

    @Test
    void anAnswerThatDoesNotSayWhoGaveItHasNoRevision() throws IOException {
        server.decision = FakeOpa.answering(answer -> answer.without("provenance"));

        assertDenied(decide(), Reason.NO_REVISION);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "bundle missing .signatures.json file",
                "verification key corresponding to key ID \\\"x\\\" not found",
            })
    void aServerThatRefusedABundleForItsSignatureIsUnsigned(String message) throws IOException {
        server.decision = FakeOpa.answering(answer -> answer.without("provenance"));
        server.status = """
                {"result":{"bundles":{"plumbline":{"code":"bundle_error","message":"%s"}}}}""".formatted(message);

        assertDenied(decide(), Reason.UNSIGNED);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"plumbline\":{}}",
                "{\"plumbline\":{\"signing\":null}}",
                "{\"plumbline\":{\"signing\":{\"keyid\":\" \"}}}",
                "{\"plumbline\":{\"signing\":{\"keyid\":\"k\",\"exclude_files\":[\"*.rego\"]}}}",
                "{\"other\":{\"signing\":{\"keyid\":\"k\"}}}",
                "{}"
            })
    void aServerThatWouldTakeABundleWithoutASignatureIsNotAsked(String bundles) throws IOException {
        server.configuration = "{\"result\":{\"labels\":{\"version\":\"1.21.3\"},\"bundles\":" + bundles + "}}";

        assertDenied(decide(), Reason.UNSIGNED);
        assertThat(server.asked).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.21.2", "1.9.9", "0.70.0", "", "new"})
    void aServerWhoseCheckOfSignaturesCanBeByPassedIsNotAsked(String version) throws IOException {
        server.configuration = server.configuration.replace("1.21.3", version);

        assertDenied(decide(), Reason.UNSIGNED);
        assertThat(server.asked).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.21.4", "1.22.0-dev", "2.0.0"})
    void aLaterServerIsAsked(String version) throws IOException {
        server.configuration = server.configuration.replace("1.21.3", version);

        assertThat(decide().reason()).isEqualTo(Reason.ALLOWED);
    }

    @Test
    void aServerThatIsNotThereIsUnreachable() throws IOException {
        try (OpaServer engine = engine(PATIENT)) {
            server.close();

            List<Decision> decisions = engine.decide(Gate.ADMISSION, Collections.nCopies(3, input(0)));

            assertThat(decisions).hasSize(3).allSatisfy(each -> assertDenied(each, Reason.UNREACHABLE));
        }
    }

    @Test
    void aServerThatGoesAwayIsNotWaitedForByEveryQuestion() throws IOException {
        HttpHandler usual = server.decision;
        server.decision = exchange -> {
            if (server.inputs.size() > 8) {
                server.configuration = "{";
                exchange.close();
            } else {
                usual.handle(exchange);
            }
        };

        try (OpaServer engine = engine(PATIENT)) {
            List<Decision> decisions = engine.decide(Gate.ADMISSION, Collections.nCopies(800, input(0)));

            assertThat(decisions)
                    .hasSize(800)
                    .extracting(Decision::reason)
                    .contains(Reason.UNREACHABLE, Reason.UNPARSABLE);
        }
        assertThat(server.inputs).hasSizeBetween(9, 24);
    }

    @Test
    void aQuestionThatGetsNoAnswerSpoilsNoOther() throws IOException {
        server.decision = ofNumber(number -> number == 0 ? HttpExchange::close : FakeOpa.answering(answer -> answer));
        List<ObjectNode> inputs =
                IntStream.range(0, 24).mapToObj(OpaServerTest::input).toList();

        try (OpaServer engine = engine(PATIENT)) {
            List<Decision> decisions = engine.decide(Gate.ADMISSION, inputs);

            assertDenied(decisions.getFirst(), Reason.UNREACHABLE);
            assertThat(decisions.subList(1, 24)).extracting(Decision::reason).containsOnly(Reason.ALLOWED);
        }
    }

    @Test
    void whoeverIsInterruptedIsDeniedAndStaysInterrupted() throws IOException {
        server.decision = server.silence();
        try (OpaServer engine = engine(PATIENT)) {
            Thread.currentThread().interrupt();

            Decision decision = engine.decide(Gate.ADMISSION, List.of(input(0))).getFirst();

            assertThat(Thread.interrupted()).isTrue();
            assertDenied(decision, Reason.ERROR);
        }
    }

    @Test
    void showsTheTokenThatIsInTheFileNow() throws IOException {
        Path token = Files.writeString(folder.resolve("token"), "first\n");
        Settings settings = new Settings(server.url(), Optional.of(token), Optional.empty());
        try (OpaServer engine = new OpaServer(settings, FakeOpa.POLICY, threads, PATIENT)) {
            engine.decide(Gate.ADMISSION, List.of(input(0)));
            Files.writeString(token, "second\n");
            engine.decide(Gate.ADMISSION, List.of(input(0)));
            Files.writeString(token, "two words");

            Decision decision = engine.decide(Gate.ADMISSION, List.of(input(0))).getFirst();

            assertDenied(decision, Reason.UNREACHABLE);
            assertThat(decision.findings().getFirst().message())
                    .isEqualTo("the token file token holds no token")
                    .doesNotContain("two");
        }
        assertThat(server.authorizations).containsExactly("Bearer first", "Bearer second");
    }

    @Test
    void aTokenFileThatIsNotThereIsToldAtTheStart() {
        Settings settings = new Settings(server.url(), Optional.of(folder.resolve("none")), Optional.empty());

        assertThatThrownBy(() -> OpaServer.shipped(settings, threads))
                .isInstanceOf(IOException.class)
                .hasMessage("the token file none cannot be read");
    }

    private Decision decide() throws IOException {
        return decide(PATIENT);
    }

    private Decision decide(Duration limit) throws IOException {
        try (OpaServer engine = engine(limit)) {
            return engine.decide(Gate.ADMISSION, List.of(input(0))).getFirst();
        }
    }

    private OpaServer engine(Duration limit) throws IOException {
        return new OpaServer(
                new Settings(server.url(), Optional.empty(), Optional.empty()), FakeOpa.POLICY, threads, limit);
    }

    private static HttpHandler ofNumber(IntFunction<HttpHandler> handlers) {
        return exchange -> handlers.apply(FakeOpa.number()).handle(exchange);
    }

    private static HttpHandler answering(String key, String value) {
        return FakeOpa.answering(answer -> answer.set(key, Json.read(value.getBytes(StandardCharsets.UTF_8))));
    }

    private static HttpHandler revision(String revision) {
        return answering("provenance", "{\"bundles\":{\"plumbline\":{\"revision\":" + revision + "}}}");
    }

    private static ObjectNode input(int number) {
        return Json.object().put("gate", "admission").put("number", number);
    }

    private static void assertDenied(Decision decision, Reason reason) {
        assertThat(decision.reason()).isEqualTo(reason);
        assertThat(decision.findings()).extracting(Finding::severity).containsExactly(Finding.Severity.DENY);
    }
}
