package dev.plumbline.webhooks.receive;

import java.util.concurrent.Semaphore;

/**
 * Bounds what senders who have proved nothing yet can make us hold: how many deliveries at once, and how many bytes of
 * their bodies together. Thread-safe.
 */
public final class Intake {
    /** Deliveries under way at once. */
    public static final int DELIVERIES = 64;

    /** Bytes of bodies held at once: the largest delivery there is, and some. */
    public static final int BYTES = 32 * 1024 * 1024;

    private final Semaphore deliveries;
    private final Semaphore bytes;

    public Intake(int deliveries, int bytes) {
        this.deliveries = new Semaphore(deliveries);
        this.bytes = new Semaphore(bytes);
    }

    boolean enter() {
        return deliveries.tryAcquire();
    }

    void leave() {
        deliveries.release();
    }

    boolean hold(int count) {
        return bytes.tryAcquire(count);
    }

    void release(int count) {
        bytes.release(count);
    }
}
