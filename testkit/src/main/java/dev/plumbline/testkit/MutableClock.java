package dev.plumbline.testkit;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicReference;

/** A UTC clock that stands still until a test moves it. Thread-safe. */
public final class MutableClock extends Clock {
    private final AtomicReference<Instant> now;

    /** A clock that shows this time. */
    public MutableClock(Instant now) {
        this.now = new AtomicReference<>(now);
    }

    /** A clock that shows some fixed time in the past. */
    public static MutableClock started() {
        return new MutableClock(Instant.parse("2026-03-01T12:00:00Z"));
    }

    /** Moves the clock on, or back with a negative duration. */
    public void advance(Duration by) {
        now.updateAndGet(time -> time.plus(by));
    }

    @Override
    public Instant instant() {
        return now.get();
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        if (zone.equals(ZoneOffset.UTC)) {
            return this;
        }
        throw new UnsupportedOperationException("times are UTC everywhere");
    }
}
