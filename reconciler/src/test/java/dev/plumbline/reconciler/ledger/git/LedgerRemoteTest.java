package dev.plumbline.reconciler.ledger.git;

import static dev.plumbline.reconciler.ledger.git.LedgerBed.BRANCH;
import static dev.plumbline.reconciler.ledger.git.LedgerBed.NEVER;
import static dev.plumbline.reconciler.ledger.git.LedgerBed.SOON;
import static dev.plumbline.reconciler.ledger.git.LedgerBed.pushed;
import static dev.plumbline.reconciler.ledger.git.LedgerBed.registration;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.plumbline.reconciler.ledger.EventEntry;
import dev.plumbline.reconciler.ledger.Ledger.LedgerException;
import dev.plumbline.reconciler.ledger.LedgerView;
import dev.plumbline.reconciler.ledger.RunStatus;
import dev.plumbline.reconciler.ledger.Transition;
import dev.plumbline.reconciler.ledger.state.HeadLimits;
import dev.plumbline.schemas.model.VersionName;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.eclipse.jgit.lib.ObjectId;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The record and its remote: pushed behind, restored from either side. */
final class LedgerRemoteTest {
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
    void pushesAfterACrashWhatItHadCommitted() throws Exception {
        GitLedger crashed = bed.open("one", NEVER, false);
        crashed.record(Transition.of("Start", Entries.run("churn", "a", RunStatus.RUNNING)));
        assertThat(crashed.health().pending()).isEqualTo(1);
        bed.copy("one", "after-crash");
        assertThat(bed.repository.log(BRANCH)).hasSize(1);

        GitLedger reopened = bed.open("after-crash", "one", SOON, false, HeadLimits.standard());
        assertThat(reopened.view().runs()).hasSize(1);
        pushed(reopened);
        assertThat(bed.repository.log(BRANCH)).hasSize(3);
    }

    @Test
    void recordsWhileTheRemoteIsAwayAndPushesLater() throws Exception {
        GitLedger ledger = bed.open("one");
        bed.server.down(true);
        ledger.record(Transition.of("Start", Entries.run("churn", "a", RunStatus.RUNNING)));
        await().untilAsserted(() -> assertThat(ledger.health().error()).isPresent());
        assertThat(ledger.health().pending()).isEqualTo(1);
        assertThat(ledger.view().runs()).hasSize(1);

        bed.server.down(false);
        pushed(ledger);
        assertThat(ledger.health().error()).isEmpty();
        assertThat(ledger.health().lastPushed()).contains(bed.clock.instant());
    }

    @Test
    void goesOnWithoutTheRemoteWhenItHeldTheLedgerBefore() throws Exception {
        bed.open("one").close();
        bed.server.down(true);

        GitLedger reopened = bed.open("one");
        reopened.record(Transition.of("Start", Entries.run("churn", "a", RunStatus.RUNNING)));
        assertThat(reopened.view().runs()).hasSize(1);

        assertThatThrownBy(() -> bed.open("two"))
                .isInstanceOfSatisfying(
                        LedgerException.class,
                        failure -> assertThat(failure.reason()).isEqualTo("Unreachable"));
    }

    @Test
    void numbersNothingWithoutTheRemote() throws Exception {
        GitLedger ledger = bed.open("one", NEVER, false);
        bed.server.down(true);
        assertThatThrownBy(() -> ledger.recordUnique(view -> registration(view, "a")))
                .isInstanceOfSatisfying(
                        LedgerException.class,
                        failure -> assertThat(failure.reason()).isEqualTo("Unreachable"));
        assertThat(ledger.view().highestNumber("churn")).isZero();

        bed.server.down(false);
        ledger.recordUnique(view -> registration(view, "a"));
        assertThat(ledger.view().highestNumber("churn")).isEqualTo(1);
        assertThat(bed.messages()).first().isEqualTo("Register a [skip ci]\n");
    }

    @Test
    void takesInAVersionWhosePushSeemedToFail() throws Exception {
        GitLedger ledger = bed.open("one", NEVER, false);
        bed.server.forgetful(true);
        assertThatThrownBy(() -> ledger.recordUnique(view -> registration(view, "a")))
                .isInstanceOf(LedgerException.class);
        bed.server.forgetful(false);
        ledger.record(Transition.of("Meanwhile", Entries.event("churn-api", "meanwhile")));

        ledger.recordUnique(view -> registration(view, "b"));

        assertThat(ledger.view().versionOf("churn", Entries.runId("a"))).contains(new VersionName("churn", 1));
        assertThat(ledger.view().versionOf("churn", Entries.runId("b"))).contains(new VersionName("churn", 2));
        assertThat(ledger.view().events(Optional.empty(), 10)).hasSize(1);
        LedgerView read =
                bed.open("elsewhere", "one", SOON, false, HeadLimits.standard()).view();
        assertThat(read.versions("churn")).hasSize(2);
        assertThat(read.events(Optional.empty(), 10)).hasSize(1);
    }

