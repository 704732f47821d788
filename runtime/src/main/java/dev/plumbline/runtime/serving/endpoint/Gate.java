package dev.plumbline.runtime.serving.endpoint;

import java.util.concurrent.atomic.AtomicInteger;

/** Counts the requests of one endpoint that wait for a worker, so that there are never more than may. Thread-safe. */
public final class Gate {
    private final int workers;
    private final AtomicInteger inside = new AtomicInteger();

    /** A gate for so many workers. */
    public Gate(int workers) {
        this.workers = workers;
    }

    /**
     * Lets one in, unless the workers are busy with this endpoint's requests and as many as may are waiting.
     *
     * @param mostWaiting how many may wait
     */
    public boolean enter(int mostWaiting) {
        if (inside.incrementAndGet() > (long) workers + mostWaiting) {
            inside.decrementAndGet();
            return false;
        }
        return true;
    }

    /** One that was let in is done. */
    public void leave() {
        inside.decrementAndGet();
    }

    /** How many wait now. */
    public int waiting() {
        return Math.max(0, inside.get() - workers);
    }
}
