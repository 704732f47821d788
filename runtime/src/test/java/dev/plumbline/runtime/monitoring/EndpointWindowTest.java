package dev.plumbline.runtime.monitoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.plumbline.runtime.EndpointObservation;
import dev.plumbline.testkit.MutableClock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EndpointWindowTest {
    private static final PredictionScale LABELS = new PredictionScale.Labels(List.of("no", "yes"));

    private final MutableClock clock = MutableClock.started();
    private final EndpointWindow window = new EndpointWindow(clock, Duration.ofMinutes(30));

    @Test
    void countsRequestsRowsErrorsAndPredictions() {
        window.request(3, 1_000_000, false);
        window.request(0, 2_000_000, true);
        window.prediction(LABELS, PredictionScale.ofClass(1));
        window.prediction(LABELS, PredictionScale.ofClass(1));
        window.prediction(LABELS, PredictionScale.ofClass(0));

        EndpointObservation.Window seen = window.observe();

        assertThat(seen.length()).isEqualTo(Duration.ofMinutes(30));
        assertThat(seen.requests()).isEqualTo(2);
        assertThat(seen.rows()).isEqualTo(3);
        assertThat(seen.errors()).isEqualTo(1);
        assertThat(seen.predictions()).isEqualTo(Map.of("no", 1L, "yes", 2L));
    }

    @Test
    void findsQuantilesWithinAnEighth() {
        for (int millis = 1; millis <= 1000; millis++) {
            window.request(1, millis * 1_000_000L, false);
        }

        EndpointObservation.Window seen = window.observe();

        assertThat(seen.latencyP50Seconds()).isCloseTo(0.5, within(0.5 / 8));
        assertThat(seen.latencyP99Seconds()).isCloseTo(0.99, within(0.99 / 8));
    }

    @Test
    void forgetsWhatIsOlderThanItsLength() {
        window.request(1, 1_000, false);
        clock.advance(Duration.ofMinutes(20));
        window.request(1, 1_000, false);
        assertThat(window.observe().requests()).isEqualTo(2);

        clock.advance(Duration.ofMinutes(15));
        assertThat(window.observe().requests()).isEqualTo(1);

        clock.advance(Duration.ofMinutes(30));
        assertThat(window.observe().requests()).isZero();
        assertThat(window.observe().latencyP50Seconds()).isZero();
    }

    @Test
    void keepsTheCountsOfTheVersionBeforeASwap() {
        PredictionScale next = new PredictionScale.Labels(List.of("no", "yes", "maybe"));
        window.prediction(LABELS, 1);
        window.prediction(next, 2);
        window.prediction(next, 1);

        assertThat(window.observe().predictions()).isEqualTo(Map.of("yes", 2L, "maybe", 1L));
    }

    @Test
    void countsNumbersInRangesOfOneTwoAndFive() {
        PredictionScale ranges = new PredictionScale.Ranges();
        for (double value : new double[] {0, 3.1, 4.99, 5, -150, 1e20, -1e20}) {
            window.prediction(ranges, PredictionScale.ofValue(value));
        }

        assertThat(window.observe().predictions())
                .containsEntry("0 to 1.0E-6", 1L)
                .containsEntry("2 to 5", 2L)
                .containsEntry("5 to 10", 1L)
                .containsEntry("-200 to -100", 1L)
                .containsEntry(">= 5.0E12", 1L)
                .containsEntry("< -5.0E12", 1L)
                .hasSize(6);
    }

    @Test
    void countsClassesBeyondTheLimitTogether() {
        List<String> many = java.util.stream.IntStream.range(0, 1000)
                .mapToObj(Integer::toString)
                .toList();
        PredictionScale scale = new PredictionScale.Labels(many);

        window.prediction(scale, PredictionScale.ofClass(999));
        window.prediction(scale, PredictionScale.ofClass(256));

        assertThat(window.observe().predictions()).isEqualTo(Map.of("(other)", 2L));
    }
}
