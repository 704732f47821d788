package dev.plumbline.reconciler.clock;

import dev.plumbline.schemas.model.Durations;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Holds the clock against the time that goes by: a clock that is set is noticed, and one that is set forward ends no period
 * early that was running. A machine that slept looks like one whose clock was set forward. Thread-safe.
 */
public final class ClockWatch {
    private static final Logger LOG = LoggerFactory.getLogger(ClockWatch.class);

    /** A time service that slews a clock moves it by far less between two looks. */
    private static final Duration TOLERANCE = Duration.ofMinutes(1);

    private static final Duration TOLD = Duration.ofHours(1);
    private static final int MOST = 32;

    private final Clock clock;
    private final LongSupplier elapsedNanos;
    private final Deque<Jump> forward = new ArrayDeque<>();
    private Instant lastTime;
    private long lastElapsed;
    private Optional<Jump> latest = Optional.empty();
    private long count;

    /** @param from what the clock would show, had it not been set */
    private record Jump(Instant from, Duration by, long elapsed) {
        boolean ended(Instant due) {
            return due.isAfter(from) && due.isBefore(from.plus(by));
        }
    }

    /**
     * Watches from now on.
     *
     * @param elapsedNanos nanoseconds since some moment, whatever the clock says
     */
    public ClockWatch(Clock clock, LongSupplier elapsedNanos) {
        this.clock = clock;
        this.elapsedNanos = elapsedNanos;
        this.lastTime = clock.instant();
        this.lastElapsed = elapsedNanos.getAsLong();
    }

    /** Notices whether the clock was set since the last look. */
    public synchronized void look() {
        Instant now = clock.instant();
        long elapsed = elapsedNanos.getAsLong();
        Instant expected = lastTime.plusNanos(elapsed - lastElapsed);
        Duration by = Duration.between(expected, now);
        lastTime = now;
        lastElapsed = elapsed;
        if (by.abs().compareTo(TOLERANCE) > 0) {
            set(new Jump(expected, by, elapsed));
        }
    }

    private void set(Jump jump) {
        latest = Optional.of(jump);
        count++;
        if (!jump.by().isNegative()) {
            forward.addLast(jump);
            if (forward.size() > MOST) {
                forward.removeFirst();
            }
        }
        LOG.warn("the clock was set from={} by={}", jump.from(), jump.by());
    }

    /** When a period ends that was to end at this time; later, if the clock was set forward over that time. */
    public synchronized Instant end(Instant due) {
        look();
        Instant end = due;
        for (Jump jump : forward) {
            if (jump.ended(end)) {
                end = end.plus(jump.by());
            }
        }
        return end;
    }

    /** How often the clock was set. */
    public synchronized long count() {
        return count;
    }

    /** What to tell people of a clock that was set within the last hour. */
    public synchronized Optional<String> warning() {
        return latest.filter(jump -> lastElapsed - jump.elapsed() < TOLD.toNanos())
                .map(jump -> "the clock went "
                        + (jump.by().isNegative() ? "back" : "forward")
                        + " by "
                        + Durations.text(Duration.ofSeconds(jump.by().abs().toSeconds()))
                        + " when it should have shown " + jump.from()
                        + (jump.by().isNegative()
                                ? ", so that what is recorded now may be dated before what came earlier, and what ends at"
                                        + " a time ends later"
                                : ", or this machine slept; a grace period or a suspension that this would have ended goes"
                                        + " on for as long as it still had")
                        + ". Look at the machine's time service");
    }
}
