package dev.plumbline.reconciler.apply;

import dev.plumbline.policy.Finding;
import dev.plumbline.policy.Judge;
import dev.plumbline.policy.PolicyEngine;
import dev.plumbline.policy.Question;
import dev.plumbline.policy.Verdict;
import dev.plumbline.reconciler.ledger.Ledger;
import dev.plumbline.reconciler.ledger.LedgerView;
import dev.plumbline.reconciler.ledger.Transition;
import dev.plumbline.reconciler.ledger.VerdictEntry;
import dev.plumbline.schemas.json.Json;
import dev.plumbline.schemas.model.Digest;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import tools.jackson.databind.node.ObjectNode;

/** Asks the gates and keeps their answers: what the ledger holds is not judged again. Thread-safe. */
public final class Verdicts {
    private final Ledger ledger;
    private final Clock clock;
    private final Judge judge;

    /** Verdicts by this engine, kept in this ledger. */
    public Verdicts(PolicyEngine engine, Ledger ledger, Clock clock) {
        this.ledger = ledger;
        this.clock = clock;
        this.judge = new Judge(engine, this::valid);
    }

    /** The digest of the rules that it goes by now. */
    public Digest policy() {
        return judge.policy();
    }

    /** The verdicts on these questions, in their order. Nothing is recorded: see {@link #entries}. */
    public List<Verdict> judge(List<Question> questions) {
        return judge.judge(questions);
    }

    /**
     * The verdict on one question, recorded before it is returned if the rules themselves answered.
     *
     * @throws Ledger.LedgerException when it could not be recorded; then nothing may rely on it
     */
    public Verdict decide(Question question) throws Ledger.LedgerException, InterruptedException {
        Verdict verdict = judge.judge(question);
        List<VerdictEntry> entries = entries(List.of(verdict));
        if (!entries.isEmpty()) {
            ledger.record(new Transition(
                    verdict.gate().label() + " " + verdict.subject() + ": "
                            + verdict.reason().label(),
                    List.copyOf(entries)));
        }
        return verdict;
    }

    /** What is to be recorded of these verdicts: those that the rules themselves gave and the ledger does not hold. */
    public List<VerdictEntry> entries(List<Verdict> verdicts) {
        LedgerView view = ledger.view();
        Instant now = clock.instant();
        return verdicts.stream()
                .filter(verdict -> verdict.reason().conclusive())
                .filter(verdict -> view.verdict(verdict.id()).isEmpty())
                .map(verdict -> new VerdictEntry(verdict.id(), now, (ObjectNode) Json.tree(verdict)))
                .toList();
    }

    /** The recorded verdict of this id, also when it has expired. */
    public Optional<Verdict> recorded(Digest id) {
        return ledger.view().verdict(id).map(entry -> Json.convert(entry.verdict(), Verdict.class));
    }

    /** What a denial says, one finding after the other, for people. */
    public static String explain(Verdict verdict) {
        return verdict.findings().stream()
                .filter(finding -> verdict.allowed() || finding.severity() == Finding.Severity.DENY)
                .map(finding -> finding.message()
                        + finding.remediation().map(text -> " (" + text + ")").orElse("") + " [" + finding.id() + "]")
                .collect(Collectors.joining("; "));
    }

    /** What an allowance warns of, as words to follow what was done; empty when it warns of nothing. */
    static String warnings(Verdict verdict) {
        List<String> warnings = verdict.warnings();
        return warnings.isEmpty() ? "" : "; warning: " + String.join("; ", warnings);
    }

    private Optional<Verdict> valid(Digest id) {
        return recorded(id)
                .filter(verdict -> verdict.validUntil()
                        .filter(until -> !clock.instant().isBefore(until))
                        .isEmpty());
    }
}
