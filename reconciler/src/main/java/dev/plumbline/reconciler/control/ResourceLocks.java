package dev.plumbline.reconciler.control;

import dev.plumbline.schemas.model.ResourceId;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;

/** One at a time for each resource, whether the loop acts or a person does. Thread-safe. */
final class ResourceLocks {
    private final Map<ResourceId, ReentrantLock> locks = new ConcurrentHashMap<>();

    /** A held lock; closing it lets the next one in. */
    interface Held extends AutoCloseable {
        @Override
        void close();
    }

    Held lock(ResourceId id) throws InterruptedException {
        ReentrantLock lock = locks.computeIfAbsent(id, key -> new ReentrantLock());
        lock.lockInterruptibly();
        return lock::unlock;
    }
}
