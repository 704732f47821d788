package dev.plumbline.webhooks.receive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plumbline.webhooks.Bed;
import dev.plumbline.webhooks.Forge;
import dev.plumbline.webhooks.Outcome;
import dev.plumbline.webhooks.RefusedDelivery;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** W3: what senders without a proof can make us hold is bounded. */
final class IntakeTest {
    private static final int MEBIBYTE = 1024 * 1024;

    private final Map<String, String> headers =
            Map.of("X-GitHub-Event", "push", "X-Hub-Signature-256", "sha256=" + "0".repeat(64));

    @Test
    void endsABodyThatGrowsBeyondTheLargestOfItsForge() throws Exception {
        Bed bed = new Bed();
        try (Delivery delivery = bed.receiver().begin(Forge.GITHUB, Bed.headers(headers))) {
            for (int part = 0; part < 25; part++) {
                delivery.take(new byte[MEBIBYTE]);
            }
            assertRefused(() -> delivery.take(new byte[1]), Outcome.TOO_LARGE);
        }
        try (Delivery delivery = bed.receiver().begin(Forge.GITEA, Bed.headers(Bed.giteaHeaders("0".repeat(64))))) {
            delivery.take(new byte[MEBIBYTE]);
            assertRefused(() -> delivery.take(new byte[1]), Outcome.TOO_LARGE);
        }
    }

    @Test
    void refusesABodyThatAnnouncesMoreThanTheLargestBeforeItArrives() {
        for (String length : new String[] {"26214401", "99999999999999999999", "-1", "many"}) {
            Map<String, String> large = new HashMap<>(headers);
            large.put("Content-Length", length);
            assertRefused(() -> new Bed().receiver().begin(Forge.GITHUB, Bed.headers(large)), Outcome.TOO_LARGE);
        }
    }

    @Test
    void takesSixtyFourDeliveriesAtOnceAndGivesTheirPlacesBack() throws Exception {
        Bed bed = new Bed();
        Deque<Delivery> open = new ArrayDeque<>();
        for (int each = 0; each < 64; each++) {
            open.push(bed.receiver().begin(Forge.GITHUB, Bed.headers(headers)));
        }
        assertRefused(() -> bed.receiver().begin(Forge.GITHUB, Bed.headers(headers)), Outcome.BUSY);
        Delivery done = open.pop();
        done.close();
        done.close();
        open.push(bed.receiver().begin(Forge.GITHUB, Bed.headers(headers)));
        assertRefused(() -> bed.receiver().begin(Forge.GITHUB, Bed.headers(headers)), Outcome.BUSY);
        open.forEach(Delivery::close);
    }

    @Test
    void givesThePlaceOfARefusedDeliveryBack() throws Exception {
        Bed bed = new Bed(new Intake(1, MEBIBYTE));
        for (int each = 0; each < 3; each++) {
            assertThat(bed.outcome(Forge.GITHUB, Map.of(), "{}")).isEqualTo(Outcome.UNAUTHENTIC);
            assertThat(bed.outcome(Forge.GITHUB, headers, "{}")).isEqualTo(Outcome.UNAUTHENTIC);
        }
        assertThat(bed.gitHub("push", "1", Bed.GITHUB_PUSH)).isEqualTo(Outcome.LOOKED);
    }

    @Test
    void holdsNoMoreThanSoManyBytesOfAllBodiesTogether() throws Exception {
        Bed bed = new Bed();
        try (Delivery other = bed.receiver().begin(Forge.GITHUB, Bed.headers(headers))) {
            try (Delivery one = bed.receiver().begin(Forge.GITHUB, Bed.headers(headers))) {
                one.take(new byte[20 * MEBIBYTE]);
                assertRefused(() -> other.take(new byte[20 * MEBIBYTE]), Outcome.BUSY);
            }
            other.take(new byte[20 * MEBIBYTE]);
        }
    }

    @Test
    void keepsNothingOfALargeBodyButWhatItAsksFor() throws Exception {
        String large = Bed.GITHUB_PUSH.replace("\"commits\":[", "\"commits\":[\"" + "x".repeat(20 * MEBIBYTE) + "\",");

        assertThat(new Bed().gitHub("push", "1", large)).isEqualTo(Outcome.LOOKED);
    }

    private static void assertRefused(ThrowingCallable call, Outcome outcome) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        RefusedDelivery.class,
                        refused -> assertThat(refused.answer().outcome()).isEqualTo(outcome));
    }
}
