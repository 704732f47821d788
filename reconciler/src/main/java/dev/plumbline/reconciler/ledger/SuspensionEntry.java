package dev.plumbline.reconciler.ledger;

import dev.plumbline.schemas.model.ResourceId;
import java.time.Instant;
import java.util.Optional;

/**
 * A person's word that nothing is done for now about one resource, or about all of them.
 *
 * @param resource empty: about all of them
 * @param actor whose word it is
 * @param until when it ends by itself; empty: when somebody lifts it
 * @param lifted whether it is over; recording it so takes it out of the head, and history keeps it
 */
public record SuspensionEntry(
        Optional<ResourceId> resource,
        String actor,
        String reason,
        Instant since,
        Optional<Instant> until,
        boolean lifted)
        implements Entry {
    /** The same, over. */
    public SuspensionEntry over() {
        return new SuspensionEntry(resource, actor, reason, since, until, true);
    }

    /** What it is kept by: the resource, or {@code all}. */
    public String key() {
        return key(resource);
    }

    public static String key(Optional<ResourceId> resource) {
        return resource.map(ResourceId::toString).orElse("all");
    }
}
