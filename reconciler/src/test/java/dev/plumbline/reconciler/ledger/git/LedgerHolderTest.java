package dev.plumbline.reconciler.ledger.git;

import static dev.plumbline.reconciler.ledger.git.LedgerBed.SOON;
import static dev.plumbline.reconciler.ledger.git.LedgerBed.pushed;
import static dev.plumbline.reconciler.ledger.git.LedgerBed.registration;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.plumbline.reconciler.ledger.Ledger.LedgerException;
import dev.plumbline.reconciler.ledger.RunStatus;
import dev.plumbline.reconciler.ledger.Transition;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One control plane holds the ledger. */
final class LedgerHolderTest {
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
    void refusesAnotherHolderByName() throws Exception {
        GitLedger first = bed.open("one");
        first.record(Transition.of("Start", Entries.run("churn", "a", RunStatus.RUNNING)));
        pushed(first);

        assertThatThrownBy(() -> bed.open("two"))
                .isInstanceOfSatisfying(
                        LedgerException.class,
                        failure -> assertThat(failure.reason()).isEqualTo("Fenced"))
                .hasMessageContaining("held by Ada's one since 2026-03-01T12:00:00Z (epoch 1)")
                .hasMessageContaining("--take-over");
    }

    @Test
    void fencesTheFormerHolderAfterATakeOver() throws Exception {
        GitLedger first = bed.open("one");
        first.record(Transition.of("Start", Entries.run("churn", "a", RunStatus.RUNNING)));
        pushed(first);
        GitLedger second = bed.open("two", SOON, true);

        assertThat(second.health().holder().epoch()).isEqualTo(2);
        assertThat(second.view().runs()).hasSize(1);
        assertThatThrownBy(() -> first.recordUnique(view -> registration(view, "b")))
                .isInstanceOfSatisfying(
                        LedgerException.class,
                        failure -> assertThat(failure.reason()).isEqualTo("Fenced"))
                .hasMessageContaining("Ada's two");
        assertThatThrownBy(() -> first.record(Transition.of("More", Entries.event("x", "y"))))
                .isInstanceOfSatisfying(
                        LedgerException.class,
                        failure -> assertThat(failure.reason()).isEqualTo("Fenced"));
        second.recordUnique(view -> registration(view, "b"));
        assertThat(second.view().highestNumber("churn")).isEqualTo(1);
    }

    @Test
    void isFencedByItsOwnPusherToo() throws Exception {
        GitLedger first = bed.open("one");
        bed.open("two", SOON, true);
        first.record(Transition.of("Start", Entries.run("churn", "a", RunStatus.RUNNING)));

        await().untilAsserted(() -> assertThatThrownBy(
                        () -> first.record(Transition.of("More", Entries.event("x", "y"))))
                .isInstanceOf(LedgerException.class));
    }

    @Test
    void aLedgerThatWasBegunAnewElsewhereDoesNotPutTheWholeRecordAside() throws Exception {
        GitLedger first = bed.open("one");
        first.recordUnique(view -> registration(view, "a"));
        first.close();
        bed.repository.deleteRef(LedgerRemote.ref(LedgerBed.BRANCH));
        GitLedger second = bed.open("two");
        second.close();
        String anew = bed.repository.head(LedgerBed.BRANCH).orElseThrow();

        assertThatThrownBy(() -> bed.open("one", SOON, true))
                .isInstanceOfSatisfying(
                        LedgerException.class,
                        failure -> assertThat(failure.reason()).isEqualTo("Rewound"))
                .hasMessageContaining("was begun anew at " + anew)
                .hasMessageContaining("push --force URL plumbline/ledger")
                .hasMessageContaining("--take-over --accept-ledger " + anew)
                .hasMessageContaining("refs/plumbline/kept/");
        assertThat(bed.repository.head(LedgerBed.BRANCH)).contains(anew);

        bed.repository.deleteRef(LedgerRemote.ref(LedgerBed.BRANCH));
        assertThat(bed.open("one").view().highestNumber("churn")).isEqualTo(1);
    }
}
