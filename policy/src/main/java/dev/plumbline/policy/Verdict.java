package dev.plumbline.policy;

import dev.plumbline.schemas.model.Digest;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The recorded answer of a gate.
 *
 * @param id digest of what was judged: gate, subject, what it refers to, policy, evidence and model
 * @param policy digest of the rules that judged
 * @param judged digests of what the question referred to, and of the evidence under {@value #EVIDENCE}
 * @param validUntil the earliest expiry that was read
 * @param time the moment that the rules took for now; empty in a record of an earlier form. It is part of no id: the
 *     answer is the same at any moment until {@code validUntil}
 */
public record Verdict(
        Digest id,
        Gate gate,
        String subject,
        boolean allowed,
        Reason reason,
        List<Finding> findings,
        Digest policy,
        SortedMap<String, Digest> judged,
        Optional<Digest> model,
        Optional<Instant> validUntil,
        Optional<Instant> time) {
    /** The name under which {@link #judged} holds the digest of the evidence. */
    public static final String EVIDENCE = "evidence";

    /** The name under which {@link #judged} holds the digest of what the organisation adds to the rules. */
    public static final String POLICIES = "policies";

    public Verdict {
        if (allowed != (reason == Reason.ALLOWED)) {
            throw new IllegalArgumentException(
                    "a verdict is allowed exactly when its reason says so: " + allowed + ", " + reason.label());
        }
        findings = List.copyOf(findings);
        judged = Collections.unmodifiableSortedMap(new TreeMap<>(judged));
    }

    /** Whether it still holds at this moment. */
    public boolean validAt(Instant now) {
        return validUntil.filter(until -> !now.isBefore(until)).isEmpty();
    }

    /** What a denial says, one finding after the other, for people; of an allowance what it warns of. */
    public String explanation() {
        return findings.stream()
                .filter(finding -> allowed || finding.severity() == Finding.Severity.DENY)
                .map(finding -> finding.message()
                        + finding.remediation().map(text -> " (" + text + ")").orElse("") + " [" + finding.id() + "]")
                .collect(Collectors.joining("; "));
    }

    /** What it warns of, with the rules that do, for people. */
    public List<String> warnings() {
        return findings.stream()
                .filter(finding -> finding.severity() == Finding.Severity.WARN)
                .map(finding -> finding.message() + " [" + finding.id() + "]")
                .toList();
    }
}
