package dev.plumbline.testkit;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;

/** A UTC clock that stands still until a test moves it. Thread-safe. */
public final class MutableClock extends Clock {
    private final AtomicReference<Instant> now;
    private final AtomicLong elapsed = new AtomicLong();

    /** A clock that shows this time. */
    public MutableClock(Instant now) {
        this.now = new AtomicReference<>(now);
    }

    /** A clock that shows some fixed time in the past. */
    public static MutableClock started() {
        return new MutableClock(Instant.parse("2026-03-01T12:00:00Z"));
    }

    /** Lets this much time go by. */
    public void advance(Duration by) {
        elapsed.addAndGet(by.toNanos());
        now.updateAndGet(time -> time.plus(by));
    }

    /** Sets the clock forward, or back with a negative duration, while no time goes by. */
    public void jump(Duration by) {
        now.updateAndGet(time -> time.plus(by));
    }

    /** The nanoseconds that went by, whatever the clock was set to. */
    public long elapsedNanos() {
        return elapsed.get();
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
