package dev.plumbline.reconciler.catalog;

import dev.plumbline.policy.AdmissionEvidence;
import dev.plumbline.policy.Question;
import dev.plumbline.policy.Verdict;
import dev.plumbline.reconciler.source.Snapshot;
import dev.plumbline.reconciler.source.Source;
import dev.plumbline.schemas.catalog.CatalogReading;
import dev.plumbline.schemas.model.Digest;
import dev.plumbline.schemas.model.ModelSpec;
import dev.plumbline.schemas.model.Resource;
import dev.plumbline.schemas.model.ResourceId;
import dev.plumbline.schemas.model.Spec;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * Asks the admission gate about the specs of a revision. A spec whose content and card are those of the last question about
 * it is not asked about again while the rules are the same. Not thread-safe: the loop owns it.
 */
public final class PolicyAdmission {
    private static final int CARD_BYTES = 1 << 20;

    private Map<ResourceId, Asked> asked = Map.of();
    private Optional<Answered> last = Optional.empty();

    /** What the gate said of a whole reading, and of which cards it did. */
    private record Answered(
            CatalogReading reading, Map<String, Optional<String>> cards, NavigableMap<ResourceId, Verdict> verdicts) {
        @SuppressWarnings("ReferenceEquality") // a reading in which nothing differs is the very same object
        boolean holds(CatalogReading now, Snapshot snapshot) {
            return reading == now
                    && cards.entrySet().stream()
                            .allMatch(each -> each.getValue()
                                    .equals(Optional.ofNullable(snapshot.blobs().get(each.getKey()))));
        }
    }

    /**
     * What was asked of a spec, what the question was made from, and the answer.
     *
     * @param card the blob of the card
     */
    private record Asked(Digest spec, Optional<String> card, Question question, Optional<Verdict> verdict) {
        boolean holds(Digest policy) {
            return verdict.filter(known -> known.policy().equals(policy)
                            && known.reason().conclusive()
                            && known.validUntil().isEmpty())
                    .isPresent();
        }

        Asked answered(Verdict answer) {
            return new Asked(spec, card, question, Optional.of(answer));
        }
    }

    /**
     * What the gate says of every sound spec.
     *
     * @param policy the rules that the judge goes by
     * @param judge answers questions in their order
     * @throws Source.SourceException {@code Damaged} when a card of the revision is lost here
     */
    public NavigableMap<ResourceId, Verdict> verdicts(
            Snapshot snapshot, CatalogReading reading, Digest policy, Function<List<Question>, List<Verdict>> judge)
            throws Source.SourceException {
        if (last.filter(known -> known.holds(reading, snapshot)).isPresent()
                && asked.values().stream().allMatch(each -> each.holds(policy))) {
            return last.get().verdicts();
        }
        Map<ResourceId, Asked> now = new LinkedHashMap<>();
        try {
            reading.catalog().resources().forEach(resource -> now.put(resource.id(), asked(resource, snapshot)));
        } catch (UncheckedIOException damaged) {
            throw CatalogLoader.damaged(snapshot, damaged);
        }
        List<ResourceId> open = now.entrySet().stream()
                .filter(each -> !each.getValue().holds(policy))
                .map(Map.Entry::getKey)
                .toList();
        List<Verdict> answers =
                judge.apply(open.stream().map(id -> of(now, id).question()).toList());
        for (int index = 0; index < open.size(); index++) {
            now.put(open.get(index), of(now, open.get(index)).answered(answers.get(index)));
        }
        asked = now;
        NavigableMap<ResourceId, Verdict> judged = new TreeMap<>();
        now.forEach((id, each) -> judged.put(id, each.verdict().orElseThrow()));
        NavigableMap<ResourceId, Verdict> verdicts = Collections.unmodifiableNavigableMap(judged);
        last = Optional.of(new Answered(reading, cards(reading, now), verdicts));
        return verdicts;
    }

    /** A card that could not be read is known as none, so that it is asked for again. */
    private static Map<String, Optional<String>> cards(CatalogReading reading, Map<ResourceId, Asked> now) {
        Map<String, Optional<String>> cards = new HashMap<>();
        for (Resource resource : reading.catalog().resources()) {
            card(resource.spec())
                    .ifPresent(path -> cards.merge(
                            path, of(now, resource.id()).card(), (one, other) -> one.isEmpty() ? one : other));
        }
        return cards;
    }

    private static Asked of(Map<ResourceId, Asked> asked, ResourceId id) {
        return Objects.requireNonNull(asked.get(id));
    }

    private Asked asked(Resource resource, Snapshot snapshot) {
        Optional<String> path = card(resource.spec());
        Optional<String> blob =
                path.flatMap(each -> Optional.ofNullable(snapshot.blobs().get(each)));
        Asked former = asked.get(resource.id());
        if (former != null
                && former.spec().equals(resource.digest())
                && former.card().equals(blob)) {
            return former;
        }
        Optional<byte[]> card =
                path.flatMap(each -> CatalogLoader.lookup(snapshot).start(each, CARD_BYTES));
        Map<String, Digest> refers = new TreeMap<>();
        refers.put("spec", resource.digest());
        card.map(Digest::of).ifPresent(digest -> refers.put("card", digest));
        Question question = Question.about(
                resource.id().toString(),
                new AdmissionEvidence(resource, card.map(bytes -> new String(bytes, StandardCharsets.UTF_8))),
                refers,
                Optional.empty());
        // Of a card that cannot be read now the next revision may know more.
        Optional<String> read = card.isPresent() ? blob : Optional.empty();
        return new Asked(resource.digest(), read, question, Optional.empty());
    }

    private static Optional<String> card(Spec spec) {
        return spec instanceof ModelSpec model ? model.card() : Optional.empty();
    }
}
