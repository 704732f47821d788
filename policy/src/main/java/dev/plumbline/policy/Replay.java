package dev.plumbline.policy;

import dev.plumbline.schemas.json.Json;
import dev.plumbline.schemas.model.Digest;
import java.util.Arrays;
import java.util.Optional;
import java.util.TreeMap;
import tools.jackson.databind.node.ObjectNode;

/**
 * Judges once more what a verdict on record judged.
 *
 * @param recorded the verdict as its record has it
 * @param again the verdict as it comes out now
 */
public record Replay(ObjectNode recorded, ObjectNode again) {
    /**
     * By rules with the digest that the verdict names.
     *
     * @param evidence what the rules saw of the question
     * @param organisation what they saw of the organisation's data
     * @return empty when the record does not say which moment the rules took for now, as those of an earlier form
     * @throws IllegalArgumentException when these are other rules
     */
    public static Optional<Replay> of(
            PolicyEngine rules, ObjectNode recorded, ObjectNode evidence, ObjectNode organisation) {
        Verdict verdict = Json.convert(recorded, Verdict.class);
        if (!rules.policy().equals(verdict.policy())) {
            throw new IllegalArgumentException(
                    "the verdict was given by the rules " + verdict.policy() + ", not by " + rules.policy());
        }
        TreeMap<String, Digest> refers = new TreeMap<>(verdict.judged());
        refers.remove(Verdict.EVIDENCE);
        refers.remove(Verdict.POLICIES);
        Question question = new Question(verdict.gate(), verdict.subject(), evidence, refers, verdict.model());
        return verdict.time()
                .map(time ->
                        new Judge(rules, id -> Optional.empty()).judge(question, Circumstances.of(organisation, time)))
                .map(again -> new Replay(recorded, (ObjectNode) Json.tree(again)));
    }

    /** Whether the same bytes came out. */
    public boolean same() {
        return Arrays.equals(Json.canonical(recorded), Json.canonical(again));
    }
}
