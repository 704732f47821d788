package dev.plumbline.reconciler.ledger.git;

import static dev.plumbline.reconciler.ledger.git.LedgerBed.BRANCH;
import static dev.plumbline.reconciler.ledger.git.LedgerBed.SOON;
import static dev.plumbline.reconciler.ledger.git.LedgerBed.pushed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plumbline.reconciler.fixture.SigningKeys;
import dev.plumbline.reconciler.ledger.Ledger.Fence;
import dev.plumbline.reconciler.ledger.Ledger.LedgerException;
import dev.plumbline.reconciler.ledger.RunStatus;
import dev.plumbline.reconciler.ledger.Transition;
import dev.plumbline.reconciler.ledger.audit.Checkpoint;
import dev.plumbline.reconciler.signing.CommitSigning;
import dev.plumbline.reconciler.source.Committer;
import dev.plumbline.reconciler.source.mirror.Mirror;
import dev.plumbline.reconciler.source.remote.GitCredentials;
import dev.plumbline.reconciler.source.remote.Remote;
import dev.plumbline.schemas.model.Revision;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SplittableRandom;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.RefUpdate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A signed ledger from which records are taken away at the remote, opened by who has them and by who has not. */
final class LedgerRewindTest {
    @TempDir
    Path folder;

    private final List<Runnable> closing = new ArrayList<>();
    private LedgerBed bed;
    private Path key;
    private String early;
    private String late;

    /** A ledger that was vouched for when it was late, and is rewound to where it was early. */
    @BeforeEach
    void start() throws Exception {
        bed = new LedgerBed(folder);
        key = SigningKeys.write(folder.resolve("key"));
        GitLedger ledger = open("one", "one", true, Optional.empty());
        early = run(ledger, "early");
        late = run(ledger, "late");
        ledger.close();
        bed.repository.rewind(BRANCH, early);
    }

    @AfterEach
    void stop() {
        closing.reversed().forEach(Runnable::run);
        bed.close();
    }

    private GitLedger open(String mirror, String holder, boolean signed, Optional<String> accepted) throws Exception {
        Mirror copy = Mirror.open(bed.mirrorOf(mirror), Remote.parse(bed.server.url(), folder), GitCredentials.none());
        closing.add(copy::close);
        GitLedger ledger = GitLedger.open(
                copy,
                new LedgerSettings(
                        BRANCH,
                        holder,
                        "Ada's " + holder,
                        signed ? committer() : Committer.standard(),
                        SOON,
                        accepted.map(Revision::new)),
                true,
                bed.clock,
                new SplittableRandom(1));
        closing.add(ledger::close);
        return ledger;
    }

    private Committer committer() throws Exception {
        return new Committer(
                "Plumbline", "plumbline@example.com", CommitSigning.with(key, Optional.empty(), bed.clock));
    }

    private String run(GitLedger ledger, String name) throws Exception {
        ledger.record(Transition.of("Start " + name, Entries.run("churn", name, RunStatus.RUNNING)));
        pushed(ledger);
        return head();
    }

    private String head() {
        return bed.repository.head(BRANCH).orElseThrow();
    }

    private void look(GitLedger ledger) throws Exception {
        try (Mirror mirror = Mirror.open(
                folder.resolve("look.git"), Remote.parse(bed.server.url(), folder), GitCredentials.none())) {
            ledger.listed(mirror.branches());
        }
    }

    private void checkpoints(String commit) throws Exception {
        RefUpdate update = bed.repository.git().updateRef(CheckpointHistory.ref(BRANCH));
        update.setNewObjectId(ObjectId.fromString(commit));
        assertThat(update.forceUpdate()).isIn(RefUpdate.Result.FORCED, RefUpdate.Result.NEW);
    }

    @Test
    void whoHasNotWhatWasTakenAwayDoesNotStart() {
        assertThatThrownBy(() -> open("two", "two", true, Optional.empty()))
                .isInstanceOfSatisfying(
                        LedgerException.class,
                        failure -> assertThat(failure.reason()).isEqualTo("Rewound"))
                .hasMessageContaining("vouches for the record " + late + ", and the head " + early)
                .hasMessageContaining("git push --force origin " + late + ":refs/heads/" + BRANCH)
                .hasMessageEndingWith("start with --accept-ledger " + early);
        assertThat(head()).isEqualTo(early);
    }

    @Test
    void noCheckpointCountsWithoutAKey() throws Exception {
        assertThat(open("two", "two", false, Optional.empty()).view().runs()).hasSize(1);
    }

