package dev.plumbline.runtime.training;

import dev.plumbline.runtime.Trainer;
import dev.plumbline.runtime.TrainingProgress;
import dev.plumbline.runtime.TrainingRequest;
import dev.plumbline.runtime.process.ChildJvm;
import dev.plumbline.runtime.training.job.TrainingMain;
import dev.plumbline.schemas.model.Algorithm;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.function.Consumer;

/**
 * Trains on this machine, each attempt in a JVM of its own with limits of memory and time, and at once: when an attempt may
 * start is for the caller to say. No such process outlives this one, however it ends.
 */
public final class LocalTrainer implements Trainer, AutoCloseable {
    /** Part of every run's id: raised only when the same inputs would give other bytes. */
    public static final int FORMAT = 1;

    private static final String STOPPED = "Plumbline was stopped.";

    private final TrainingProcess process;
    private final Platform platform;
    private final ExecutorService executor;
    private final Set<LocalAttempt> running = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    /**
     * A trainer.
     *
     * @param artifacts folder of the artifact store that models are put into
     * @param scratch folder for temporary files of this trainer alone: what a former one left there is removed
     * @param executor runs what waits for processes: two tasks for each attempt
     */
    public LocalTrainer(Path artifacts, Path scratch, ExecutorService executor) {
        this(ChildJvm.of(TrainingMain.class), artifacts, scratch, Platform.here(), executor);
    }

    LocalTrainer(ChildJvm java, Path artifacts, Path scratch, Platform platform, ExecutorService executor) {
        Scratch.delete(scratch);
        this.process = new TrainingProcess(java, artifacts, scratch, executor);
        this.platform = platform;
        this.executor = executor;
    }

    @Override
    public int format() {
        return FORMAT;
    }

    @Override
    public Optional<String> lacks(Algorithm algorithm) {
        return platform.lacks(algorithm);
    }

    @Override
    public Attempt start(TrainingRequest request, Consumer<TrainingProgress> listener) {
        LocalAttempt attempt = new LocalAttempt(process, request, listener);
        running.add(attempt);
        if (closed) {
            attempt.cancel(STOPPED);
        }
        executor.execute(() -> {
            attempt.run();
            running.remove(attempt);
        });
        return attempt;
    }

    /** Ends every attempt, and returns when nothing of them runs any more. */
    @Override
    public void close() {
        closed = true;
        for (LocalAttempt attempt : running) {
            attempt.cancel(STOPPED);
        }
        for (LocalAttempt attempt : running) {
            attempt.outcome().join();
        }
    }
}
