package dev.plumbline.runtime;

import dev.plumbline.schemas.model.DatasetSpec;
import dev.plumbline.schemas.model.Digest;
import dev.plumbline.schemas.model.Metric;
import dev.plumbline.schemas.model.Task;
import java.util.List;
import java.util.Optional;

/** Compares trained models on held-out rows: two with each other, and one between groups. Blocking, interruptible, thread-safe. */
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

    /**
     * Compares how one model treats the groups of sensitive columns, on the rows that its own run held out: what its training
     * would have measured had those columns been sensitive then.
     *
     * @return empty when no column is sensitive, when the rows cannot be read or are no longer those of the run, or when the
     *     model is not stored whole
     * @throws java.io.UncheckedIOException when the store of artifacts cannot be read
     */
    Optional<Fairness> groups(GroupsRequest request) throws InterruptedException;

    /**
     * What to compare the groups of.
     *
     * @param run the inputs of the model's run
     * @param dataset as it was when the run was trained
     */
    record GroupsRequest(RunInputs run, List<String> sensitive, DatasetSpec dataset, DataFile data, Digest artifact) {
        public GroupsRequest {
            sensitive = List.copyOf(sensitive);
        }
    }
}
