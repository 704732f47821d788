package dev.plumbline.runtime;

import dev.plumbline.schemas.model.Algorithm;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/** Fits models. Thread-safe. */
public interface Trainer {
    /** Part of every run's id: raised only when the same inputs would give other bytes. */
    int format();

    /** Why this platform cannot run the algorithm; empty when it can. */
    Optional<String> lacks(Algorithm algorithm);

    /**
     * Starts one attempt and returns at once.
     *
     * @param listener told of progress, from any thread, in order
     */
    Attempt start(TrainingRequest request, Consumer<TrainingProgress> listener);

    /** A started attempt. */
    interface Attempt {
        /** Completes when the attempt has ended and left nothing running; never exceptionally. */
        CompletableFuture<TrainingOutcome> outcome();

        /** Asks it to stop; the outcome becomes {@link TrainingOutcome.Cancelled} unless it had ended. */
        void cancel(String reason);
    }
}
