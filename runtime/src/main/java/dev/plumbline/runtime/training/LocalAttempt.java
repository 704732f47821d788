package dev.plumbline.runtime.training;

import dev.plumbline.runtime.Trainer;
import dev.plumbline.runtime.TrainingOutcome;
import dev.plumbline.runtime.TrainingOutcome.Cancelled;
import dev.plumbline.runtime.TrainingOutcome.Failed;
import dev.plumbline.runtime.TrainingProgress;
import dev.plumbline.runtime.TrainingRequest;
import dev.plumbline.schemas.fault.StorageFailure;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs the process, and turns however that ends into an outcome. Thread-safe. */
final class LocalAttempt implements Trainer.Attempt, Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(LocalAttempt.class);

    private final TrainingProcess process;
    private final TrainingRequest request;
    private final Consumer<TrainingProgress> listener;
    private final CompletableFuture<TrainingOutcome> outcome = new CompletableFuture<>();

    private @Nullable Thread thread;
    private @Nullable String cancelled;

    LocalAttempt(TrainingProcess process, TrainingRequest request, Consumer<TrainingProgress> listener) {
        this.process = process;
        this.request = request;
        this.listener = listener;
    }

    @Override
    public CompletableFuture<TrainingOutcome> outcome() {
        return outcome;
    }

    @Override
    public synchronized void cancel(String reason) {
        if (cancelled == null) {
            cancelled = reason;
            if (thread != null) {
                thread.interrupt();
            }
        }
    }

    @Override
    public void run() {
        begin();
        TrainingOutcome ended;
        try {
            ended = process.run(request, listener);
        } catch (InterruptedException stopped) {
            ended = new Cancelled(reason());
        } catch (IOException failure) {
            ended = broken(failure);
        } catch (RuntimeException | Error bug) {
            LOG.error("an attempt to train broke model={}", request.modelName(), bug);
            ended = new Failed("Crashed", "Training broke on an error of Plumbline's own; its log says more.", false);
        }
        end();
        outcome.complete(ended);
    }

    /** An interrupt also breaks files and pipes that are in use. */
    private synchronized TrainingOutcome broken(IOException failure) {
        if (cancelled != null) {
            return new Cancelled(cancelled);
        }
        LOG.error("a training process could not be run model={}", request.modelName(), failure);
        Optional<StorageFailure> refused = StorageFailure.in(failure);
        if (refused.isPresent()) {
            return new Failed(
                    "TrainingStorage",
                    "The training process could not be run: " + refused.get().words() + ".",
                    false);
        }
        String kind = failure.getClass().getSimpleName();
        return new Failed(
                "Crashed",
                "The training process could not be started: " + kind + ". The control plane's log says more.",
                false);
    }

    private synchronized void begin() {
        thread = Thread.currentThread();
        if (cancelled != null) {
            thread.interrupt();
        }
    }

    /** After this, nobody interrupts the thread for this attempt any more. */
    private synchronized void end() {
        thread = null;
        if (cancelled != null) {
            Thread.interrupted();
        }
    }

    private synchronized String reason() {
        return cancelled == null ? "Plumbline was stopped." : cancelled;
    }
}
