package dev.plumbline.reconciler.ledger.audit;

import java.time.Instant;
import java.util.Optional;

/**
 * Who did what to which, when and why.
 *
 * @param actor a person or a program; {@code plumbline} for what the control plane did of itself
 * @param action fixed code: {@code admitted}, {@code denied}, {@code allowed}, {@code registered}, {@code promote},
 *     {@code rollback}, {@code holds}, or the reason of an event, such as {@code Live}
 * @param subject a resource, a version or a revision
 * @param why in words, such as the subject of a commit or what a denial says; may be empty
 * @param revision the commit that it was done at, or that was made
 * @param verdict the id of the answer that it rests on
 * @param evidence the digest of what that answer was made of, or of the artifact
 * @param record the commit of the ledger that holds it
 */
public record AuditEntry(
        Instant at,
        String actor,
        String action,
        String subject,
        String why,
        Optional<String> revision,
        Optional<String> verdict,
        Optional<String> evidence,
        String record) {
    /** The actor that is no person. */
    public static final String CONTROL_PLANE = "plumbline";
}
