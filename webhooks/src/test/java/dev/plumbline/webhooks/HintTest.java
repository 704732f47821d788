package dev.plumbline.webhooks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.plumbline.schemas.model.Revision;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class HintTest {
    private static final String COMMIT = "0123456789abcdef0123456789abcdef01234567";

    @Test
    void asksForNothingButALook() {
        assertThat(Hint.parse(Optional.empty(), Optional.empty())).isEqualTo(new Hint(Optional.empty(), Duration.ZERO));
    }

    @ParameterizedTest
    @CsvSource({"5s, PT5S", "500ms, PT0.5S", "0s, PT0S", "60s, PT5S", "999999s, PT5S", "1h, PT5S"})
    void waitsAtMostFiveSeconds(String asked, Duration granted) {
        assertThat(Hint.parse(Optional.of(COMMIT), Optional.of(asked)))
                .isEqualTo(new Hint(Optional.of(new Revision(COMMIT)), granted));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "5", "-1s", "1w", "5 s", "1234567890s", "٣s"})
    void refusesAWaitThatIsNone(String wait) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Hint.parse(Optional.empty(), Optional.of(wait)))
                .withMessageStartingWith("wait ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "main", "--upload-pack=x", "0123abc", "0123456789ABCDEF0123456789ABCDEF01234567"})
    void refusesARevisionThatIsNoCommit(String revision) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Hint.parse(Optional.of(revision), Optional.empty()))
                .withMessageStartingWith("revision ");
    }
}
