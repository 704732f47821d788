package dev.plumbline.reconciler.ledger;

import dev.plumbline.schemas.json.Json;
import dev.plumbline.schemas.model.Digest;
import tools.jackson.databind.node.ObjectNode;

/**
 * What the rules saw of a question, under its digest, so that the question can be asked again. It is written and never held
 * in memory: see {@link VerdictArchive}.
 */
public record EvidenceEntry(Digest digest, ObjectNode evidence) implements Entry {
    /** Under its own digest. */
    public static EvidenceEntry of(ObjectNode evidence) {
        return new EvidenceEntry(Json.digest(evidence), evidence);
    }
}