    @Test
    void restoresALostMirrorFromTheRemoteAndALostBranchFromTheMirror() throws Exception {
        GitLedger first = bed.open("one");
        first.record(Transition.of("Start", Entries.run("churn", "a", RunStatus.RUNNING)));
        pushed(first);
        first.close();

        GitLedger elsewhere = bed.open("new", "one", SOON, false, HeadLimits.standard());
        assertThat(elsewhere.view().runs()).hasSize(1);

        bed.repository.deleteRef("refs/heads/" + BRANCH);
        elsewhere.record(Transition.of("More", Entries.event("x", "y")));
        await().untilAsserted(() -> assertThat(bed.repository.log(BRANCH)).hasSize(4));

        elsewhere.close();
        bed.repository.deleteRef("refs/heads/" + BRANCH);
        GitLedger again = bed.open("new", "one", SOON, false, HeadLimits.standard());
        await().untilAsserted(() -> assertThat(bed.repository.log(BRANCH)).hasSize(5));
        assertThat(again.view().runs()).hasSize(1);
    }

    @Test
    void takesInAllThatALineOfItsOwnRecorded() throws Exception {
        GitLedger ledger = bed.open("one", NEVER, false);
        ledger.record(Transition.of("Before", Entries.event("churn-api", "before")));
        bed.server.forgetful(true);
        assertThatThrownBy(() -> ledger.recordUnique(view -> new Transition(
                        "All of it",
                        List.of(
                                Entries.run("churn", "a", RunStatus.SUCCEEDED),
                                Entries.version("churn", 1, "a"),
                                Entries.endpoint("churn-api", "churn", new VersionName("churn", 1)),
                                Entries.verdict("a"),
                                Entries.dataset("a"),
                                Entries.admission("a"),
                                Entries.event("churn-api", "theirs")))))
                .isInstanceOf(LedgerException.class);
        bed.server.forgetful(false);
        ledger.record(Transition.of("Meanwhile", Entries.event("churn-api", "meanwhile")));

        ledger.recordUnique(view -> registration(view, "b"));

        LedgerView view = ledger.view();
        assertThat(view.runs()).containsExactly(Entries.run("churn", "a", RunStatus.SUCCEEDED));
        assertThat(view.highestNumber("churn")).isEqualTo(2);
        assertThat(view.endpoint("churn-api")).isPresent();
        assertThat(view.verdict(Entries.digest("verdict a"))).isPresent();
        assertThat(view.dataset(Entries.digest("key a"))).isPresent();
        assertThat(view.admission()).contains(Entries.admission("a"));
        assertThat(view.events(Optional.empty(), 10))
                .extracting(EventEntry::message)
                .containsExactlyInAnyOrder("before", "meanwhile", "theirs");
    }

    @Test
    void takesInACommitWhoseReportWasLost() throws Exception {
        GitLedger ledger = bed.open("one", NEVER, false);
        bed.server.forgetful(true);
        assertThatThrownBy(() -> ledger.recordUnique(view -> registration(view, "a")))
                .isInstanceOf(LedgerException.class);
        bed.server.forgetful(false);

        ledger.recordUnique(view -> registration(view, "b"));

        assertThat(ledger.view().versionOf("churn", Entries.runId("a"))).contains(new VersionName("churn", 1));
        assertThat(ledger.view().versionOf("churn", Entries.runId("b"))).contains(new VersionName("churn", 2));
        assertThat(bed.repository.log(BRANCH)).hasSize(3);
    }

    @Test
    void saysInTheRemotesOwnWordsThatItWillNotHaveTheLedger() throws Exception {
        GitLedger ledger = bed.open("one");
        bed.server.protect("refs/heads/" + BRANCH, "nobody writes here");

        refused(() -> ledger.recordUnique(view -> registration(view, "a")));
        assertThat(ledger.view().highestNumber("churn")).isZero();
        ledger.record(Transition.of("Start", Entries.run("churn", "a", RunStatus.RUNNING)));
        await().untilAsserted(
                        () -> assertThat(ledger.health().error().orElse("")).contains("nobody writes here"));
        refused(() -> bed.open("two", SOON, true));
    }

