package dev.plumbline.reconciler.ledger.git;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plumbline.reconciler.ledger.Ledger.LedgerException;
import dev.plumbline.reconciler.source.BranchPush;
import dev.plumbline.reconciler.source.Writer.PushOutcome;
import dev.plumbline.reconciler.source.mirror.Mirror;
import dev.plumbline.reconciler.source.remote.GitCredentials;
import dev.plumbline.reconciler.source.remote.Remote;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.eclipse.jgit.lib.ObjectId;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A branch of the remote that moves together with the record, or not at all. */
final class LedgerMoveTest {
    @TempDir
    Path folder;

    private LedgerBed bed;
    private Mirror mirror;
    private String first;
    private ObjectId second;

    @BeforeEach
    void start() throws Exception {
        bed = new LedgerBed(folder);
        first = bed.repository.commit("One", "file", "one");
        bed.repository.commit("Two", "file", "two");
        mirror = Mirror.open(bed.mirrorOf("ada"), Remote.parse(bed.server.url(), folder), GitCredentials.none());
        second = mirror.fetch("main", "refs/plumbline/test");
        bed.repository.rewind("main", first);
    }

    @AfterEach
    void stop() {
        mirror.close();
        bed.close();
    }

    private PushOutcome move(GitLedger ledger, Optional<ObjectId> expected) throws Exception {
        return ledger.recordWith(view -> LedgerBed.registration(view, "a"), record -> {
            List<BranchPush> pushes = List.of(record.orElseThrow(), new BranchPush(second, "main", expected, false));
            return mirror.push(pushes);
        });
    }

    private Optional<String> remoteLedger() {
        return bed.repository.head(LedgerBed.BRANCH);
    }

    @Test
    void movesBothInOnePush() throws Exception {
        GitLedger ledger = bed.open("ada");

        assertThat(move(ledger, Optional.empty())).isEqualTo(new PushOutcome.Accepted());

        assertThat(bed.repository.head("main")).contains(second.name());
        assertThat(ledger.view().highestNumber("churn")).isEqualTo(1);
        assertThat(bed.repository.log(LedgerBed.BRANCH).getFirst()).startsWith("Register a");
    }

    @Test
    void recordsNothingWhenTheBranchIsRefused() throws Exception {
        GitLedger ledger = bed.open("ada");
        LedgerBed.pushed(ledger);
        Optional<String> before = remoteLedger();
        bed.server.protect("refs/heads/main", "main takes reviewed changes only");

        assertThat(move(ledger, Optional.empty()))
                .isInstanceOfSatisfying(
                        PushOutcome.Refused.class,
                        refused -> assertThat(refused.words()).contains("main takes reviewed changes only"));

        assertThat(remoteLedger()).isEqualTo(before);
        assertThat(ledger.view().highestNumber("churn")).isZero();
    }

    @Test
    void recordsNothingWhenSomebodyElseMovedTheBranch() throws Exception {
        GitLedger ledger = bed.open("ada");
        LedgerBed.pushed(ledger);
        Optional<String> before = remoteLedger();
        bed.repository.commit("Meanwhile", "other", "text");

        assertThat(move(ledger, Optional.empty())).isEqualTo(new PushOutcome.Raced("main"));

        assertThat(remoteLedger()).isEqualTo(before);
        assertThat(ledger.view().highestNumber("churn")).isZero();
    }

    @Test
    void movesNoBranchOnceAnotherHasTakenTheLedgerOver() throws Exception {
        GitLedger ledger = bed.open("ada");
        LedgerBed.pushed(ledger);
        GitLedger other = bed.open("bob", LedgerBed.SOON, true);

        assertThatThrownBy(() -> move(ledger, Optional.empty()))
                .isInstanceOfSatisfying(
                        LedgerException.class,
                        fenced -> assertThat(fenced.reason()).isEqualTo("Fenced"));

        assertThat(bed.repository.head("main")).contains(first);
        assertThat(other.view().highestNumber("churn")).isZero();
        assertThat(ledger.fence())
                .hasValueSatisfying(why -> assertThat(why.message())
                        .contains("held by Ada's bob")
                        .contains("which last wrote it at 2026-03-01T12:00:00Z"));
    }

    @Test
    void learnsFromAListingThatAnotherHasTakenOver() throws Exception {
        GitLedger ledger = bed.open("ada", LedgerBed.NEVER, false);
        assertThat(ledger.fence()).isEmpty();
        bed.open("bob", LedgerBed.NEVER, true);

        ledger.listed(mirror.branches());

        assertThat(ledger.fence()).isPresent();
    }

    @Test
    void pushesOneAfterTheOtherWhereTheRemoteCannotTakeBoth() throws Exception {
        GitLedger ledger = bed.open("ada");
        bed.repository.git().getConfig().setBoolean("receive", null, "advertiseatomic", false);
        bed.repository.git().getConfig().save();

        assertThat(move(ledger, Optional.empty())).isEqualTo(new PushOutcome.Accepted());

        assertThat(bed.repository.head("main")).contains(second.name());
        assertThat(bed.repository.log(LedgerBed.BRANCH).getFirst()).startsWith("Register a");
    }
}
