package dev.plumbline.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.schemas.json.Json;
import dev.plumbline.schemas.model.Digest;
import dev.plumbline.schemas.model.VersionName;
import dev.plumbline.schemas.policies.PolicyData;
import dev.plumbline.schemas.policies.Revocation;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

class JudgeTest {
    private static final Digest SPEC = digest("spec");
    private static final Digest MODEL = digest("model");
    private static final Circumstances NOW = Circumstances.of(PolicyData.NONE, Instant.parse("2026-11-22T10:00:00Z"));

    private static final PolicyData REVOKING = new PolicyData(
            List.of(), List.of(new Revocation(new VersionName("churn", 3), "it leaks the label")), new TreeMap<>());

    private final RecordingEngine engine = new RecordingEngine(digest("rules"));
    private final Map<Digest, Verdict> ledger = new HashMap<>();
    private final Judge judge = new Judge(engine, id -> Optional.ofNullable(ledger.get(id)));

    @Test
    void aVerdictSaysWhatWasJudgedAndByWhat() {
        Verdict verdict = judge.judge(question("Serving/churn", "fine"), NOW);

        assertThat(verdict.allowed()).isTrue();
        assertThat(verdict.reason()).isEqualTo(Reason.ALLOWED);
        assertThat(verdict.gate()).isEqualTo(Gate.PROMOTION);
        assertThat(verdict.subject()).isEqualTo("Serving/churn");
        assertThat(verdict.policy()).isEqualTo(digest("rules"));
        assertThat(verdict.judged()).containsEntry("spec", SPEC).containsKey(Verdict.EVIDENCE);
        assertThat(verdict.model()).contains(MODEL);
    }

    @Test
    void equalQuestionsGiveEqualBytes() {
        byte[] first = Json.canonical(judge.judge(question("Serving/churn", "bad"), NOW));

        assertThat(Json.canonical(judge.judge(question("Serving/churn", "bad"), NOW)))
                .isEqualTo(first);
    }

    @Test
    void theIdChangesWithEverythingThatWasJudged() {
        Question asked = question("Serving/churn", "fine");
        Judge underOtherRules = new Judge(new RecordingEngine(digest("other rules")), id -> Optional.empty());

        List<Digest> ids = new ArrayList<>(judge
                .judge(
                        List.of(
                                asked,
                                question("Serving/other", "fine"),
                                question("Serving/churn", "bad"),
                                new Question(
                                        Gate.ADMISSION,
                                        asked.subject(),
                                        asked.evidence(),
                                        asked.refers(),
                                        asked.model()),
                                new Question(
                                        asked.gate(),
                                        asked.subject(),
                                        asked.evidence(),
                                        new TreeMap<>(),
                                        asked.model()),
                                new Question(
                                        asked.gate(),
                                        asked.subject(),
                                        asked.evidence(),
                                        asked.refers(),
                                        Optional.empty())),
                        NOW)
                .stream()
                .map(Verdict::id)
                .toList());
        ids.add(underOtherRules.judge(asked, NOW).id());
        ids.add(judge.judge(asked, Circumstances.of(REVOKING, NOW.time())).id());

        assertThat(ids).doesNotHaveDuplicates();
    }

    @Test
    void theIdIsTheSameAtAnyTime() {
        Verdict now = judge.judge(question("Serving/churn", "fine"), NOW);
        Verdict later = judge.judge(
                question("Serving/churn", "fine"),
                Circumstances.of(PolicyData.NONE, NOW.time().plusSeconds(60)));

        assertThat(later.id()).isEqualTo(now.id());
        assertThat(now.time()).contains(NOW.time());
        assertThat(later.time()).contains(NOW.time().plusSeconds(60));
        assertThat(engine.seen)
                .extracting(input -> input.path("time").asString())
                .containsExactly("2026-11-22T10:00:00Z", "2026-11-22T10:01:00Z");
    }

    @Test
    void theRulesSeeWhatTheOrganisationAdds() {
        Verdict verdict = judge.judge(question("Serving/churn", "fine"), Circumstances.of(REVOKING, NOW.time()));

        assertThat(verdict.judged()).containsEntry(Verdict.POLICIES, REVOKING.digest());
        assertThat(engine.seen
                        .getFirst()
                        .at("/organisation/revocations/0/version")
                        .asString())
                .isEqualTo("churn/v3");
    }