    @Test
    void saysThatTheRemoteKnowsNobodyOfThisName() {
        bed.server.requireToken("secret");
        assertThatThrownBy(() -> bed.open("one"))
                .isInstanceOfSatisfying(
                        LedgerException.class,
                        failure -> assertThat(failure.reason()).isEqualTo("Refused"));
    }

    private static void refused(ThrowingCallable attempt) {
        assertThatThrownBy(attempt)
                .isInstanceOfSatisfying(
                        LedgerException.class,
                        failure -> assertThat(failure.reason()).isEqualTo("Refused"))
                .hasMessageContaining("nobody writes here");
    }

    @Test
    void pushesAgainWhatTheRemoteWasRewoundBehind() throws Exception {
        GitLedger ledger = bed.open("one");
        pushed(ledger);
        String before = bed.repository.head(BRANCH).orElseThrow();
        ledger.recordUnique(view -> registration(view, "a"));
        pushed(ledger);
        String after = bed.repository.head(BRANCH).orElseThrow();
        bed.repository.rewind(BRANCH, before);

        listed(ledger);

        await().untilAsserted(() -> assertThat(bed.repository.head(BRANCH)).contains(after));
    }

    private void listed(GitLedger ledger) throws Exception {
        ledger.listed(
                Map.of(BRANCH, ObjectId.fromString(bed.repository.head(BRANCH).orElseThrow())));
    }

    private void foreign(String message, String path, String text) {
        bed.repository.commit(BRANCH, message, Map.of(path, Optional.of(text.getBytes(StandardCharsets.UTF_8))));
    }

    @Test
    void leavesAloneWhatIsNotItsOwn() throws Exception {
        GitLedger ledger = bed.open("one", NEVER, false);
        ledger.record(Transition.of("Meanwhile", Entries.event("churn-api", "meanwhile")));
        foreign("Say what this is", "README.md", "# Our ledger");
        foreign("A note", "runs/note.txt", "for Monday");

        ledger.recordUnique(view -> registration(view, "a"));

        assertThat(bed.repository.read(BRANCH, "README.md")).isEmpty();
        assertThat(ledger.view().highestNumber("churn")).isEqualTo(1);
        assertThat(ledger.trouble()).isEmpty();
        assertThat(bed.open("elsewhere", "one", SOON, false, HeadLimits.standard())
                        .view()
                        .events(Optional.empty(), 10))
                .hasSize(1);
    }

    @Test
    void readsAHeadThatHoldsWhatIsNotItsOwn() throws Exception {
        bed.open("one").close();
        foreign("Say what this is", "README.md", "# Our ledger");

        GitLedger again = bed.open("one");
        again.recordUnique(view -> registration(view, "a"));

        assertThat(bed.repository.read(BRANCH, "README.md")).contains("# Our ledger");
    }

    @Test
    void namesTheFileThatItCannotRead() throws Exception {
        GitLedger ledger = bed.open("one", NEVER, false);
        ledger.record(Transition.of("Meanwhile", Entries.event("churn-api", "meanwhile")));
        String sound = bed.repository.head(BRANCH).orElseThrow();
        foreign("Mend it by hand", "runs/ab/cd.json", "{\"format\": 1, ");
        String broken = bed.repository.head(BRANCH).orElseThrow();

        listed(ledger);

        assertThat(ledger.trouble())
                .contains("The ledger at " + broken
                        + " cannot be read: runs/ab/cd.json is not what Plumbline writes there.");
        listed(ledger);
        assertThat(ledger.trouble()).isPresent();
        assertThatThrownBy(() -> ledger.recordUnique(view -> registration(view, "a")))
                .isInstanceOfSatisfying(
                        LedgerException.class,
                        failure -> assertThat(failure.reason()).isEqualTo("Damaged"));

        bed.repository.rewind(BRANCH, sound);
        listed(ledger);
        assertThat(ledger.trouble()).isEmpty();
        ledger.recordUnique(view -> registration(view, "a"));
        assertThat(ledger.view().highestNumber("churn")).isEqualTo(1);
    }

    @Test
    void numbersAgainOnABranchThatTheRemoteLost() throws Exception {
        GitLedger ledger = bed.open("one", NEVER, false);
        ledger.recordUnique(view -> registration(view, "a"));
        bed.repository.deleteRef("refs/heads/" + BRANCH);

        ledger.recordUnique(view -> registration(view, "b"));

        assertThat(ledger.view().highestNumber("churn")).isEqualTo(2);
        assertThat(bed.repository.log(BRANCH)).hasSize(3);
    }
}
