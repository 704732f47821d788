package dev.plumbline.reconciler.ledger.git;

import static dev.plumbline.reconciler.ledger.git.LedgerBed.BRANCH;
import static dev.plumbline.reconciler.ledger.git.LedgerBed.SOON;
import static dev.plumbline.reconciler.ledger.git.LedgerBed.pushed;
import static dev.plumbline.reconciler.ledger.git.LedgerBed.registration;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.plumbline.reconciler.fixture.SigningKeys;
import dev.plumbline.reconciler.ledger.Ledger.Fence;
import dev.plumbline.reconciler.ledger.Ledger.LedgerException;
import dev.plumbline.reconciler.ledger.RunStatus;
import dev.plumbline.reconciler.ledger.Transition;
import dev.plumbline.reconciler.signing.CommitSigning;
import dev.plumbline.reconciler.source.Committer;
import dev.plumbline.reconciler.source.mirror.Mirror;
import dev.plumbline.reconciler.source.remote.GitCredentials;
import dev.plumbline.reconciler.source.remote.Remote;
import dev.plumbline.schemas.model.Revision;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SplittableRandom;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A ledger that is signed, and heads of it that nobody trusted signed. */
final class LedgerTrustTest {
    @TempDir
    Path folder;

    private final List<Runnable> closing = new ArrayList<>();
    private LedgerBed bed;
    private Path key;
    private Path allowed;

    @BeforeEach
    void start() throws Exception {
        bed = new LedgerBed(folder);
        key = SigningKeys.write(folder.resolve("key"));
        allowed = Files.writeString(folder.resolve("allowed"), "");
    }

    @AfterEach
    void stop() {
        closing.reversed().forEach(Runnable::run);
        bed.close();
    }

    private GitLedger open(String holder, Optional<Path> signingKey, Optional<String> accepted, boolean takeOver)
            throws Exception {
        Mirror mirror =
                Mirror.open(bed.mirrorOf(holder), Remote.parse(bed.server.url(), folder), GitCredentials.none());
        closing.add(mirror::close);
        CommitSigning signing = signingKey.isPresent()
                ? CommitSigning.with(signingKey.get(), Optional.of(allowed), bed.clock)
                : CommitSigning.none();
        GitLedger ledger = GitLedger.open(
                mirror,
                new LedgerSettings(
                        BRANCH,
                        holder,
                        "Ada's " + holder,
                        new Committer("Plumbline", "bot@example.com", signing),
                        SOON,
                        accepted.map(Revision::new)),
                takeOver,
                bed.clock,
                new SplittableRandom(1));
        closing.add(ledger::close);
        return ledger;
    }

    private GitLedger open() throws Exception {
        return open("one", Optional.of(key), Optional.empty(), false);
    }

    private String head() {
        return bed.repository.head(BRANCH).orElseThrow();
    }

    /** What a stranger with the right to push adds to the record. */
    private String forge() {
        return bed.repository.commit(BRANCH, "Register v99", Map.of("forged.json", Optional.of(new byte[] {'1'})));
    }

    private void look(GitLedger ledger) throws Exception {
        try (Mirror mirror = Mirror.open(
                folder.resolve("look.git"), Remote.parse(bed.server.url(), folder), GitCredentials.none())) {
            SortedMap<String, ObjectId> branches = mirror.branches();
            ledger.listed(branches);
        }
    }

    @Test
    void signsEveryCommitOfIt() throws Exception {
        GitLedger ledger = open();
        ledger.record(Transition.of("Start", Entries.run("churn", "a", RunStatus.RUNNING)));
        ledger.recordUnique(view -> registration(view, "a"));
        pushed(ledger);

        assertThat(ledger.signed()).isTrue();
        try (RevWalk walk = new RevWalk(bed.repository.git())) {
            walk.markStart(walk.parseCommit(ObjectId.fromString(head())));
            CommitSigning signing = CommitSigning.with(key, Optional.empty(), bed.clock);
            int commits = 0;
            for (RevCommit commit : walk) {
                assertThat(signing.distrust(commit.getRawBuffer())).isEmpty();
                commits++;
            }
            assertThat(commits).isEqualTo(3);
        }
    }

    @Test
    void stopsAtAHeadThatAStrangerWroteAndGoesOnWhenItIsTakenBack() throws Exception {
        GitLedger ledger = open();
        String good = head();
        String forged = forge();

        look(ledger);

        assertThat(ledger.fence()).map(Fence::reason).contains("LedgerForeign");
        assertThat(ledger.fence().orElseThrow().message())
                .contains(forged + ", is not signed")
                .contains("git.allowedSignersFile")
                .contains("push the last trusted head back (" + good + ")")
                .endsWith("start with --accept-ledger " + forged);
        assertThatThrownBy(() -> ledger.record(Transition.of("More", Entries.event("x", "y"))))
                .isInstanceOf(LedgerException.class);
        assertThatThrownBy(() -> ledger.recordUnique(view -> registration(view, "a")))
                .isInstanceOf(LedgerException.class);
        assertThat(head()).isEqualTo(forged);

        bed.repository.rewind(BRANCH, good);
        look(ledger);

        assertThat(ledger.fence()).isEmpty();
        ledger.recordUnique(view -> registration(view, "a"));
        assertThat(ledger.view().highestNumber("churn")).isEqualTo(1);
    }

    @Test
    void findsAStrangersHeadAlsoWhenItPushes() throws Exception {
        GitLedger ledger = open();
        forge();

        assertThatThrownBy(() -> ledger.recordUnique(view -> registration(view, "a")))
                .isInstanceOfSatisfying(
                        LedgerException.class,
                        failure -> assertThat(failure.reason()).isEqualTo("Foreign"));
        assertThat(ledger.view().highestNumber("churn")).isZero();
    }