    @Test
    void whatIsOnRecordIsNotJudgedAgain() {
        Verdict first = judge.judge(question("Serving/churn", "bad"), NOW);
        ledger.put(first.id(), first);
        engine.seen.clear();

        assertThat(judge.judge(question("Serving/churn", "bad"), NOW)).isEqualTo(first);
        assertThat(engine.seen).isEmpty();
    }

    @Test
    void whatTheRulesNeverAnsweredIsJudgedAgain() {
        Verdict late = judge.judge(question("Serving/churn", "late"), NOW);
        ledger.put(late.id(), late);
        engine.seen.clear();

        assertThat(judge.judge(question("Serving/churn", "late"), NOW).reason()).isEqualTo(Reason.TIMEOUT);
        assertThat(engine.seen).hasSize(1);
    }

    @Test
    void manyQuestionsAreAskedAtOnceAndAnsweredInOrder() {
        List<Verdict> verdicts = judge.judge(
                List.of(
                        question("Serving/a", "fine"),
                        question("Serving/b", "bad"),
                        question("Serving/a", "fine"),
                        question("Serving/c", "late")),
                NOW);

        assertThat(verdicts)
                .extracting(Verdict::reason)
                .containsExactly(Reason.ALLOWED, Reason.DENIED, Reason.ALLOWED, Reason.TIMEOUT);
        assertThat(verdicts.get(2)).isEqualTo(verdicts.get(0));
        assertThat(engine.calls).isEqualTo(1);
        assertThat(engine.seen).hasSize(3);
        assertThat(verdicts.get(1)).isEqualTo(judge.judge(question("Serving/b", "bad"), NOW));
    }

    @Test
    void anEngineThatFailsDenies() {
        Verdict verdict = judge.judge(question("Serving/churn", "throws"), NOW);

        assertThat(verdict.allowed()).isFalse();
        assertThat(verdict.reason()).isEqualTo(Reason.ERROR);
        assertThat(verdict.findings()).isNotEmpty();
    }

    @Test
    void anEngineThatLosesAnswersDeniesAllOfThem() {
        List<Verdict> verdicts =
                judge.judge(List.of(question("Serving/a", "fine"), question("Serving/b", "forgotten")), NOW);

        assertThat(verdicts).extracting(Verdict::reason).containsOnly(Reason.UNREADABLE);
        assertThat(verdicts).extracting(Verdict::allowed).containsOnly(false);
    }

    @Test
    void aVerdictIsReadBackAsItWasWritten() {
        for (String mood : List.of("fine", "bad", "late", "expires")) {
            Verdict verdict = judge.judge(question("Serving/churn", mood), NOW);

            assertThat(Json.read(Json.canonical(verdict), Verdict.class)).isEqualTo(verdict);
        }
    }

    private static Question question(String subject, String mood) {
        ObjectNode evidence = Json.object().put("mood", mood).put("tolerance", 0.010);
        return new Question(Gate.PROMOTION, subject, evidence, new TreeMap<>(Map.of("spec", SPEC)), Optional.of(MODEL));
    }

    private static Digest digest(String text) {
        return Digest.of(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Decides by the mood of the evidence, and remembers what it was asked. */
    private static final class RecordingEngine implements PolicyEngine {
        private final Digest policy;
        private final List<ObjectNode> seen = new ArrayList<>();
        private int calls;

        RecordingEngine(Digest policy) {
            this.policy = policy;
        }

        @Override
        public Digest policy() {
            return policy;
        }

        @Override
        public List<Decision> decide(Gate gate, List<ObjectNode> inputs) {
            calls++;
            seen.addAll(inputs);
            return inputs.stream()
                    .filter(input -> !input.path("mood").asString().equals("forgotten"))
                    .map(RecordingEngine::decide)
                    .toList();
        }

        private static Decision decide(ObjectNode input) {
            return switch (input.path("mood").asString()) {
                case "fine" -> Decision.of(List.of(), Optional.empty());
                case "expires" -> Decision.of(List.of(), Optional.of(Instant.parse("2027-01-01T00:00:00Z")));
                case "bad" -> Decision.of(List.of(finding(input)), Optional.empty());
                case "late" -> Decision.inconclusive(Reason.TIMEOUT, "too late");
                default -> throw new IllegalStateException("no such mood");
            };
        }

        private static Finding finding(ObjectNode input) {
            return new Finding(
                    "rule",
                    List.of("B", "A"),
                    Finding.Severity.DENY,
                    "it is bad",
                    "/mood",
                    Optional.of("cheer it up"),
                    Json.object().set("input", input));
        }
    }
}
