package dev.plumbline.policy.opa;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.policy.Decision;
import dev.plumbline.policy.Finding;
import dev.plumbline.policy.Gate;
import dev.plumbline.policy.Reason;
import dev.plumbline.schemas.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

class EmbeddedOpaTest {
    private static final int QUESTIONS = 200;

    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final EmbeddedOpa engine = EmbeddedOpa.shipped(threads);

    @AfterEach
    void stop() {
        threads.close();
    }

    @Test
    void concurrentDecisionsGetTheirOwnAnswers() throws Exception {
        List<ObjectNode> inputs = IntStream.range(0, QUESTIONS)
                .mapToObj(EmbeddedOpaTest::question)
                .toList();
        List<Decision> alone = engine.decide(Gate.REGISTRATION, inputs);

        var together = threads.invokeAll(inputs.stream()
                .<java.util.concurrent.Callable<List<Decision>>>map(
                        input -> () -> engine.decide(Gate.REGISTRATION, List.of(input)))
                .toList());

        for (int index = 0; index < QUESTIONS; index++) {
            assertThat(together.get(index).get()).containsExactly(alone.get(index));
            assertThat(alone.get(index).reason()).isEqualTo(index % 2 == 0 ? Reason.ALLOWED : Reason.DENIED);
        }
    }

    @Test
    void aDecisionDoesNotDependOnWhatWasDecidedBefore() {
        List<ObjectNode> inputs = IntStream.range(0, QUESTIONS)
                .mapToObj(number -> number % 10 == 9 ? large(number) : question(number))
                .toList();

        List<Decision> together = engine.decide(Gate.REGISTRATION, inputs);

        List<Decision> afresh = inputs.stream()
                .map(input -> EmbeddedOpa.shipped(threads)
                        .decide(Gate.REGISTRATION, List.of(input))
                        .getFirst())
                .toList();
        assertThat(together).isEqualTo(afresh);
    }

    @Test
    void nothingIsDecidedAboutNothing() {
        assertThat(engine.decide(Gate.REGISTRATION, List.of())).isEmpty();
    }

    @Test
    void equalInputsGiveEqualBytes() {
        Decision first = engine.decide(Gate.REGISTRATION, List.of(question(1))).getFirst();

        assertThat(Json.canonical(
                        engine.decide(Gate.REGISTRATION, List.of(question(1))).getFirst()))
                .isEqualTo(Json.canonical(first));
    }

    @Test
    void anUnknownGateIsUndefinedAndDenied() {
        ObjectNode input = Json.object();
        input.put("gate", "archival");

        Decision decision = engine.decide(Gate.ADMISSION, List.of(input)).getFirst();

        assertThat(decision.reason()).isEqualTo(Reason.UNDEFINED);
        assertThat(decision.findings()).extracting(Finding::severity).containsExactly(Finding.Severity.DENY);
    }

    @Test
    void anAnswerAboutAnotherGateDenies() {
        Decision decision = engine.decide(Gate.ADMISSION, List.of(question(0))).getFirst();

        assertThat(decision.reason()).isEqualTo(Reason.UNREADABLE);
    }

    /** An input for which an evaluation needs more memory than it begins with. */
    private static ObjectNode large(int number) {
        return question(number).put("remark", "words ".repeat(100_000));
    }

    private static ObjectNode question(int number) {
        String json = """
                {"gate":"registration","organisation":{"exceptions":[],"revocations":[]},
                "time":"2026-11-22T10:00:00Z","riskTier":"low","sensitive":[],
                "metrics":{"auc":{"value":0.8,"low":0.7,"high":0.9,"n":%d}},
                "require":{"auc":{"min":%s}},"parity":{"rows":5,"mismatches":0}}""".formatted(number, number % 2 == 0 ? "0.7" : "0.9");
        return (ObjectNode) Json.read(json.getBytes(StandardCharsets.UTF_8));
    }
}
