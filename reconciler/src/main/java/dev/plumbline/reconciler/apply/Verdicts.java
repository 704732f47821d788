package dev.plumbline.reconciler.apply;

import dev.plumbline.policy.Circumstances;
import dev.plumbline.policy.Judge;
import dev.plumbline.policy.Judgement;
import dev.plumbline.policy.PolicyEngine;
import dev.plumbline.policy.Question;
import dev.plumbline.policy.Verdict;
import dev.plumbline.reconciler.catalog.PoliciesInForce;
import dev.plumbline.reconciler.ledger.Entry;
import dev.plumbline.reconciler.ledger.EvidenceEntry;
import dev.plumbline.reconciler.ledger.Ledger;
import dev.plumbline.reconciler.ledger.LedgerView;
import dev.plumbline.reconciler.ledger.Transition;
import dev.plumbline.reconciler.ledger.VerdictEntry;
import dev.plumbline.schemas.json.Json;
import dev.plumbline.schemas.model.Digest;
import dev.plumbline.schemas.model.ResourceId;
import dev.plumbline.schemas.model.VersionName;
import dev.plumbline.schemas.policies.PolicyData;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import tools.jackson.databind.node.ObjectNode;

/** Asks the gates and keeps their answers: what the ledger holds is not judged again. Thread-safe. */
public final class Verdicts {
    private final Ledger ledger;
    private final Clock clock;
    private final Judge judge;
    private final Supplier<PoliciesInForce> inForce;

    /**
     * Verdicts by this engine, kept in this ledger.
     *
     * @param inForce what the organisation adds to the rules, as it was admitted last
     */
    public Verdicts(PolicyEngine engine, Ledger ledger, Clock clock, Supplier<PoliciesInForce> inForce) {
        this.ledger = ledger;
        this.clock = clock;
        this.inForce = inForce;
        this.judge = new Judge(engine, this::valid);
    }

    /** The digest of the rules that it goes by now. */
    public Digest policy() {
        return judge.policy();
    }

    /** The verdicts on these questions under this data, in their order. Nothing is recorded: see {@link #entries}. */
    public List<Verdict> judge(List<Question> questions, PolicyData data) {
        return judge.judge(questions, Circumstances.of(data, clock.instant()));
    }

    /**
     * The verdict on one question, recorded before it is returned if the rules themselves answered.
     *
     * @throws Ledger.LedgerException when it could not be recorded; then nothing may rely on it
     */
    public Verdict decide(Question question) throws Ledger.LedgerException, InterruptedException {
        return decide(question, inForce.get().data());
    }

    /**
     * A verdict, and what held before if that denied.
     *
     * @param former empty: the data that holds from now on decided
     */
    record Decided(Verdict verdict, Optional<PoliciesInForce.Former> former) {
        /** What it says, for people. */
        String explanation() {
            String said = verdict.explanation();
            return former.map(before -> before.explained(said)).orElse(said);
        }
    }

    /**
     * The same of a question about these specs: where one of them was changed together with the policies, what held before must
     * allow it, too.
     */
    Decided decide(Question question, Collection<ResourceId> about)
            throws Ledger.LedgerException, InterruptedException {
        PoliciesInForce policies = inForce.get();
        Optional<PoliciesInForce.Former> former = policies.former(about);
        if (former.isPresent()) {
            Verdict before = decide(question, former.get().data());
            if (!before.allowed()) {
                return new Decided(before, former);
            }
        }
        return new Decided(decide(question, policies.data()), Optional.empty());
    }

    private Verdict decide(Question question, PolicyData data) throws Ledger.LedgerException, InterruptedException {
        Verdict verdict = judge(List.of(question), data).getFirst();
        List<Entry> entries = entries(List.of(new Judgement(question, verdict)), data);
        if (!entries.isEmpty()) {
            ledger.record(new Transition(
                    verdict.gate().label() + " " + verdict.subject() + ": "
                            + verdict.reason().label(),
                    entries));
        }
        return verdict;
    }

    /**
     * What is to be recorded of these judgements, so that each can be made again: the verdicts that the rules themselves
     * gave and the ledger does not hold, and what the rules saw.
     *
     * @param data under all of which the questions were judged
     */
    public List<Entry> entries(List<Judgement> judgements, PolicyData... data) {
        LedgerView view = ledger.view();
        Instant now = clock.instant();
        List<Entry> entries = new ArrayList<>();
        for (Judgement judgement : judgements) {
            Verdict verdict = judgement.verdict();
            if (verdict.reason().conclusive() && !recorded(view, verdict)) {
                entries.add(new VerdictEntry(verdict.id(), now, (ObjectNode) Json.tree(verdict)));
                // Its digest is known: thousands are recorded at once when a repository is new.
                entries.add(new EvidenceEntry(
                        Objects.requireNonNull(verdict.judged().get(Verdict.EVIDENCE)),
                        judgement.question().input()));
            }
        }
        if (!entries.isEmpty()) {
            Stream.of(data)
                    .distinct()
                    .map(PolicyData::toInput)
                    .map(EvidenceEntry::of)
                    .forEach(entries::add);
        }
        return entries;
    }

    /** Whether the organisation took the version off for good, as far as is known by what was admitted last. */
    boolean revoked(VersionName version) {
        return inForce.get().data().revoked(version).isPresent();
    }

    /** The recorded verdict of this id, also when it has expired. */
    public Optional<Verdict> recorded(Digest id) {
        return ledger.view().verdict(id).map(Verdicts::read);
    }

    /** One that was given at another moment is another one, which is what comes after an exception has ended. */
    private static boolean recorded(LedgerView view, Verdict verdict) {
        return view.verdict(verdict.id())
                .filter(entry -> entry.verdict()
                        .path("time")
                        .asString("")
                        .equals(verdict.time().map(Instant::toString).orElse("")))
                .isPresent();
    }

    private static Verdict read(VerdictEntry entry) {
        return Json.convert(entry.verdict(), Verdict.class);
    }

    /** What an allowance warns of, as words to follow what was done; empty when it warns of nothing. */
    static String warnings(Verdict verdict) {
        List<String> warnings = verdict.warnings();
        return warnings.isEmpty() ? "" : "; warning: " + String.join("; ", warnings);
    }

    private Optional<Verdict> valid(Digest id) {
        return recorded(id).filter(verdict -> verdict.validAt(clock.instant()));
    }
}
