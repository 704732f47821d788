package dev.plumbline.reconciler.apply;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;

/** Calls about one endpoint are made one at a time, whichever resource asks for them. Thread-safe. */
final class EndpointLocks {
    private final Map<String, ReentrantLock> locks = new ConcurrentHashMap<>();

    /** Work that can be interrupted. */
    interface Work<T> {
        T run() throws InterruptedException;
    }

    <T> T locked(String serving, Work<T> work) throws InterruptedException {
        ReentrantLock lock = locks.computeIfAbsent(serving, name -> new ReentrantLock());
        lock.lockInterruptibly();
        try {
            return work.run();
        } finally {
            lock.unlock();
        }
    }
}
