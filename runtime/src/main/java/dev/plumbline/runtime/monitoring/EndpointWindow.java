package dev.plumbline.runtime.monitoring;

import dev.plumbline.runtime.EndpointObservation;
import java.time.Clock;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * A rolling window over the traffic of one endpoint: a ring of thirty parts, of which the oldest is forgotten as a new
 * one begins. Its memory does not grow with traffic. Thread-safe, without locks.
 */
public final class EndpointWindow {
    private static final int PARTS = 30;

    private final Clock clock;
    private final Duration length;
    private final long partMillis;
    private final AtomicReferenceArray<WindowSlot> ring = new AtomicReferenceArray<>(PARTS);

    private volatile @Nullable Recent recent;

    public EndpointWindow(Clock clock, Duration length) {
        this.clock = clock;
        this.length = length;
        this.partMillis = Math.max(1, length.toMillis() / PARTS);
    }

    /** How long the window is. */
    public Duration length() {
        return length;
    }

    /** Counts a request that was answered after so long; an error counts no rows. */
    public void request(int rows, long nanoseconds, boolean error) {
        current().request(rows, nanoseconds, error);
    }

    /**
     * Counts a prediction by its group of a scale.
     *
     * @param scale the same object for every prediction of one loaded version
     */
    public void prediction(PredictionScale scale, int group) {
        current().prediction(scale, group);
    }

    /** Sums over the window that ends now. */
    public EndpointObservation.Window observe() {
        long newest = epoch();
        WindowSlot.Totals totals = new WindowSlot.Totals();
        for (int position = 0; position < PARTS; position++) {
            WindowSlot slot = ring.get(position);
            if (slot != null && slot.epoch > newest - PARTS && slot.epoch <= newest) {
                slot.addTo(totals);
            }
        }
        return new EndpointObservation.Window(
                length,
                totals.requests,
                totals.rows,
                totals.errors,
                LatencyBuckets.quantile(totals.latencies, 0.5),
                LatencyBuckets.quantile(totals.latencies, 0.99),
                totals.predictions);
    }

    /** Sums over the window, at most a second old: for gauges that are read one after the other. */
    public EndpointObservation.Window recent() {
        Recent last = recent;
        long now = clock.millis();
        if (last == null || now - last.millis() > 1_000 || now < last.millis()) {
            last = new Recent(now, observe());
            recent = last;
        }
        return last.window();
    }

    private record Recent(long millis, EndpointObservation.Window window) {}

    private WindowSlot current() {
        long epoch = epoch();
        int position = position(epoch);
        WindowSlot slot = ring.get(position);
        if (slot != null && slot.epoch == epoch) {
            return slot;
        }
        WindowSlot fresh = new WindowSlot(epoch);
        // Another thread may have begun this part meanwhile; then both count in its slot.
        return ring.compareAndSet(position, slot, fresh) ? fresh : Objects.requireNonNull(ring.get(position));
    }

    private long epoch() {
        return clock.millis() / partMillis;
    }

    private static int position(long epoch) {
        return (int) Math.floorMod(epoch, (long) PARTS);
    }
}
