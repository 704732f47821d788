package dev.plumbline.reconciler.catalog;

import dev.plumbline.policy.AdmissionEvidence;
import dev.plumbline.policy.Judgement;
import dev.plumbline.policy.Question;
import dev.plumbline.policy.Verdict;
import dev.plumbline.policy.VersionNumbers;
import dev.plumbline.reconciler.ledger.LedgerView;
import dev.plumbline.reconciler.source.Snapshot;
import dev.plumbline.reconciler.source.Source;
import dev.plumbline.schemas.card.CardReader;
import dev.plumbline.schemas.card.ModelCard;
import dev.plumbline.schemas.catalog.CatalogReading;
import dev.plumbline.schemas.model.Digest;
import dev.plumbline.schemas.model.ModelSpec;
import dev.plumbline.schemas.model.Resource;
import dev.plumbline.schemas.model.ResourceId;
import dev.plumbline.schemas.model.Spec;
import dev.plumbline.schemas.policies.PolicyData;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;

/**
 * Asks the admission gate about the specs of a revision. A spec whose content and card are those of the last question about
 * it is not asked about again while the rules are the same. Not thread-safe: the loop owns it.
 */
public final class PolicyAdmission {
    private final CardReader cardReader = new CardReader();
    private final Supplier<LedgerView> ledger;
    private Map<ResourceId, Asked> asked = Map.of();
    private Optional<Answered> last = Optional.empty();

    /** Of cards whose numbers are compared with this ledger, as it is when it is asked for. */
    public PolicyAdmission(Supplier<LedgerView> ledger) {
        this.ledger = ledger;
    }

    /** Who answers questions, in their order, under an organisation's data. */
    @FunctionalInterface
    public interface Answering {
        /** One verdict a question. */
        List<Verdict> judge(List<Question> questions, PolicyData data);
    }

    /**
     * What the gate says of a revision.
     *
     * @param decisive of each sound spec the answer that counts
     * @param all every answer that was given
     * @param denied why a spec is not admitted
     */
    public record Answers(
            NavigableMap<ResourceId, Judgement> decisive,
            List<Judgement> all,
            NavigableMap<ResourceId, String> denied) {}

    /** What the gate said of a whole reading, under what, and of which cards it did. */
    private record Answered(
            CatalogReading reading,
            PolicyData data,
            Map<String, Optional<String>> cards,
            NavigableMap<ResourceId, Judgement> judgements) {
        @SuppressWarnings("ReferenceEquality") // a reading in which nothing differs is the very same object
        boolean holds(CatalogReading now, Snapshot snapshot, PolicyData under) {
            return reading == now
                    && data.equals(under)
                    && cards.entrySet().stream()
                            .allMatch(each -> each.getValue()
                                    .equals(Optional.ofNullable(snapshot.blobs().get(each.getKey()))));
        }
    }

    /**
     * What was asked of a spec, what the question was made from, and the answer.
     *
     * @param card the blob of the card
     * @param settled whether the same question would be asked of the same spec and card later
     */
    private record Asked(
            Digest spec, Optional<String> card, boolean settled, Question question, Optional<Verdict> verdict) {
        boolean holds(Digest policy, Digest policies) {
            return settled
                    && verdict.filter(known -> known.policy().equals(policy)
                                    && policies.equals(known.judged().get(Verdict.POLICIES))
                                    && known.reason().conclusive()
                                    && known.validUntil().isEmpty())
                            .isPresent();
        }

        Asked answered(Verdict answer) {
            return new Asked(spec, card, settled, question, Optional.of(answer));
        }

        Judgement judgement() {
            return new Judgement(question, verdict.orElseThrow());
        }
    }

    /**
     * What the gate says of every sound spec of a revision: by the data that holds from it on, and of what it changed
     * together with that data by what held before, too.
     *
     * @param rules the digest of the rules that answer
     * @throws Source.SourceException {@code Damaged} when a card of the revision is lost here
     */
    public Answers answers(
            Snapshot snapshot, CatalogReading reading, PolicyBase.Judged by, Digest rules, Answering answering)
            throws Source.SourceException {
        if (by.accepted().isEmpty()) {
            return unknown(reading, by);
        }
        NavigableMap<ResourceId, Judgement> decisive =
                new TreeMap<>(judgements(snapshot, reading, by.accepted().get(), rules, answering));
        List<Judgement> all = new ArrayList<>(decisive.values());
        NavigableMap<ResourceId, String> denied = new TreeMap<>();
        decisive.forEach((id, judgement) -> {
            if (!judgement.verdict().allowed()) {
                denied.put(id, judgement.verdict().explanation());
            }
        });
        former(snapshot, reading, by, answering).forEach((id, judgement) -> {
            all.add(judgement);
            if (!judgement.verdict().allowed()) {
                decisive.put(id, judgement);
                denied.put(
                        id,
                        PoliciesInForce.explained(
                                by.entry().base(), judgement.verdict().explanation()));
            }
        });
        return new Answers(decisive, all, denied);
    }

