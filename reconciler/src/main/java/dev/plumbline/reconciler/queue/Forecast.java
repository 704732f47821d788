package dev.plumbline.reconciler.queue;

import dev.plumbline.schemas.model.ResourceId;
import dev.plumbline.schemas.model.TrainingSpec.Resources;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * In how long each of those who wait starts, as seen at one moment. Whoever joins at the end is played forward alone, so
 * that a line of thousands does not begin anew for each of them. Not thread-safe.
 */
final class Forecast {
    private static final Duration KEPT = Duration.ofSeconds(1);

    private final Instant at;
    private final StartEstimates estimates;
    private final Map<ResourceId, Optional<Duration>> starts = new HashMap<>();
    private boolean known = true;

    Forecast(Instant at, TrainingLimits limits) {
        this.at = at;
        this.estimates = new StartEstimates(limits);
    }

    /** Whether it still tells at this moment what it told when it was made. */
    boolean holds(Instant now) {
        Duration age = Duration.between(at, now);
        return !age.isNegative() && age.compareTo(KEPT) < 0;
    }

    /**
     * One runs already.
     *
     * @param takes in all; empty when nobody can tell
     */
    void runs(Resources needed, Optional<Duration> takes, Instant since) {
        known &= takes.isPresent();
        estimates.runs(needed, takes.orElse(Duration.ZERO).minus(Duration.between(since, at)));
    }

    /** One waits behind all who are here already. */
    void waits(QueuedRun run, Optional<Duration> takes) {
        Duration start = estimates.next(run.needed(), takes.orElse(Duration.ZERO));
        starts.put(run.training(), known ? Optional.of(start) : Optional.empty());
        known &= takes.isPresent();
    }

    /** In how long this one starts; empty when nobody can tell. */
    Optional<Duration> startsIn(ResourceId training) {
        return starts.getOrDefault(training, Optional.empty());
    }
}
