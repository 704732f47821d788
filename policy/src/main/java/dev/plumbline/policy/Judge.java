package dev.plumbline.policy;

import dev.plumbline.schemas.json.Json;
import dev.plumbline.schemas.model.Digest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Turns questions into verdicts. Equal questions under equal rules give equal verdicts, byte for byte; an engine that
 * gives no answer gives a verdict that denies.
 *
 * <p>Nothing is judged twice: a verdict on record is the answer, as long as the rules themselves gave it. Thread-safe
 * if the record is.
 */
public final class Judge {
    private static final Logger LOG = LoggerFactory.getLogger(Judge.class);

    private static final int MANY = 64;

    private final PolicyEngine engine;
    private final Function<Digest, Optional<Verdict>> record;

    /**
     * @param record the verdict of this id, where there is one; whoever keeps the record leaves out a verdict that has
     *     expired
     */
    public Judge(PolicyEngine engine, Function<Digest, Optional<Verdict>> record) {
        this.engine = engine;
        this.record = record;
    }

    /** The digest of the rules that it goes by now. */
    public Digest policy() {
        return engine.policy();
    }

    /** The verdict on one question. */
    public Verdict judge(Question question, Circumstances circumstances) {
        return judge(List.of(question), circumstances).getFirst();
    }

    /**
     * The verdicts on these questions, in their order, each as if it were asked alone. What is not on record is
     * evaluated together, each distinct question once.
     */
    public List<Verdict> judge(List<Question> questions, Circumstances circumstances) {
        Digest policy = engine.policy();
        // Digests of thousands are nothing but computing: on every processor.
        List<Case> cases = (questions.size() < MANY ? questions.stream() : questions.parallelStream())
                .map(question -> Case.of(question, policy, circumstances))
                .toList();
        Map<Digest, Verdict> verdicts = new LinkedHashMap<>();
        Map<Gate, Map<Digest, Case>> open = new EnumMap<>(Gate.class);
        for (Case asked : cases) {
            Optional<Verdict> recorded =
                    record.apply(asked.id()).filter(known -> known.reason().conclusive());
            if (recorded.isPresent()) {
                verdicts.put(asked.id(), recorded.get());
            } else {
                open.computeIfAbsent(asked.question().gate(), gate -> new LinkedHashMap<>())
                        .put(asked.id(), asked);
            }
        }
        open.forEach((gate, distinct) ->
                evaluate(gate, List.copyOf(distinct.values())).forEach(verdict -> verdicts.put(verdict.id(), verdict)));
        return cases.stream().map(asked -> verdictOf(asked, verdicts)).toList();
    }

    private static Verdict verdictOf(Case asked, Map<Digest, Verdict> verdicts) {
        return Optional.ofNullable(verdicts.get(asked.id()))
                .orElseThrow(() -> new IllegalStateException("no verdict on " + asked.id()));
    }

    private List<Verdict> evaluate(Gate gate, List<Case> cases) {
        List<Decision> decisions = decide(gate, cases.stream().map(Case::input).toList());
        List<Verdict> verdicts = new ArrayList<>();
        for (int index = 0; index < cases.size(); index++) {
            verdicts.add(cases.get(index).verdict(decisions.get(index)));
        }
        return verdicts;
    }

    // A policy port may be anybody's code: whatever it does, the answer of a gate is a decision.
    private List<Decision> decide(Gate gate, List<ObjectNode> inputs) {
        try {
            List<Decision> decisions = engine.decide(gate, inputs);
            if (decisions.size() == inputs.size()) {
                return decisions;
            }
            return same(
                    inputs.size(),
                    Decision.inconclusive(
                            Reason.UNREADABLE,
                            "the policy engine gave " + decisions.size() + " answers to " + inputs.size()
                                    + " questions"));
        } catch (RuntimeException failure) {
            LOG.error("policy engine failed gate={} questions={}", gate.label(), inputs.size(), failure);
            return same(
                    inputs.size(), Decision.inconclusive(Reason.ERROR, "the policy engine failed; its log says why"));
        }
    }

    private static List<Decision> same(int count, Decision decision) {
        return Collections.nCopies(count, decision);
    }

    /** A question with what its verdict is called by. */
    private record Case(
            Question question,
            Digest id,
            Digest policy,
            TreeMap<String, Digest> judged,
            ObjectNode input,
            Instant time) {
        static Case of(Question question, Digest policy, Circumstances circumstances) {
            ObjectNode input = question.input();
            TreeMap<String, Digest> judged = new TreeMap<>(question.refers());
            judged.put(Verdict.EVIDENCE, Json.digest(input));
            judged.put(Verdict.POLICIES, circumstances.digest());
            Digest id = Json.digest(subjectMatter(question, policy, judged));
            input.put("subject", question.subject());
            input.set("organisation", circumstances.organisation());
            input.put("time", circumstances.time().toString());
            return new Case(question, id, policy, judged, input, circumstances.time());
        }

        private static ObjectNode subjectMatter(Question question, Digest policy, TreeMap<String, Digest> judged) {
            ObjectNode matter = Json.object();
            matter.put("gate", question.gate().label());
            matter.put("subject", question.subject());
            matter.set("judged", Json.tree(judged));
            matter.put("policy", policy.value());
            question.model().ifPresent(model -> matter.put("model", model.value()));
            return matter;
        }

        Verdict verdict(Decision decision) {
            return new Verdict(
                    id,
                    question.gate(),
                    question.subject(),
                    decision.reason() == Reason.ALLOWED,
                    decision.reason(),
                    decision.findings(),
                    policy,
                    judged,
                    question.model(),
                    decision.validUntil(),
                    Optional.of(time));
        }
    }
}
