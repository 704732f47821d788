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
 * @param failures attempts that failed one after the other, as far as they count: what failed by the machine or a neighbour does
 *     not, and a change of what it is made from or a person's word begins anew
 * @param actor who cancelled it; empty when nobody did, or the loop
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
        Optional<Digest> verdict,
        int failures,
        Optional<String> actor)
        implements Entry {
    public RunEntry {
        // A clock that was set back in between gives no negative duration.
        Instant began = startedAt;
        finishedAt = finishedAt.map(end -> end.isBefore(began) ? began : end);
    }

    /** A run that never failed and that nobody cancelled. */
    public RunEntry(
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
            Optional<Digest> verdict) {
        this(
                run,
                model,
                training,
                dataset,
                attempt,
                status,
                inputs,
                rows,
                revision,
                specs,
                startedAt,
                finishedAt,
                reason,
                message,
                permanent,
                result,
                version,
                verdict,
                0,
                Optional.empty());
    }

    /** Whether an attempt runs or waits for its turn; one that was trained and waits for its registration does not. */
    public boolean underWay() {
        return switch (status) {
            case QUEUED, RUNNING -> finishedAt.isEmpty();
            case SUCCEEDED, FAILED, REFUSED, CANCELLED -> false;
        };
    }

    /**
     * The same once its attempt has ended.
     *
     * @param made the model that it trained, if it did
     */
    public RunEntry ended(
            RunStatus how,
            String why,
            String words,
            boolean forGood,
            Optional<TrainingOutcome.Succeeded> made,
            Instant at) {
        return copy(
                how,
                startedAt,
                Optional.of(at),
                Optional.of(why),
                Optional.of(words),
                forGood,
                made,
                how == RunStatus.FAILED ? failures + 1 : failures,
                actor);
    }

    /** The same once its attempt has begun. */
    public RunEntry begun(Instant at) {
        return copy(RunStatus.RUNNING, at, finishedAt, reason, message, permanent, result, failures, actor);
    }

    /** The same, cancelled by a person. */
    public RunEntry cancelledBy(String person, String why, String words, Instant at) {
        return copy(
                RunStatus.CANCELLED,
                startedAt,
                Optional.of(at),
                Optional.of(why),
                Optional.of(words),
                false,
                result,
                failures,
                Optional.of(person));
    }

    /** The same, to be tried or judged again as if it had never failed and nobody had refused or cancelled it. */
    public RunEntry forgiven() {
        RunStatus now = status == RunStatus.REFUSED ? RunStatus.RUNNING : status;
        return copy(now, startedAt, finishedAt, reason, message, false, result, 0, Optional.empty());
    }

    /** The same with another count of failures. */
    public RunEntry counting(int failed) {
        return copy(status, startedAt, finishedAt, reason, message, permanent, result, failed, actor);
    }

    /** The same, with more measured of the model that it gave. */
    public RunEntry measured(TrainingOutcome.Succeeded more) {
        return copy(status, startedAt, finishedAt, reason, message, permanent, Optional.of(more), failures, actor);
    }

    private RunEntry copy(
            RunStatus how,
            Instant began,
            Optional<Instant> at,
            Optional<String> why,
            Optional<String> words,
            boolean forGood,
            Optional<TrainingOutcome.Succeeded> made,
            int failed,
            Optional<String> by) {
        return new RunEntry(
                run, model, training, dataset, attempt, how, inputs, rows, revision, specs, began, at, why, words,
                forGood, made, version, verdict, failed, by);
    }

    /**
     * The same once the registration gate has judged it.
     *
     * @param under digests of the specs that it was judged under
     * @param words empty when there is nothing to say
     */
    public RunEntry judged(
            RunStatus how,
            String why,
            String words,
            SortedMap<ResourceId, Digest> under,
            Optional<VersionName> registered,
            Digest by) {
        return new RunEntry(
                run,
                model,
                training,
                dataset,
                attempt,
                how,
                inputs,
                rows,
                revision,
                under,
                startedAt,
                finishedAt,
                Optional.of(why),
                Optional.of(words).filter(each -> !each.isEmpty()),
                false,
                result,
                registered.or(() -> version),
                Optional.of(by));
    }
}
