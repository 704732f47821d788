package dev.plumbline.policy;

import dev.plumbline.schemas.json.Json;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What an engine answers to one input.
 *
 * @param findings in {@link Finding#ORDER}; at least one that denies unless the reason is {@link Reason#ALLOWED}
 * @param validUntil the earliest expiry that the rules read
 */
public record Decision(Reason reason, List<Finding> findings, Optional<Instant> validUntil) {
    public Decision {
        findings = findings.stream().sorted(Finding.ORDER).toList();
        boolean denied = findings.stream().anyMatch(finding -> finding.severity() == Finding.Severity.DENY);
        if (denied == (reason == Reason.ALLOWED)) {
            throw new IllegalArgumentException("a decision is allowed exactly when no finding denies, not " + reason);
        }
    }

    /** What the rules decided: allowed exactly when none of their findings denies. */
    public static Decision of(List<Finding> findings, Optional<Instant> validUntil) {
        boolean denied = findings.stream().anyMatch(finding -> finding.severity() == Finding.Severity.DENY);
        return new Decision(denied ? Reason.DENIED : Reason.ALLOWED, findings, validUntil);
    }

    /**
     * Denied because the rules gave no answer.
     *
     * @param message what happened, for people; never text that the engine took from an input
     */
    public static Decision inconclusive(Reason reason, String message) {
        if (reason.conclusive()) {
            throw new IllegalArgumentException("the rules answered: " + reason);
        }
        Finding finding = new Finding(
                "policy-" + reason.label(),
                List.of(),
                Finding.Severity.DENY,
                message,
                "",
                Optional.of("this is no judgement of the subject: it is judged again with the next attempt"),
                Json.object());
        return new Decision(reason, List.of(finding), Optional.empty());
    }
}
