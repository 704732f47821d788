package dev.plumbline.reconciler.property;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Keeps what was submitted until a test runs it; once it is shut down it keeps nothing. Guarded by itself.
 *
 * @param <W> what waits
 */
abstract class ManualExecutor<W> extends AbstractExecutorService {
    final List<W> waiting = new ArrayList<>();
    private boolean closed;

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
