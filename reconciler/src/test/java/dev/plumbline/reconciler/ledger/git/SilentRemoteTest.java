package dev.plumbline.reconciler.ledger.git;

import static dev.plumbline.reconciler.ledger.git.LedgerBed.NEVER;
import static dev.plumbline.reconciler.ledger.git.LedgerBed.registration;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.plumbline.reconciler.ledger.Ledger.Move;
import dev.plumbline.reconciler.ledger.RunStatus;
import dev.plumbline.reconciler.ledger.Transition;
import dev.plumbline.reconciler.source.Writer.PushOutcome;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A remote that takes every connection and answers none keeps nobody longer than it must. */
final class SilentRemoteTest {
    @TempDir
    Path folder;

    private LedgerBed bed;

    @BeforeEach
    void start() throws Exception {
        bed = new LedgerBed(folder);
    }

    @AfterEach
    void stop() {
        bed.close();
    }

    @Test
    void isNotAskedAgainByEachWhoWaitedWhileItSaidNothing() throws Exception {
        GitLedger ledger = bed.open("one", NEVER, false);
        AtomicInteger asked = new AtomicInteger();
        Move silence = record -> {
            asked.incrementAndGet();
            bed.clock.advance(Duration.ofSeconds(20));
            return new PushOutcome.Unreachable("nothing came within 20 s");
        };

        PushOutcome first = ledger.recordWith(view -> registration(view, "a"), silence);
        PushOutcome second = ledger.recordWith(view -> registration(view, "b"), silence);
        bed.clock.advance(Duration.ofSeconds(20));
        PushOutcome third =
                ledger.recordWith(view -> registration(view, "c"), record -> new PushOutcome.Refused("not now"));

        assertThat(first).isEqualTo(second).isEqualTo(new PushOutcome.Unreachable("nothing came within 20 s"));
        assertThat(third).isEqualTo(new PushOutcome.Refused("not now"));
        assertThat(asked).hasValue(1);
    }

    @Test
    void isAskedAtOnceWhenTheClockWasSetBack() throws Exception {
        GitLedger ledger = bed.open("one", NEVER, false);
        PushOutcome unheard = ledger.recordWith(view -> registration(view, "a"), record -> {
            bed.clock.advance(Duration.ofSeconds(20));
            return new PushOutcome.Unreachable("nothing came");
        });
        bed.clock.advance(Duration.ofHours(-1));

        assertThat(ledger.recordWith(view -> registration(view, "b"), record -> new PushOutcome.Refused("no")))
                .isNotEqualTo(unheard);
    }

    @Test
    void isSaidToBeWaitedForSinceWhen() throws Exception {
        GitLedger ledger = bed.open("one", NEVER, false);
        CompletableFuture<Void> answer = new CompletableFuture<>();
        CompletableFuture<Void> asked = new CompletableFuture<>();
        Thread pushing = Thread.ofVirtual().start(() -> push(ledger, asked, answer));
        asked.get(1, TimeUnit.MINUTES);
        assertThat(ledger.health().error()).isEmpty();

        bed.clock.advance(Duration.ofSeconds(6));

        assertThat(ledger.health().error().orElseThrow())
                .endsWith(" has not answered a push that began at "
                        + bed.clock.instant().minusSeconds(6) + ".");
        answer.complete(null);
        pushing.join();
        assertThat(ledger.health().error()).isEmpty();
    }

    private static void push(GitLedger ledger, CompletableFuture<Void> asked, CompletableFuture<Void> answer) {
        try {
            var _ = ledger.recordWith(view -> registration(view, "a"), record -> {
                asked.complete(null);
                answer.join();
                return new PushOutcome.Refused("no");
            });
        } catch (Exception failed) {
            throw new IllegalStateException(failed);
        }
    }

    @Test
    void keepsNoControlPlaneFromEnding() throws Exception {
        GitLedger ledger = bed.open("one");
        bed.server.down(true);
        ledger.record(Transition.of("Start", Entries.run("churn", "a", RunStatus.RUNNING)));
        await().untilAsserted(() -> assertThat(ledger.health().error()).isPresent());
        bed.server.silent(true);

        ledger.close();

        bed.server.down(false);
        bed.server.silent(false);
        GitLedger reopened = bed.open("one");
        LedgerBed.pushed(reopened);
        assertThat(reopened.view().runs()).hasSize(1);
    }
}
