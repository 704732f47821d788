package dev.plumbline.reconciler.property;

import java.util.random.RandomGenerator;

/** Keeps what was submitted until a test runs it, one at a time and in an order that follows from a seed. */
final class ManualThreads extends ManualExecutor<Runnable> {
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
        if (!isShutdown()) {
            waiting.add(work);
        }
    }
}
