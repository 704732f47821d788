package dev.plumbline.reconciler.property;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;

/** Keeps what was submitted until a test runs it, one at a time and in an order that follows from a seed. */
final class ManualThreads extends AbstractExecutorService {
    private final List<Runnable> waiting = new ArrayList<>();
    private boolean closed;

    synchronized int size() {
        return waiting.size();
    }

    /** Runs one of those that wait, in the caller's thread. */
    void runOne(RandomGenerator random) {
        Runnable next;
        synchronized (this) {
            next = waiting.remove(random.nextInt(waiting.size()));
        }
        next.run();
    }

    @Override
    public synchronized void execute(Runnable work) {
        if (!closed) {
            waiting.add(work);
        }
    }

    @Override
    public synchronized void shutdown() {
        closed = true;
        waiting.clear();
    }

    @Override
    public List<Runnable> shutdownNow() {
        shutdown();
        return List.of();
    }

    @Override
    public synchronized boolean isShutdown() {
        return closed;
    }

    @Override
    public synchronized boolean isTerminated() {
        return closed;
    }

    @Override
    public synchronized boolean awaitTermination(long timeout, TimeUnit unit) {
        return closed;
    }
}
