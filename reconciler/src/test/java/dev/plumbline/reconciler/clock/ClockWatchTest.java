package dev.plumbline.reconciler.clock;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.testkit.MutableClock;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

final class ClockWatchTest {
    private final MutableClock clock = MutableClock.started();
    private final Instant began = clock.instant();
    private final ClockWatch watch = new ClockWatch(clock, clock::elapsedNanos);

    @Test
    void timeThatGoesByIsNoJump() {
        clock.advance(Duration.ofDays(3));
        watch.look();
        assertThat(watch.count()).isZero();
        assertThat(watch.warning()).isEmpty();
        assertThat(watch.end(began.plusSeconds(60))).isEqualTo(began.plusSeconds(60));
    }

    @Test
    void aClockThatIsSlewedIsNotOneThatIsSet() {
        for (int look = 0; look < 100; look++) {
            clock.advance(Duration.ofMinutes(10));
            clock.jump(Duration.ofSeconds(look % 2 == 0 ? 50 : -50));
            watch.look();
        }
        assertThat(watch.count()).isZero();
    }

    @Test
    void aPeriodThatTheJumpWouldHaveEndedGoesOnForAsLongAsItStillHad() {
        clock.advance(Duration.ofMinutes(10));
        clock.jump(Duration.ofHours(1));
        Instant running = began.plus(Duration.ofMinutes(15));
        assertThat(watch.end(running)).isEqualTo(running.plus(Duration.ofHours(1)));
        assertThat(watch.end(began.plus(Duration.ofMinutes(9))))
                .as("what was over before stays over")
                .isEqualTo(began.plus(Duration.ofMinutes(9)));
        Instant now = clock.instant();
        assertThat(watch.end(now)).as("what was recorded since").isEqualTo(now);
    }

    @Test
    void jumpsAddUp() {
        Instant due = began.plus(Duration.ofMinutes(30));
        clock.jump(Duration.ofHours(1));
        watch.look();
        clock.advance(Duration.ofMinutes(10));
        clock.jump(Duration.ofHours(2));
        assertThat(watch.end(due)).isEqualTo(due.plus(Duration.ofHours(3)));
        assertThat(watch.count()).isEqualTo(2);
    }

    @Test
    void aClockThatIsSetBackEndsThingsLaterAndIsTold() {
        clock.advance(Duration.ofMinutes(10));
        clock.jump(Duration.ofHours(-1));
        Instant due = began.plus(Duration.ofMinutes(15));
        assertThat(watch.end(due)).isEqualTo(due);
        assertThat(watch.warning().orElseThrow())
                .isEqualTo("the clock went back by 1h when it should have shown " + began.plus(Duration.ofMinutes(10))
                        + ", so that what is recorded now may be dated before what came earlier, and what ends at a time"
                        + " ends later. Look at the machine's time service");
    }

    @Test
    void itIsToldForAnHour() {
        clock.jump(Duration.ofMinutes(90));
        watch.look();
        clock.advance(Duration.ofMinutes(59));
        watch.look();
        assertThat(watch.warning().orElseThrow()).startsWith("the clock went forward by 90m when");
        clock.advance(Duration.ofMinutes(1));
        watch.look();
        assertThat(watch.warning()).isEmpty();
        assertThat(watch.count()).isEqualTo(1);
    }
}
