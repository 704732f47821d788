package dev.plumbline.reconciler.ledger;

import dev.plumbline.runtime.RunId;
import dev.plumbline.schemas.model.ResourceId;
import dev.plumbline.schemas.model.Revision;
import dev.plumbline.schemas.model.VersionName;
import java.time.Instant;
import java.util.Optional;

/**
 * Something that happened to a resource.
 *
 * @param reason fixed code, such as {@code Promoted}
 * @param actor who did it; empty for the loop
 */
public record EventEntry(
        Instant at,
        ResourceId resource,
        String reason,
        String message,
        Optional<Revision> revision,
        Optional<VersionName> version,
        Optional<RunId> run,
        Optional<String> actor)
        implements Entry {}
