package dev.plumbline.webhooks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.webhooks.receive.Deliveries;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** W2: a delivery that comes again has no second effect. */
final class ReplayTest {
    private final Bed bed = new Bed();

    @Test
    void looksOnceForADeliveryThatComesAHundredTimes() throws Exception {
        assertThat(bed.gitHub("push", "d1", Bed.GITHUB_PUSH)).isEqualTo(Outcome.LOOKED);
        for (int again = 0; again < 99; again++) {
            assertThat(bed.gitHub("push", "d1", Bed.GITHUB_PUSH)).isEqualTo(Outcome.DUPLICATE);
        }
        assertThat(Outcome.DUPLICATE.status()).isEqualTo(202);
        assertThat(bed.looks).hasValue(1);
    }

    @Test
    void looksOnceForAnOldPayloadUnderANewId() throws Exception {
        bed.gitHub("push", "d1", Bed.GITHUB_PUSH);
        assertThat(bed.gitHub("push", "d2", Bed.GITHUB_PUSH)).isEqualTo(Outcome.DUPLICATE);
        assertThat(bed.looks).hasValue(1);
    }

    @Test
    void looksAgainForAnotherPush() throws Exception {
        bed.gitHub("push", "d1", Bed.GITHUB_PUSH);
        assertThat(bed.gitHub("push", "d2", Bed.GITHUB_PUSH + " ")).isEqualTo(Outcome.LOOKED);
    }

    @Test
    void remembersWhereNothingIsSigned() {
        for (Outcome expected : List.of(Outcome.LOOKED, Outcome.DUPLICATE, Outcome.DUPLICATE)) {
            Map<String, String> headers =
                    Map.of("X-Gitlab-Event", "Push Hook", "X-Gitlab-Token", Bed.SECRET, "X-Gitlab-Event-UUID", "e1");
            assertThat(bed.outcome(Forge.GITLAB, headers, Bed.GITLAB_PUSH)).isEqualTo(expected);
        }
    }

    @Test
    void nobodyWithoutTheSecretUsesUpAnId() throws Exception {
        Map<String, String> forged = new HashMap<>(Bed.gitHubHeaders("push", "d1", Bed.GITHUB_PUSH));
        forged.put("X-Hub-Signature-256", "sha256=" + "0".repeat(64));
        bed.outcome(Forge.GITHUB, forged, Bed.GITHUB_PUSH);

        assertThat(bed.gitHub("push", "d1", Bed.GITHUB_PUSH)).isEqualTo(Outcome.LOOKED);
    }

    @Test
    void remembersForThirtyDays() throws Exception {
        bed.gitHub("push", "d1", Bed.GITHUB_PUSH);
        bed.time.pass(Duration.ofDays(30).minusSeconds(1));
        assertThat(bed.gitHub("push", "d1", Bed.GITHUB_PUSH)).isEqualTo(Outcome.DUPLICATE);
        bed.time.pass(Duration.ofSeconds(1));
        assertThat(bed.gitHub("push", "d1", Bed.GITHUB_PUSH)).isEqualTo(Outcome.LOOKED);
    }

    @Test
    void remembersNoMoreThanTenThousand() {
        Deliveries deliveries = new Deliveries(bed.time);
        for (int each = 0; each < 30_000; each++) {
            assertThat(deliveries.first(List.of("d" + each))).isTrue();
        }
        assertThat(deliveries.first(List.of("d29999"))).isFalse();
        assertThat(deliveries.first(List.of("d19999"))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(longs = {-301, 301, -86_400, 86_400})
    void refusesWhatWasSignedLongAgoOrLater(long seconds) throws Exception {
        Map<String, String> headers = Bed.standardHeaders("1", Bed.NOW.getEpochSecond() + seconds, Bed.GENERIC_PUSH);
        assertThat(bed.outcome(Forge.GENERIC, headers, Bed.GENERIC_PUSH)).isEqualTo(Outcome.UNAUTHENTIC);
    }

    @ParameterizedTest
    @ValueSource(longs = {-300, 0, 300})
    void acceptsWhatWasSignedWithinFiveMinutes(long seconds) throws Exception {
        Map<String, String> headers = Bed.standardHeaders("1", Bed.NOW.getEpochSecond() + seconds, Bed.GENERIC_PUSH);
        assertThat(bed.outcome(Forge.GENERIC, headers, Bed.GENERIC_PUSH)).isEqualTo(Outcome.LOOKED);
    }
}
