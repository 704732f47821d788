package dev.plumbline.policy.opa;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.dylibso.chicory.compiler.MachineFactoryCompiler;
import com.dylibso.chicory.runtime.InterpreterMachine;
import dev.plumbline.policy.Decision;
import dev.plumbline.policy.Finding;
import dev.plumbline.policy.Gate;
import dev.plumbline.policy.Reason;
import dev.plumbline.schemas.json.Json;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.ObjectNode;

/** A policy that misbehaves in every way that a policy can: whatever it does, the answer denies and says how. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FailClosedTest {
    private static final Duration PATIENT = Duration.ofMinutes(1);
    private static final Duration HASTY = Duration.ofMillis(300);

    private ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private OpaModule module;

    @BeforeAll
    void compile() throws IOException {
        module = OpaModule.of(wasm("behaviour"), MachineFactoryCompiler::compile);
    }

    @AfterEach
    void everyEvaluationHasEnded() throws InterruptedException {
        threads.shutdown();
        assertThat(threads.awaitTermination(30, TimeUnit.SECONDS)).isTrue();
        threads = Executors.newVirtualThreadPerTaskExecutor();
    }

    @Test
    void aPolicyThatAllowsAllows() {
        assertThat(decide(mode("allow"), PATIENT).reason()).isEqualTo(Reason.ALLOWED);
    }

    @Test
    void noDecisionIsUndefined() {
        assertDenied(decide(mode("no such mode"), PATIENT), Reason.UNDEFINED);
        assertDenied(decide(Json.object(), PATIENT), Reason.UNDEFINED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"field missing", "other gate", "bare"})
    void anAnswerOfAnotherShapeIsUnreadable(String mode) {
        assertDenied(decide(mode(mode), PATIENT), Reason.UNREADABLE);
    }

    @Test
    void aDenialThatClaimsToAllowIsUnreadable() {
        ObjectNode input = mode("echo");
        ObjectNode finding = input.putObject("finding");
        finding.put("id", "any")
                .put("severity", "deny")
                .put("message", "m")
                .put("path", "")
                .put("remediation", "r");
        finding.putArray("controls");
        finding.putObject("evidence");

        assertDenied(decide(input, PATIENT), Reason.UNREADABLE);
    }

    @Test
    void anExpiryThatTheRulesReadIsKept() {
        ObjectNode input = mode("until").put("until", "2027-01-01T00:00:00Z");

        assertThat(decide(input, PATIENT).validUntil()).contains(Instant.parse("2027-01-01T00:00:00Z"));
    }

    @Test
    void anExpiryThatIsNoTimeIsUnreadable() {
        assertDenied(decide(mode("until").put("until", "soon"), PATIENT), Reason.UNREADABLE);
    }

    @Test
    void anEvaluationThatGivesUpIsAnError() {
        assertDenied(decide(mode("conflict"), PATIENT), Reason.ERROR);
    }

    @Test
    void anEvaluationThatWantsTooMuchMemoryIsAnError() {
        assertDenied(decide(mode("greedy"), PATIENT), Reason.ERROR);
    }

    @Test
    void anEvaluationThatDoesNotEndIsATimeoutAndIsEnded() {
        assertDenied(decide(mode("endless"), HASTY), Reason.TIMEOUT);
    }

    @Test
    void anInterpretedEvaluationThatDoesNotEndIsATimeoutAndIsEnded() throws IOException {
        OpaModule interpreted = OpaModule.of(wasm("behaviour"), parsed -> InterpreterMachine::new);
        EmbeddedOpa engine = new EmbeddedOpa(interpreted, threads, HASTY);

        assertDenied(engine.decide(Gate.ADMISSION, List.of(mode("endless"))).getFirst(), Reason.TIMEOUT);
    }

    @Test
    void whoeverIsInterruptedIsDeniedAndStaysInterrupted() {
        Thread.currentThread().interrupt();

        Decision decision = decide(mode("endless"), PATIENT);

        assertThat(Thread.interrupted()).isTrue();
        assertDenied(decision, Reason.ERROR);
    }

    @Test
    void oneBadQuestionDoesNotSpoilItsNeighbours() {
        EmbeddedOpa engine = new EmbeddedOpa(module, threads, PATIENT);

        List<Decision> decisions =
                engine.decide(Gate.ADMISSION, List.of(mode("allow"), mode("conflict"), mode("none"), mode("allow")));

        assertThat(decisions)
                .extracting(Decision::reason)
                .containsExactly(Reason.ALLOWED, Reason.ERROR, Reason.UNDEFINED, Reason.ALLOWED);
    }

    @Test
    void whatDoesNotEndDelaysItsNeighboursAndSpoilsNone() {
        EmbeddedOpa engine = new EmbeddedOpa(module, threads, HASTY);

        List<Decision> decisions = engine.decide(
                Gate.ADMISSION,
                List.of(
                        mode("allow"),
                        mode("endless"),
                        mode("allow"),
                        mode("conflict"),
                        mode("endless"),
                        mode("allow"),
                        mode("none"),
                        mode("allow")));

        assertThat(decisions)
                .extracting(Decision::reason)
                .containsExactly(
                        Reason.ALLOWED,
                        Reason.TIMEOUT,
                        Reason.ALLOWED,
                        Reason.ERROR,
                        Reason.TIMEOUT,
                        Reason.ALLOWED,
                        Reason.UNDEFINED,
                        Reason.ALLOWED);
    }

    @Test
    void aPolicyThatCallsWhatTheEngineDoesNotOfferIsNotLoaded() throws IOException {
        byte[] foreign = wasm("foreign");

        assertThatThrownBy(() -> OpaModule.of(foreign, parsed -> InterpreterMachine::new))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("time.now_ns");
    }

    @Test
    void bytesThatAreNotWasmAreNotLoaded() throws IOException {
        byte[] whole = wasm("behaviour");

        assertThatThrownBy(() -> OpaModule.of(new byte[] {1, 2, 3}, parsed -> InterpreterMachine::new))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(
                        () -> OpaModule.of(Arrays.copyOf(whole, whole.length / 2), parsed -> InterpreterMachine::new))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private Decision decide(ObjectNode input, Duration limit) {
        return new EmbeddedOpa(module, threads, limit)
                .decide(Gate.ADMISSION, List.of(input))
                .getFirst();
    }

    private static void assertDenied(Decision decision, Reason reason) {
        assertThat(decision.reason()).isEqualTo(reason);
        assertThat(decision.findings()).extracting(Finding::severity).containsExactly(Finding.Severity.DENY);
    }

    private static ObjectNode mode(String mode) {
        return Json.object().put("mode", mode);
    }

    private static byte[] wasm(String trial) throws IOException {
        try (InputStream stream = FailClosedTest.class.getResourceAsStream("/trials/" + trial + "/policy.wasm")) {
            return Objects.requireNonNull(stream, trial).readAllBytes();
        }
    }
}
