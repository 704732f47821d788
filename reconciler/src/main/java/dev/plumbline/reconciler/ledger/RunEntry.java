package dev.plumbline.reconciler.ledger;

import dev.plumbline.runtime.RunId;
import dev.plumbline.runtime.RunInputs;
import dev.plumbline.runtime.TrainingOutcome;
import dev.plumbline.schemas.model.Digest;
import dev.plumbline.schemas.model.ResourceId;
import dev.plumbline.schemas.model.Revision;
import dev.plumbline.schemas.model.VersionName;
import java.time.Instant;
import java.util.Optional;
import java.util.SortedMap;

/**
 * One training run, at its latest attempt.
 *
 * @param training name of the Training spec that asked for it
 * @param rows of the dataset
 * @param revision the revision at which it was asked for
 * @param specs digests of the specs that it was made from
 * @param permanent for a failed run: whether the same inputs would fail again
 * @param result for a run that trained a model, allowed or refused
 * @param version for a succeeded run
 * @param verdict the registration verdict
 */
public record RunEntry(
        RunId run,
        String model,
        String training,
        String dataset,
        int attempt,
        RunStatus status,
        RunInputs inputs,
        long rows,
        Revision revision,
        SortedMap<ResourceId, Digest> specs,
        Instant startedAt,
        Optional<Instant> finishedAt,
        Optional<String> reason,
        Optional<String> message,
        boolean permanent,
        Optional<TrainingOutcome.Succeeded> result,
        Optional<VersionName> version,
        Optional<Digest> verdict)
        implements Entry {}
