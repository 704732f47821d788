package dev.plumbline.policy;

import dev.plumbline.schemas.model.Digest;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The recorded answer of a gate.
 *
 * @param id digest of what was judged: gate, subject, what it refers to, policy, evidence and model
 * @param policy digest of the rules that judged
 * @param judged digests of what the question referred to, and of the evidence under {@value #EVIDENCE}
 * @param validUntil the earliest expiry that was read
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
        Optional<Instant> validUntil) {
    /** The name under which {@link #judged} holds the digest of the evidence. */
    public static final String EVIDENCE = "evidence";

    public Verdict {
        if (allowed != (reason == Reason.ALLOWED)) {
            throw new IllegalArgumentException(
                    "a verdict is allowed exactly when its reason says so: " + allowed + ", " + reason.label());
        }
        findings = List.copyOf(findings);
        judged = Collections.unmodifiableSortedMap(new TreeMap<>(judged));
    }

    /** What it warns of, with the rules that do, for people. */
    public List<String> warnings() {
        return findings.stream()
                .filter(finding -> finding.severity() == Finding.Severity.WARN)
                .map(finding -> finding.message() + " [" + finding.id() + "]")
                .toList();
    }
}
