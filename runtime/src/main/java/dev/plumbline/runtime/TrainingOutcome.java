package dev.plumbline.runtime;

import dev.plumbline.schemas.model.Digest;
import java.util.Optional;
import java.util.SortedMap;

/** How an attempt ended. */
public sealed interface TrainingOutcome {
    /**
     * A model was trained, exported, checked against its export and measured.
     *
     * @param artifact digest of the ONNX bytes in the artifact store
     * @param trainingRows digest of the sorted row hashes that it learnt from, in the artifact store
     * @param parity how far the exported graph is from the fitted model on the held-out rows
     * @param environment what the run ran on: Java, libraries, operating system, processor
     */
    record Succeeded(
            Digest artifact,
            long bytes,
            Digest trainingRows,
            Evaluation evaluation,
            Parity parity,
            SortedMap<String, String> environment)
            implements TrainingOutcome {
        /** The same with this fairness. */
        public Succeeded with(Fairness fairness) {
            return new Succeeded(
                    artifact, bytes, trainingRows, evaluation.with(Optional.of(fairness)), parity, environment);
        }
    }

    /**
     * It ended without a model.
     *
     * @param reason fixed code: {@code DataRejected}, {@code OutOfMemory}, {@code TimeLimit}, {@code ParityMismatch},
     *     {@code Crashed}, {@code TrainerError}, {@code ArtifactStore}, {@code TrainingStorage}
     * @param message what happened and what to do
     * @param permanent whether the same inputs would fail again, so that only a person's change helps
     */
    record Failed(String reason, String message, boolean permanent) implements TrainingOutcome {}

    /** It was asked to stop. */
    record Cancelled(String reason) implements TrainingOutcome {}

    /**
     * Agreement of the exported graph with the fitted model.
     *
     * @param labelsDiffering rows whose labels differ although their two best scores are not within 1e-5
     * @param largestDifference largest difference of a probability, or of a value relative to the larger of its size
     *     and the label's standard deviation
     */
    record Parity(long rows, long labelsDiffering, double largestDifference, boolean holds) {}
}
