package dev.plumbline.runtime.serving.http;

import java.util.concurrent.atomic.AtomicLong;

/** The memory that request bodies may take together. Thread-safe. */
final class BodyBudget {
    private final long most;
    private final AtomicLong used = new AtomicLong();

    BodyBudget(long most) {
        this.most = most;
    }

    /** Takes some, or takes nothing and answers false. */
    boolean take(long bytes) {
        if (used.addAndGet(bytes) > most) {
            used.addAndGet(-bytes);
            return false;
        }
        return true;
    }

    void giveBack(long bytes) {
        if (bytes > 0) {
            used.addAndGet(-bytes);
        }
    }
}
