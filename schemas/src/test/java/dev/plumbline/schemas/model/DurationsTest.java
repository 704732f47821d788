package dev.plumbline.schemas.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DurationsTest {
    @ParameterizedTest
    @CsvSource({"250ms, PT0.25S", "90s, PT90S", "5m, PT5M", "36h, PT36H", "2d, PT48H", "0s, PT0S"})
    void readsWhatItWrites(String text, Duration duration) {
        assertThat(Durations.parse(text)).contains(duration);
        assertThat(Durations.text(duration)).isEqualTo(text);
    }

    @Test
    void writesTheLargestUnitThatLeavesNoRest() {
        assertThat(Durations.text(Duration.ofHours(1))).isEqualTo("1h");
        assertThat(Durations.text(Duration.ofMinutes(61))).isEqualTo("61m");
        assertThat(Durations.text(Duration.ofMillis(1500))).isEqualTo("1500ms");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "5", "ms", "-1s", "1w", "5 s", "1.5h", "1234567890s", "\u0663s"})
    void refusesWhatIsNone(String text) {
        assertThat(Durations.parse(text)).isEmpty();
    }
}
