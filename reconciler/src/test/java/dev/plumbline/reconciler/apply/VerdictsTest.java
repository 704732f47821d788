package dev.plumbline.reconciler.apply;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plumbline.policy.Decision;
import dev.plumbline.policy.Finding;
import dev.plumbline.policy.Gate;
import dev.plumbline.policy.PolicyEngine;
import dev.plumbline.policy.Question;
import dev.plumbline.policy.Reason;
import dev.plumbline.policy.Verdict;
import dev.plumbline.reconciler.catalog.PoliciesInForce;
import dev.plumbline.reconciler.fixture.MemoryLedger;
import dev.plumbline.reconciler.fixture.Records;
import dev.plumbline.reconciler.ledger.Ledger.LedgerException;
import dev.plumbline.schemas.json.Json;
import dev.plumbline.schemas.model.Digest;
import dev.plumbline.schemas.policies.PolicyData;
import dev.plumbline.testkit.MutableClock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

final class VerdictsTest {
    private static final Question QUESTION =
            new Question(Gate.PROMOTION, "Serving/churn-api", Json.object(), new TreeMap<>(), Optional.empty());

    private final MutableClock clock = MutableClock.started();
    private final MemoryLedger ledger = new MemoryLedger();
    private final Engine engine = new Engine();
    private final Verdicts verdicts = new Verdicts(engine, ledger, clock, () -> PoliciesInForce.NONE);

    /** Answers what a test wants, and counts. */
    private static final class Engine implements PolicyEngine {
        private Decision answer = Decision.of(List.of(), Optional.empty());
        private int asked;

        @Override
        public Digest policy() {
            return Records.digest("policy");
        }

        @Override
        public List<Decision> decide(Gate gate, List<ObjectNode> inputs) {
            asked += inputs.size();
            return inputs.stream().map(input -> answer).toList();
        }
    }

    @Test
    void recordsAVerdictBeforeItIsReliedOnAndAsksOnce() throws Exception {
        Verdict verdict = verdicts.decide(QUESTION);
        assertThat(verdict.allowed()).isTrue();
        assertThat(verdicts.recorded(verdict.id())).contains(verdict);
        assertThat(verdicts.decide(QUESTION)).isEqualTo(verdict);
        assertThat(engine.asked).isEqualTo(1);
        assertThat(ledger.transitions()).hasSize(1);
    }

    @Test
    void asksAgainWhenTheVerdictHasExpired() throws Exception {
        engine.answer = Decision.of(List.of(), Optional.of(clock.instant().plusSeconds(60)));
        verdicts.decide(QUESTION);
        clock.advance(Duration.ofSeconds(60));
        verdicts.decide(QUESTION);
        assertThat(engine.asked).isEqualTo(2);
    }

    @Test
    void neitherRecordsNorKeepsWhatTheRulesDidNotAnswer() throws Exception {
        engine.answer = Decision.inconclusive(Reason.TIMEOUT, "no answer in time");
        assertThat(verdicts.decide(QUESTION).allowed()).isFalse();
        verdicts.decide(QUESTION);
        assertThat(engine.asked).isEqualTo(2);
        assertThat(ledger.transitions()).isEmpty();
    }

    @Test
    void givesNoVerdictThatCannotBeRecorded() {
        ledger.fail("Storage");
        assertThatThrownBy(() -> verdicts.decide(QUESTION)).isInstanceOf(LedgerException.class);
        ledger.heal();
    }

    @Test
    void explainsADenialByWhatDeniesAndWhatToDo() {
        engine.answer = Decision.of(
                List.of(
                        finding("owner", Finding.Severity.DENY, Optional.of("name one")),
                        finding("card", Finding.Severity.WARN, Optional.empty())),
                Optional.empty());
        assertThat(verdicts.judge(List.of(QUESTION), PolicyData.NONE).getFirst().explanation())
                .isEqualTo("about owner (name one) [owner]");
    }

    private static Finding finding(String id, Finding.Severity severity, Optional<String> remediation) {
        return new Finding(id, List.of(), severity, "about " + id, "", remediation, Json.object());
    }
}