    @Test
    void aRestartBeforeAStrangersHeadGoesOnFrozenFromTheMirror() throws Exception {
        GitLedger ledger = open();
        ledger.record(Transition.of("Start", Entries.run("churn", "a", RunStatus.RUNNING)));
        pushed(ledger);
        ledger.close();
        forge();

        GitLedger again = open();

        assertThat(again.view().runs()).hasSize(1);
        assertThat(again.fence()).map(Fence::reason).contains("LedgerForeign");
        assertThatThrownBy(() -> open("elsewhere", Optional.of(key), Optional.empty(), true))
                .isInstanceOfSatisfying(
                        LedgerException.class,
                        failure -> assertThat(failure.reason()).isEqualTo("Foreign"));
    }

    @Test
    void namesTheKeyOfAStrangerAndTrustsItOnceItIsListed() throws Exception {
        Path other = SigningKeys.write(folder.resolve("other"));
        GitLedger ledger = open();
        open("two", Optional.of(other), Optional.of(head()), true);

        look(ledger);
        assertThat(ledger.fence().orElseThrow().message())
                .contains("was signed by a key that nobody here trusts (SHA256:");

        Files.writeString(allowed, SigningKeys.allowed("two", "", other));
        look(ledger);
        assertThat(ledger.fence()).map(Fence::reason).contains("Fenced");
    }

    @Test
    void anUnsignedLedgerIsTakenWhenTheOperatorNamesItsHead() throws Exception {
        GitLedger unsigned = open("one", Optional.empty(), Optional.empty(), false);
        unsigned.record(Transition.of("Start", Entries.run("churn", "a", RunStatus.RUNNING)));
        pushed(unsigned);
        assertThat(unsigned.signed()).isFalse();
        unsigned.close();
        String head = head();

        frozen(open(), head);
        frozen(open("one", Optional.of(key), Optional.of("0123456789012345678901234567890123456789"), false), head);

        GitLedger accepted = open("one", Optional.of(key), Optional.of(head), false);
        assertThat(accepted.view().runs()).hasSize(1);
        assertThat(bed.repository.log(BRANCH).getFirst()).contains("accept the record at " + head);
        accepted.close();

        GitLedger later = open();
        assertThat(later.view().runs()).hasSize(1);
        assertThat(later.fence()).isEmpty();
    }

    /** It is read as it is, and nothing is written after it, however often the remote is looked at. */
    private void frozen(GitLedger ledger, String head) throws Exception {
        look(ledger);
        assertThat(ledger.view().runs()).hasSize(1);
        assertThat(ledger.fence()).map(Fence::reason).contains("LedgerForeign");
        assertThat(ledger.fence().orElseThrow().message())
                .contains("is not signed")
                .endsWith("--accept-ledger " + head);
        assertThatThrownBy(() -> ledger.record(Transition.of("More", Entries.event("x", "y"))))
                .isInstanceOf(LedgerException.class);
        ledger.close();
        assertThat(head()).isEqualTo(head);
    }

    @Test
    void aMirrorWhoseOwnHeadNobodySignedIsNotPushedAndNotWrittenAfter() throws Exception {
        GitLedger signed = open();
        signed.record(Transition.of("Start", Entries.run("churn", "a", RunStatus.RUNNING)));
        pushed(signed);
        signed.close();
        String trusted = head();
        GitLedger unsigned = open("one", Optional.empty(), Optional.empty(), false);
        unsigned.record(Transition.of("Without a key", Entries.event("x", "y")));
        pushed(unsigned);
        unsigned.close();
        bed.repository.rewind(BRANCH, trusted);

        GitLedger ledger = open();
        look(ledger);
        assertThat(ledger.fence()).map(Fence::reason).contains("LedgerForeign");
        look(ledger);
        assertThat(ledger.fence())
                .as("also while the remote holds a trusted one")
                .isPresent();
        assertThatThrownBy(() -> ledger.recordUnique(view -> registration(view, "a")))
                .isInstanceOf(LedgerException.class);
        ledger.close();
        assertThat(head()).isEqualTo(trusted);
    }

    @Test
    void aKeyIsExchangedByTrustingTheOldOneForAWhile() throws Exception {
        GitLedger ledger = open();
        ledger.record(Transition.of("Start", Entries.run("churn", "a", RunStatus.RUNNING)));
        pushed(ledger);
        ledger.close();
        Files.writeString(allowed, SigningKeys.allowed("old", "", key));
        Path fresh = SigningKeys.write(folder.resolve("fresh"));

        GitLedger exchanged = open("one", Optional.of(fresh), Optional.empty(), false);
        exchanged.record(Transition.of("More", Entries.event("x", "y")));
        pushed(exchanged);
        exchanged.close();
        Files.writeString(allowed, "");

        assertThat(open("one", Optional.of(fresh), Optional.empty(), false)
                        .view()
                        .runs())
                .hasSize(1);
    }

    @Test
    void recordsNothingThatItCannotSign() throws Exception {
        GitLedger ledger = open();
        String sound = Files.readString(key);
        Files.writeString(key, "s3cr3t");

        assertThatThrownBy(() -> ledger.record(Transition.of("More", Entries.event("x", "y"))))
                .isInstanceOfSatisfying(
                        LedgerException.class,
                        failure -> assertThat(failure.reason()).isEqualTo("Signing"))
                .hasMessageNotContaining("s3cr3t");
        assertThat(ledger.view().events(Optional.empty(), 10)).isEmpty();

        Files.writeString(key, sound);
        ledger.record(Transition.of("More", Entries.event("x", "y")));
        await().untilAsserted(() -> assertThat(bed.repository.log(BRANCH)).hasSize(2));
    }
}
