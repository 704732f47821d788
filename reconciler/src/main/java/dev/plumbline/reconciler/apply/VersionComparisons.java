package dev.plumbline.reconciler.apply;

import dev.plumbline.reconciler.catalog.PastSpecs;
import dev.plumbline.reconciler.ledger.VersionEntry;
import dev.plumbline.runtime.Comparison;
import dev.plumbline.runtime.Comparisons;
import dev.plumbline.runtime.DataFile;
import dev.plumbline.schemas.model.DatasetSpec;
import dev.plumbline.schemas.model.Digest;
import dev.plumbline.schemas.model.Metric;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Compares two registered versions on the rows that the candidate's own run held out, as its Dataset stood at the
 * candidate's revision. Each pair is compared once. Thread-safe.
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

    private Comparison make(Metric metric, VersionEntry candidate, VersionEntry serving)
            throws InterruptedException, DataFiles.Unavailable {
        DatasetSpec dataset = past.dataset(candidate.dataset(), candidate.revision())
                .orElseThrow(() -> new DataFiles.Unavailable(
                        "DataMissing",
                        "revision " + candidate.revision().shortened() + " no longer holds the Dataset "
                                + candidate.dataset() + " that " + candidate.version() + " was trained on",
                        true));
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
        try {
            return readings.call(() -> comparisons.compare(request));
        } catch (UncheckedIOException broken) {
            LOG.warn(
                    "versions could not be compared candidate={} serving={}",
                    candidate.version(),
                    serving.version(),
                    broken);
            throw new DataFiles.Unavailable(
                    "ArtifactStore",
                    candidate.version() + " could not be compared with " + serving.version()
                            + ": the store of artifacts cannot be read; it is tried again",
                    false);
        }
    }
}
