package dev.plumbline.reconciler.ledger.git;

import static dev.plumbline.reconciler.ledger.git.LedgerBed.BRANCH;
import static dev.plumbline.reconciler.ledger.git.LedgerBed.NEVER;
import static dev.plumbline.reconciler.ledger.git.LedgerBed.registration;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plumbline.reconciler.ledger.Ledger.Fence;
import dev.plumbline.reconciler.ledger.Ledger.LedgerException;
import dev.plumbline.reconciler.ledger.RunStatus;
import dev.plumbline.reconciler.ledger.Transition;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.eclipse.jgit.lib.ObjectId;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Of a state folder and its copies one start holds the ledger, and the folder goes on from start to start. */
final class LedgerCopyTest {
    @TempDir
    Path folder;

    private LedgerBed bed;

    @BeforeEach
    void start() throws Exception {
        bed = new LedgerBed(folder);
    }

    @AfterEach
    void stop() {
        bed.server.down(false);
        bed.close();
    }

    private static Transition run(String name) {
        return Transition.of("Start " + name, Entries.run("churn", name, RunStatus.RUNNING));
    }

    private static void fencedAsCopy(ThrowingCallable attempt) {
        assertThatThrownBy(attempt)
                .isInstanceOfSatisfying(
                        LedgerException.class,
                        failure -> assertThat(failure.reason()).isEqualTo("Fenced"))
                .hasMessageContaining("This state folder was started again elsewhere")
                .hasMessageContaining("held by Ada's one since 2026-03-01T12:00:00Z (epoch ")
                .hasMessageContaining("start this one with --take-over");
    }

    @Test
    void aCopyOfAFolderInUseFencesTheOneThatRan() throws Exception {
        GitLedger first = bed.openLater("one", "one");
        first.recordUnique(view -> registration(view, "a"));
        bed.copy("one", "copy");

        GitLedger copy = bed.openLater("copy", "one");

        assertThat(copy.view().highestNumber("churn")).isEqualTo(1);
        fencedAsCopy(() -> first.recordUnique(view -> registration(view, "b")));
        fencedAsCopy(() -> first.record(run("b")));
        copy.recordUnique(view -> registration(view, "b"));
        assertThat(copy.view().highestNumber("churn")).isEqualTo(2);
    }

    @Test
    void theOneThatRanSeesItAtItsNextLook() throws Exception {
        GitLedger first = bed.openLater("one", "one");
        bed.copy("one", "copy");
        bed.openLater("copy", "one");

        first.listed(
                Map.of(BRANCH, ObjectId.fromString(bed.repository.head(BRANCH).orElseThrow())));

        assertThat(first.fence()).map(Fence::reason).contains("Fenced");
    }

    @Test
    void ofTwoCopiesThatBothStartedWhileTheRemoteWasAwayOneGoesOn() throws Exception {
        GitLedger first = bed.openLater("one", "one");
        first.recordUnique(view -> registration(view, "a"));
        first.close();
        bed.copy("one", "copy");
        bed.server.down(true);
        GitLedger original = bed.openLater("one", "one");
        GitLedger copy = bed.openLater("copy", "one");
        original.record(run("b"));
        copy.record(run("c"));
        bed.server.down(false);

        copy.recordUnique(view -> registration(view, "c"));

        fencedAsCopy(() -> original.recordUnique(view -> registration(view, "b")));
        assertThat(copy.view().highestNumber("churn")).isEqualTo(2);
        copy.recordUnique(view -> registration(view, "d"));
        assertThat(copy.view().highestNumber("churn")).isEqualTo(3);
    }

    @Test
    void aFolderGoesOnFromStartToStartWhileTheRemoteIsAway() throws Exception {
        bed.openLater("one", "one").record(run("a"));
        // Nothing of the former process was closed in order: its files alone are left, as after a kill.
        bed.copy("one", "after-a-kill");
        bed.server.down(true);
        bed.openLater("after-a-kill", "one").record(run("b"));
        bed.copy("after-a-kill", "after-another");
        GitLedger last = bed.openLater("after-another", "one");
        last.record(run("c"));
        bed.server.down(false);

        last.recordUnique(view -> registration(view, "a"));

        assertThat(last.fence()).isEmpty();
        assertThat(last.view().runs()).hasSize(3);
        assertThat(last.health().holder().epoch()).isEqualTo(3);
    }

    @Test
    void goesOnFromAStartOfItsOwnThatTheRemoteHadTakenWithoutASign() throws Exception {
        bed.openLater("one", "one").close();
        bed.server.forgetful(true);
        bed.openLater("one", "one").record(run("a"));
        bed.copy("one", "after-a-kill");
        bed.server.forgetful(false);
        bed.server.down(true);
        GitLedger again = bed.openLater("after-a-kill", "one");
        bed.server.down(false);

        again.recordUnique(view -> registration(view, "a"));

        assertThat(again.view().runs()).hasSize(1);
        assertThat(again.health().holder().epoch()).isEqualTo(3);
    }

    @Test
    void aCopyThatWasLeftBehindStartsWithTakeOverOnly() throws Exception {
        bed.openLater("one", "one").close();
        bed.copy("one", "copy");
        GitLedger copy = bed.openLater("copy", "one");
        copy.record(run("a"));

        fencedAsCopy(() -> bed.openLater("one", "one"));
        assertThat(copy.fence()).isEmpty();
        copy.recordUnique(view -> registration(view, "a"));

        GitLedger back = bed.open("one", NEVER, true);
        assertThat(back.view().highestNumber("churn")).isEqualTo(1);
        fencedAsCopy(() -> copy.recordUnique(view -> registration(view, "b")));
    }

    @Test
    void aFolderWhoseMirrorIsLostGoesOnAndFencesWhoeverHadIt() throws Exception {
        GitLedger first = bed.openLater("one", "one");
        first.recordUnique(view -> registration(view, "a"));

        GitLedger again = bed.openLater("made-anew", "one");

        assertThat(again.view().highestNumber("churn")).isEqualTo(1);
        fencedAsCopy(() -> first.recordUnique(view -> registration(view, "b")));
    }

    @Test
    void opensALedgerOfAVersionThatWroteNoIncarnation() throws Exception {
        bed.openLater("one", "one").close();
        String old =
                "{\"epoch\":7,\"format\":1,\"holder\":\"one\",\"name\":\"Ada's one\",\"since\":\"2026-03-01T12:00:00Z\"}";
        bed.repository.commit(
                BRANCH, "By hand", Map.of("holder.json", Optional.of(old.getBytes(StandardCharsets.UTF_8))));
        GitLedger again = bed.openLater("made-anew", "one");
        assertThat(again.health().holder().epoch()).isEqualTo(8);

        bed.copy("made-anew", "copy");
        bed.openLater("copy", "one");

        fencedAsCopy(() -> again.recordUnique(view -> registration(view, "a")));
    }
}
