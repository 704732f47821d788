package dev.plumbline.reconciler.control;

import dev.plumbline.schemas.model.ResourceId;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Runs the worker for each resource that was added, one run a resource at a time: what is added while its resource runs
 * collapses into one more run. Thread-safe.
 */
final class WorkQueue implements AutoCloseable {
    /** Looks at one resource. */
    interface Worker {
        /** Returns after how long to look again; empty: only when something is added. */
        Optional<Duration> run(ResourceId id) throws InterruptedException;
    }

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Worker worker;
    private final ExecutorService threads;
    private final ScheduledExecutorService timer;
    private final Semaphore parallel;
    private final Map<ResourceId, Slot> slots = new HashMap<>();
    private boolean closed;
    private int running;
    private int depth;

    WorkQueue(Worker worker, ExecutorService threads, ScheduledExecutorService timer, int parallel) {
        this.worker = worker;
        this.threads = threads;
        this.timer = timer;
        this.parallel = new Semaphore(parallel);
    }

    private static final class Slot {
        boolean active;
        boolean again;
        Optional<ScheduledFuture<?>> later = Optional.empty();
        Optional<Future<?>> run = Optional.empty();
    }

    /** Asks for a look at a resource, soon. */
    synchronized void add(ResourceId id) {
        if (closed) {
            return;
        }
        Slot slot = slots.computeIfAbsent(id, key -> new Slot());
        slot.later.ifPresent(each -> each.cancel(false));
        slot.later = Optional.empty();
        if (slot.active) {
            slot.again = true;
        } else {
            slot.active = true;
            depth++;
            start(id, slot);
        }
    }

    /** How many resources run or wait for a turn. */
    synchronized int depth() {
        return depth;
    }

    private void start(ResourceId id, Slot slot) {
        slot.run = Optional.of(threads.submit(() -> run(id)));
    }

    private void run(ResourceId id) {
        Optional<Duration> lookAgain = Optional.empty();
        begun();
        try {
            parallel.acquire();
            try {
                lookAgain = worker.run(id);
            } finally {
                parallel.release();
            }
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        } finally {
            ended(id, lookAgain);
        }
    }

    private synchronized void begun() {
        running++;
    }

    private synchronized void ended(ResourceId id, Optional<Duration> lookAgain) {
        running--;
        notifyAll();
        Slot slot = slots.get(id);
        if (slot == null || closed) {
            return;
        }
        if (slot.again) {
            slot.again = false;
            start(id, slot);
            return;
        }
        slot.active = false;
        depth--;
        slot.run = Optional.empty();
        if (lookAgain.isPresent()) {
            slot.later = schedule(id, lookAgain.get());
        } else {
            slots.remove(id);
        }
    }

    private Optional<ScheduledFuture<?>> schedule(ResourceId id, Duration delay) {
        try {
            return Optional.of(timer.schedule(() -> add(id), delay.toMillis(), TimeUnit.MILLISECONDS));
        } catch (RejectedExecutionException closing) {
            return Optional.empty();
        }
    }

    /** Starts nothing more and interrupts what runs; returns when it has ended, or after a while. */
    @Override
    public synchronized void close() {
        closed = true;
        for (Slot slot : slots.values()) {
            slot.later.ifPresent(each -> each.cancel(false));
            slot.run.ifPresent(each -> each.cancel(true));
        }
        try {
            long until = System.nanoTime() + PATIENCE.toNanos();
            long left = PATIENCE.toMillis();
            while (running > 0 && left > 0) {
                wait(left);
                left = TimeUnit.NANOSECONDS.toMillis(until - System.nanoTime());
            }
        } catch (InterruptedException hurry) {
            Thread.currentThread().interrupt();
        }
    }
}
