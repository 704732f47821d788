package dev.plumbline.runtime;

import dev.plumbline.schemas.model.DatasetSpec;
import dev.plumbline.schemas.model.Digest;
import dev.plumbline.schemas.model.Metric;
import dev.plumbline.schemas.model.Task;

/** Compares two models on the same rows. Blocking, interruptible, thread-safe. */
public interface Comparisons {
    /**
     * Compares on the candidate's held-out rows, without those that the serving version learnt from.
     *
     * @throws java.io.UncheckedIOException when the store of artifacts cannot be read
     */
    Comparison compare(Request request) throws InterruptedException;

    /**
     * What to compare.
     *
     * @param dataset the candidate's
     * @param servingTrainingRows digest of the row hashes that the serving version learnt from
     */
    record Request(
            Task task,
            Metric metric,
            DatasetSpec dataset,
            DataFile data,
            Digest candidate,
            Digest serving,
            Digest servingTrainingRows,
            long seed) {}
}
