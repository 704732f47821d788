package dev.plumbline.reconciler.control;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

final class BackoffTest {
    private final Backoff backoff = new Backoff(Duration.ofSeconds(1), Duration.ofMinutes(5), new SplittableRandom(7));

    @Test
    void doublesWithEachFailureAndTakesOffUpToAFifth() {
        for (int failures = 1; failures <= 8; failures++) {
            Duration whole = Duration.ofSeconds(1L << (failures - 1));
            assertThat(backoff.after(failures)).isBetween(whole.multipliedBy(4).dividedBy(5), whole);
        }
    }

    @Test
    void neverPassesItsBound() {
        assertThat(backoff.after(10)).isBetween(Duration.ofMinutes(4), Duration.ofMinutes(5));
        assertThat(backoff.after(1_000_000)).isBetween(Duration.ofMinutes(4), Duration.ofMinutes(5));
    }
}