    /** Nobody knows what must not be: nothing is admitted. */
    private static Answers unknown(CatalogReading reading, PolicyBase.Judged by) {
        String first = by.problems().stream()
                .findFirst()
                .map(each -> each.file() + ":" + each.line() + ": " + each.message())
                .orElse("policies/ cannot be read");
        NavigableMap<ResourceId, String> denied = new TreeMap<>();
        reading.catalog()
                .resources()
                .forEach(each -> denied.put(
                        each.id(), "the policies are broken, and nothing is admitted without them: " + first));
        return new Answers(new TreeMap<>(), List.of(), denied);
    }

    private Map<ResourceId, Judgement> former(
            Snapshot snapshot, CatalogReading reading, PolicyBase.Judged by, Answering answering) {
        if (by.base().isEmpty()) {
            return Map.of();
        }
        List<ResourceId> ids = reading.catalog().resources().stream()
                .filter(resource -> by.byBoth(resource, snapshot))
                .map(Resource::id)
                .toList();
        List<Question> questions =
                ids.stream().map(id -> of(asked, id).question()).toList();
        List<Verdict> verdicts = answering.judge(questions, by.before());
        Map<ResourceId, Judgement> judgements = new LinkedHashMap<>();
        for (int index = 0; index < ids.size(); index++) {
            judgements.put(ids.get(index), new Judgement(questions.get(index), verdicts.get(index)));
        }
        return judgements;
    }

    private NavigableMap<ResourceId, Judgement> judgements(
            Snapshot snapshot, CatalogReading reading, PolicyData data, Digest rules, Answering answering)
            throws Source.SourceException {
        Digest policies = data.digest();
        if (last.filter(known -> known.holds(reading, snapshot, data)).isPresent()
                && asked.values().stream().allMatch(each -> each.holds(rules, policies))) {
            return last.get().judgements();
        }
        Map<ResourceId, Asked> now = new LinkedHashMap<>();
        try {
            reading.catalog().resources().forEach(resource -> now.put(resource.id(), asked(resource, snapshot)));
        } catch (UncheckedIOException damaged) {
            throw CatalogLoader.damaged(snapshot, damaged);
        }
        List<ResourceId> open = now.entrySet().stream()
                .filter(each -> !each.getValue().holds(rules, policies))
                .map(Map.Entry::getKey)
                .toList();
        List<Verdict> answers =
                answering.judge(open.stream().map(id -> of(now, id).question()).toList(), data);
        for (int index = 0; index < open.size(); index++) {
            now.put(open.get(index), of(now, open.get(index)).answered(answers.get(index)));
        }
        asked = now;
        NavigableMap<ResourceId, Judgement> judged = new TreeMap<>();
        now.forEach((id, each) -> judged.put(id, each.judgement()));
        NavigableMap<ResourceId, Judgement> judgements = Collections.unmodifiableNavigableMap(judged);
        last = Optional.of(new Answered(reading, data, cards(reading, now), judgements));
        return judgements;
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
        Optional<String> blob = cardBlob(resource, snapshot);
        Asked former = asked.get(resource.id());
        if (former != null
                && former.settled()
                && former.spec().equals(resource.digest())
                && former.card().equals(blob)) {
            return former;
        }
        Optional<byte[]> card =
                path.flatMap(each -> CatalogLoader.lookup(snapshot).start(each, CardReader.MOST_BYTES + 1));
        Optional<ModelCard> read = card.map(bytes -> cardReader.read(path.orElseThrow(), bytes));
        Optional<SortedMap<String, VersionNumbers>> measured =
                read.map(each -> CardNumbers.of(resource.id().name(), each, ledger.get()));
        Map<String, Digest> refers = new TreeMap<>();
        refers.put("spec", resource.digest());
        card.map(Digest::of).ifPresent(digest -> refers.put("card", digest));
        Question question = Question.about(
                resource.id().toString(), new AdmissionEvidence(resource, read, measured), refers, Optional.empty());
        // Of a card that cannot be read now the next revision may know more, and of a version that is to come the
        // ledger.
        boolean settled = measured.stream()
                .flatMap(versions -> versions.values().stream())
                .noneMatch(VersionNumbers.NotRegistered.class::isInstance);
        return new Asked(
                resource.digest(), card.isPresent() ? blob : Optional.empty(), settled, question, Optional.empty());
    }

    /** The blob of the card that the spec names, where the revision has one. */
    static Optional<String> cardBlob(Resource resource, Snapshot snapshot) {
        return card(resource.spec())
                .flatMap(path -> Optional.ofNullable(snapshot.blobs().get(path)));
    }

    static Optional<String> card(Spec spec) {
        return spec instanceof ModelSpec model ? model.card() : Optional.empty();
    }
}
