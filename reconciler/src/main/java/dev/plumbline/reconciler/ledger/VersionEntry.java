package dev.plumbline.reconciler.ledger;

import dev.plumbline.runtime.Evaluation;
import dev.plumbline.runtime.RunId;
import dev.plumbline.runtime.RunInputs;
import dev.plumbline.schemas.model.Digest;
import dev.plumbline.schemas.model.ResourceId;
import dev.plumbline.schemas.model.Revision;
import dev.plumbline.schemas.model.VersionName;
import java.time.Instant;
import java.util.SortedMap;

/**
 * A registered version. Never changes once recorded.
 *
 * @param digest of the artifact
 * @param trainingRows digest of the row hashes that it learnt from
 * @param rows of the dataset
 * @param verdict the registration verdict that allowed it
 * @param specs digests of the specs that it was made from
 */
public record VersionEntry(
        VersionName version,
        Digest digest,
        RunId run,
        Instant createdAt,
        RunInputs inputs,
        String dataset,
        long rows,
        Digest trainingRows,
        Evaluation evaluation,
        Digest verdict,
        Revision revision,
        SortedMap<ResourceId, Digest> specs,
        SortedMap<String, String> environment)
        implements Entry {}
