package dev.plumbline.reconciler.apply;

import dev.plumbline.reconciler.queue.TrainingQueue;
import dev.plumbline.runtime.RunId;
import dev.plumbline.runtime.Trainer;
import dev.plumbline.runtime.TrainingOutcome;
import dev.plumbline.runtime.TrainingProgress;
import dev.plumbline.runtime.TrainingRequest;
import dev.plumbline.schemas.model.ResourceId;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * The attempts of this process, at most one a Training. How one ended is kept until it is taken, so that a failure to
 * record it loses nothing. Thread-safe.
 */
public final class Attempts {
    private final Trainer trainer;
    private final Consumer<ResourceId> wake;
    private final BiConsumer<ResourceId, TrainingProgress> progress;
    private final TrainingQueue queue;
    private final Map<ResourceId, Running> running = new ConcurrentHashMap<>();
    private final Set<RunId> claimed = new HashSet<>();
    private boolean stopping;

    /**
     * Attempts of this trainer.
     *
     * @param wake asks for a look at a Training whose attempt has ended
     * @param progress told how far an attempt is
     * @param queue told when an attempt has ended
     */
    public Attempts(
            Trainer trainer,
            Consumer<ResourceId> wake,
            BiConsumer<ResourceId, TrainingProgress> progress,
            TrainingQueue queue) {
        this.trainer = trainer;
        this.wake = wake;
        this.progress = progress;
        this.queue = queue;
    }

    private record Running(RunId run, Trainer.Attempt attempt) {}

    /** How an attempt ended. */
    public record Ended(RunId run, TrainingOutcome outcome) {}

    /**
     * Asks to start an attempt at a run, whoever asks for it: there is one at most.
     *
     * @return whether it may be started; then the claim is to be released once it is
     */
    synchronized boolean claim(RunId run) {
        return !running().containsValue(run) && claimed.add(run);
    }

    /** Ends a claim. */
    synchronized void release(RunId run) {
        claimed.remove(run);
    }

    /**
     * Starts an attempt, unless all were asked to stop; the Training must have none, and room in the queue, which ends with
     * the attempt.
     */
    synchronized void start(ResourceId training, TrainingRequest request) {
        RunId run = request.inputs().id();
        if (stopping) {
            queue.end(training, run, request.attempt());
            return;
        }
        Trainer.Attempt attempt = trainer.start(request, each -> progress.accept(training, each));
        running.put(training, new Running(run, attempt));
        var _ = attempt.outcome().thenRun(() -> {
            queue.end(training, run, request.attempt());
            wake.accept(training);
        });
    }

    /** The attempts that have not been taken yet, ended or not. */
    public Map<ResourceId, RunId> running() {
        return running.entrySet().stream()
                .collect(Collectors.toUnmodifiableMap(
                        Map.Entry::getKey, each -> each.getValue().run()));
    }

    /** How the Training's attempt ended, while it has and nobody took it. */
    public Optional<Ended> ended(ResourceId training) {
        return Optional.ofNullable(running.get(training))
                .filter(each -> each.attempt().outcome().isDone())
                .map(each -> new Ended(each.run(), each.attempt().outcome().join()));
    }

    /** Forgets an ended attempt, once it is recorded. */
    public void take(ResourceId training) {
        running.remove(training);
    }

    /** Asks the Training's attempt to stop, and returns when nothing of it runs any more. */
    void cancel(ResourceId training, String reason) {
        Running attempt = running.get(training);
        if (attempt != null) {
            attempt.attempt().cancel(reason);
            attempt.attempt().outcome().join();
        }
    }

    /** Asks every attempt to stop, and returns when nothing runs any more; nothing can be started after. */
    public void cancelAll(String reason) {
        synchronized (this) {
            stopping = true;
        }
        running.values().forEach(each -> each.attempt().cancel(reason));
        running.values().forEach(each -> each.attempt().outcome().join());
    }
}