    @Test
    void whatNoTrustedKeySignedVouchesForNothing() throws Exception {
        bed.repository.rewind(BRANCH, late);
        Checkpoint forged = new Checkpoint(BRANCH, "0".repeat(40), Entries.digest("forged"), bed.clock.instant());
        checkpoints(bed.repository.commit(
                "forged", "Vouch", Map.of(CheckpointHistory.FILE, Optional.of(CheckpointHistory.file(forged)))));

        assertThat(open("two", "two", true, Optional.empty()).view().runs()).hasSize(2);
    }

    @Test
    void whatIsNoCommitVouchesForNothing() throws Exception {
        bed.repository.rewind(BRANCH, late);
        checkpoints(Objects.requireNonNull(bed.repository.git().resolve(BRANCH + ":holder.json"))
                .name());

        assertThat(open("two", "two", true, Optional.empty()).view().runs()).hasSize(2);
    }

    @Test
    void whoHasItPushesItBack() throws Exception {
        GitLedger ledger = open("one", "one", true, Optional.empty());

        assertThat(ledger.fence()).isEmpty();
        assertThat(ledger.view().runs()).hasSize(2);
        pushed(ledger);
        assertThat(bed.messages()).anyMatch(message -> message.startsWith("Start late"));
    }

    @Test
    void aFolderOfOursWithoutItsMirrorIsFrozenUntilTheRecordIsBack() throws Exception {
        GitLedger ledger = open("lost", "one", true, Optional.empty());

        look(ledger);
        assertThat(ledger.fence()).map(Fence::reason).contains("LedgerRewound");
        assertThat(ledger.fence().orElseThrow().message()).endsWith("--accept-ledger " + early);
        assertThat(ledger.view().runs()).hasSize(1);
        assertThatThrownBy(() -> ledger.record(Transition.of("More", Entries.event("x", "y"))))
                .isInstanceOf(LedgerException.class);
        assertThat(head()).isEqualTo(early);

        bed.repository.rewind(BRANCH, late);
        look(ledger);
        assertThat(ledger.fence()).isEmpty();
        assertThat(run(ledger, "later")).isNotEqualTo(late);
        assertThat(ledger.view().runs()).hasSize(3);
    }

    @Test
    void theOperatorTakesWhatIsLeftAndIsNotAskedAgain() throws Exception {
        assertThatThrownBy(() -> open("two", "two", true, Optional.of(late)))
                .as("another head is none that the operator named")
                .isInstanceOf(LedgerException.class);

        GitLedger accepted = open("two", "two", true, Optional.of(early));

        assertThat(bed.messages().getFirst()).contains("accept the record at " + early);
        assertThat(accepted.health().lastVouched()).contains(bed.clock.instant());
        assertThat(accepted.unvouched()).isEmpty();
        // Without an orderly end.
        GitLedger elsewhere = open("three", "three", true, Optional.empty());
        assertThat(elsewhere.fence()).isEmpty();
        assertThat(elsewhere.view().runs()).hasSize(1);
        accepted.close();
    }

    @Test
    void saysThatWhatTheOperatorTookCouldNotBeVouchedFor() throws Exception {
        bed.server.protect(CheckpointHistory.ref(BRANCH), "not here");

        GitLedger accepted = open("two", "two", true, Optional.of(early));

        assertThat(accepted.fence()).isEmpty();
        assertThat(accepted.unvouched())
                .hasValueSatisfying(why -> assertThat(why)
                        .contains("does not take " + CheckpointHistory.ref(BRANCH) + ": ")
                        .contains("not here"));
        assertThat(accepted.health().lastVouched()).isEmpty();
    }

    @Test
    void aFolderOfOursGoesOnFromWhatTheOperatorNames() throws Exception {
        GitLedger accepted = open("lost", "one", true, Optional.of(early));

        assertThat(accepted.fence()).isEmpty();
        assertThat(bed.messages().getFirst()).contains("accept the record at " + early);
    }

    @Test
    void aLedgerThatIsGoneIsNotBegunAnewWhileItIsVouchedFor() throws Exception {
        bed.repository.deleteRef("refs/heads/" + BRANCH);

        assertThatThrownBy(() -> open("two", "two", true, Optional.empty()))
                .hasMessageContaining("there is no such branch")
                .hasMessageEndingWith("(git push origin --delete " + CheckpointHistory.ref(BRANCH) + ")");

        bed.repository.deleteRef(CheckpointHistory.ref(BRANCH));
        assertThat(open("two", "two", true, Optional.empty()).view().runs()).isEmpty();
    }
}
