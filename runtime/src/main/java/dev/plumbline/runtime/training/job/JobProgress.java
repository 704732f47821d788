package dev.plumbline.runtime.training.job;

import dev.plumbline.runtime.TrainingProgress;
import dev.plumbline.runtime.training.fitting.FitProgress;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * How far a whole attempt is, from how far its phases are. Tells every whole percent once, and never goes back.
 * Thread-safe.
 */
public final class JobProgress implements FitProgress {
    /** The phases in order, each with the share of the whole attempt at its start and end. */
    public enum Phase {
        READING("reading", 0, 0.05),
        FITTING("fitting", 0.05, 0.9),
        EXPORTING("exporting", 0.9, 0.92),
        EVALUATING("evaluating", 0.92, 1);

        private final String label;
        private final double start;
        private final double end;

        Phase(String label, double start, double end) {
            this.label = label;
            this.start = start;
            this.end = end;
        }
    }

    private final Clock clock;
    private final Consumer<TrainingProgress> listener;
    private Phase phase = Phase.READING;
    private Instant started = Instant.EPOCH;
    private double told = -1;

    /** Tells the listener of each percent, with what is left by this clock. */
    public JobProgress(Clock clock, Consumer<TrainingProgress> listener) {
        this.clock = clock;
        this.listener = listener;
    }

    /** A phase begins. */
    public synchronized void enter(Phase next) {
        phase = next;
        started = clock.instant();
        told = Math.max(told, next.start);
        listener.accept(new TrainingProgress(next.label, told, "", Optional.empty()));
    }

    @Override
    public synchronized void at(long done, long all, String unit) {
        double share = (double) done / all;
        double fraction = phase.start + share * (phase.end - phase.start);
        if (fraction - told >= 0.01 || done == all) {
            tell(fraction, unit + " " + done + " of " + all, remaining(share));
        }
    }

    private void tell(double fraction, String detail, Optional<Duration> remaining) {
        if (fraction > told) {
            told = fraction;
            listener.accept(new TrainingProgress(phase.label, fraction, detail, remaining));
        }
    }

    /** Of this phase, as long as what is left takes as long as what was done; the phases after it are short. */
    private Optional<Duration> remaining(double share) {
        if (share < 0.05) {
            return Optional.empty();
        }
        // A clock that was set back would make it negative.
        long elapsed = Math.max(0, Duration.between(started, clock.instant()).toMillis());
        return Optional.of(Duration.ofMillis(Math.round(elapsed * (1 - share) / share)));
    }
}
