package dev.plumbline.reconciler.apply;

import dev.plumbline.reconciler.catalog.PastSpecs;
import dev.plumbline.reconciler.ledger.RunEntry;
import dev.plumbline.reconciler.ledger.VersionEntry;
import dev.plumbline.runtime.Comparison;
import dev.plumbline.runtime.Comparisons;
import dev.plumbline.runtime.DataFile;
import dev.plumbline.runtime.Fairness;
import dev.plumbline.schemas.model.DatasetSpec;
import dev.plumbline.schemas.model.Digest;
import dev.plumbline.schemas.model.Metric;
import dev.plumbline.schemas.model.Revision;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Compares trained models on the rows that their own runs held out, as the Dataset stood at the run's revision: a candidate
 * with the version that serves, each pair once, and one model between groups. Thread-safe.
 */
public final class VersionComparisons {
    private static final Logger LOG = LoggerFactory.getLogger(VersionComparisons.class);

    private final Comparisons comparisons;
    private final PastSpecs past;
    private final DataFiles files;
    private final Readings readings;
    private final Map<Pair, Comparison> known = new ConcurrentHashMap<>();

    /** Comparisons through this port. */
    public VersionComparisons(Comparisons comparisons, PastSpecs past, DataFiles files, Readings readings) {
        this.comparisons = comparisons;
        this.past = past;
        this.files = files;
        this.readings = readings;
    }

    private record Pair(Metric metric, Digest candidate, Digest serving, Digest rows) {}

    /** How the candidate compares with the serving version. */
    Comparison compare(Metric metric, VersionEntry candidate, VersionEntry serving)
            throws InterruptedException, DataFiles.Unavailable {
        Pair pair = new Pair(
                metric, candidate.digest(), serving.digest(), candidate.inputs().dataset());
        Comparison made = known.get(pair);
        if (made == null) {
            made = make(metric, candidate, serving);
            if (lasting(made)) {
                known.put(pair, made);
            }
        }
        return made;
    }

    /** What is lost may come back. */
    private static boolean lasting(Comparison made) {
        return switch (made) {
            case Comparison.Measured _, Comparison.NotEnoughData _ -> true;
            case Comparison.ServingLost _, Comparison.CandidateLost _ -> false;
        };
    }

    /** How a trained model treats the groups of these columns; empty when its rows or its bytes can no longer be read. */
    Optional<Fairness> groups(RunEntry run, Digest artifact, List<String> sensitive)
            throws InterruptedException, DataFiles.Unavailable {
        String name = "run " + run.run().shortened();
        DatasetSpec dataset = dataset(run.dataset(), run.revision(), name);
        DataFile data = files.find(dataset.source(), run.revision());
        return stored(
                name + " could not be measured by group",
                () -> comparisons.groups(
                        new Comparisons.GroupsRequest(run.inputs(), sensitive, dataset, data, artifact)));
    }

    private Comparison make(Metric metric, VersionEntry candidate, VersionEntry serving)
            throws InterruptedException, DataFiles.Unavailable {
        DatasetSpec dataset = dataset(
                candidate.dataset(), candidate.revision(), candidate.version().toString());
        DataFile data = files.find(dataset.source(), candidate.revision());
        Comparisons.Request request = new Comparisons.Request(
                candidate.inputs().task(),
                metric,
                dataset,
                data,
                candidate.digest(),
                serving.digest(),
                serving.trainingRows(),
                candidate.inputs().seed());
        return stored(
                candidate.version() + " could not be compared with " + serving.version(),
                () -> comparisons.compare(request));
    }

    /** Native work on what the store holds. */
    private <T> T stored(String failed, Callable<T> work) throws InterruptedException, DataFiles.Unavailable {
        try {
            return readings.call(work);
        } catch (UncheckedIOException broken) {
            LOG.warn("stored artifacts could not be read what={}", failed, broken);
            throw new DataFiles.Unavailable(
                    "ArtifactStore", failed + ": the store of artifacts cannot be read; it is tried again", false);
        }
    }

    private DatasetSpec dataset(String name, Revision revision, String trained) throws DataFiles.Unavailable {
        return past.dataset(name, revision)
                .orElseThrow(() -> new DataFiles.Unavailable(
                        "DataMissing",
                        "revision " + revision.shortened() + " no longer holds the Dataset " + name + " that " + trained
                                + " was trained on",
                        true));
    }
}
