package dev.plumbline.reconciler.catalog;

import dev.plumbline.policy.AdmissionEvidence;
import dev.plumbline.policy.Question;
import dev.plumbline.policy.Verdict;
import dev.plumbline.reconciler.source.Snapshot;
import dev.plumbline.schemas.catalog.CatalogReading;
import dev.plumbline.schemas.catalog.FileLookup;
import dev.plumbline.schemas.model.Digest;
import dev.plumbline.schemas.model.ModelSpec;
import dev.plumbline.schemas.model.Resource;
import dev.plumbline.schemas.model.ResourceId;
import dev.plumbline.schemas.model.Spec;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * Builds what the admission gate is asked about the specs of a revision. A spec whose content and card are those of the
 * last question about it is not asked about again. Not thread-safe: the loop owns it.
 */
public final class PolicyAdmission {
    private static final int CARD_BYTES = 1 << 20;

    private Map<ResourceId, Asked> asked = Map.of();

    /** A spec's question, with what it was made from. */
    private record Asked(Digest spec, Optional<Digest> card, Question question) {}

    /** The questions about every sound spec. */
    private Map<ResourceId, Question> questions(Snapshot snapshot, CatalogReading reading) {
        FileLookup lookup = CatalogLoader.lookup(snapshot);
        Map<ResourceId, Asked> now = new HashMap<>();
        Map<ResourceId, Question> questions = new LinkedHashMap<>();
        for (Resource resource : reading.catalog().resources()) {
            Asked question = question(resource, lookup);
            now.put(resource.id(), question);
            questions.put(resource.id(), question.question());
        }
        asked = now;
        return questions;
    }

    /**
     * What the gate says of every sound spec.
     *
     * @param judge answers questions in their order
     */
    public NavigableMap<ResourceId, Verdict> verdicts(
            Snapshot snapshot, CatalogReading reading, Function<List<Question>, List<Verdict>> judge) {
        Map<ResourceId, Question> questions = questions(snapshot, reading);
        Iterator<Verdict> verdicts =
                judge.apply(List.copyOf(questions.values())).iterator();
        NavigableMap<ResourceId, Verdict> judged = new TreeMap<>();
        questions.keySet().forEach(id -> judged.put(id, verdicts.next()));
        return judged;
    }

    private Asked question(Resource resource, FileLookup lookup) {
        Optional<byte[]> card = card(resource.spec()).flatMap(path -> lookup.start(path, CARD_BYTES));
        Optional<Digest> cardDigest = card.map(Digest::of);
        Asked former = asked.get(resource.id());
        if (former != null
                && former.spec().equals(resource.digest())
                && former.card().equals(cardDigest)) {
            return former;
        }
        Map<String, Digest> refers = new TreeMap<>();
        refers.put("spec", resource.digest());
        cardDigest.ifPresent(digest -> refers.put("card", digest));
        Question question = Question.about(
                resource.id().toString(),
                new AdmissionEvidence(resource, card.map(bytes -> new String(bytes, StandardCharsets.UTF_8))),
                refers,
                Optional.empty());
        return new Asked(resource.digest(), cardDigest, question);
    }

    private static Optional<String> card(Spec spec) {
        return spec instanceof ModelSpec model ? model.card() : Optional.empty();
    }
}
