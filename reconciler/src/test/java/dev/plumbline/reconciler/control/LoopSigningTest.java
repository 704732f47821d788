package dev.plumbline.reconciler.control;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.reconciler.fixture.SigningKeys;
import dev.plumbline.reconciler.fixture.Specs;
import dev.plumbline.reconciler.signing.CommitSigning;
import dev.plumbline.reconciler.source.Committer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A loop that signs what it writes, and a record that somebody else wrote. */
final class LoopSigningTest {
    private static final String LEDGER = "plumbline/ledger";

    @TempDir
    Path folder;

    private LoopBed bed;
    private CommitSigning signing;

    @BeforeEach
    void prepare() throws Exception {
        bed = new LoopBed(folder).withSpecs();
        signing = CommitSigning.with(SigningKeys.write(folder.resolve("key")), Optional.empty(), bed.clock);
    }

    @AfterEach
    void stop() {
        bed.close();
    }

    private void startSigned() throws Exception {
        bed.committer = new Committer("Plumbline", "bot@example.com", signing);
        bed.start();
        bed.awaitLive("v1");
        bed.quiet();
    }

    private Optional<String> distrust(String branch) throws Exception {
        ObjectId head = ObjectId.fromString(bed.repository.head(branch).orElseThrow());
        return signing.distrust(
                bed.repository.git().open(head, Constants.OBJ_COMMIT).getBytes());
    }

    @Test
    void signsPromotionsAndTheRecord() throws Exception {
        startSigned();

        assertThat(bed.promotions()).hasSize(1);
        assertThat(distrust("main")).isEmpty();
        assertThat(distrust(LEDGER)).isEmpty();
        assertThat(bed.operations().warnings()).isEmpty();
    }

    @Test
    void saysThatNobodySignsTheRecord() throws Exception {
        bed.start();

        assertThat(bed.operations().warnings())
                .extracting(Operations.Warning::reason)
                .containsExactly("LedgerUnsigned");
    }

    /** What serves does not depend on a key that somebody names for the first time. */
    @Test
    void aRecordFromBeforeThereWasAKeyIsServedFromAndActedOnByNobody() throws Exception {
        bed.start();
        bed.awaitLive("v1");
        bed.quiet();
        bed.stop();
        bed.committer = new Committer("Plumbline", "bot@example.com", signing);
        bed.start();

        bed.push("training/churn.yaml", Specs.training(2));
        for (var id : List.of(Specs.TRAINING, Specs.SERVING)) {
            bed.awaitReason(id, "LedgerForeign");
            assertThat(bed.message(id)).contains("is not signed").contains("--accept-ledger ");
        }
        assertThat(bed.endpoints.version("churn-api")).contains("v1");
        assertThat(bed.trainer.started()).hasSize(1);
        assertThat(bed.promotions()).hasSize(1);
    }

    @Test
    void aStrangersRecordFreezesEverythingUntilItIsTakenBack() throws Exception {
        startSigned();
        bed.until(() -> bed.operations().state().sourceProblem().isEmpty(), "all is well");
        String good = bed.repository.head(LEDGER).orElseThrow();
        bed.repository.commit(LEDGER, "Forged", Map.of("versions/forged.json", Optional.of(new byte[] {'1'})));

        bed.push("training/churn.yaml", Specs.training(2));
        for (var id : List.of(Specs.TRAINING, Specs.SERVING)) {
            bed.awaitReason(id, "LedgerForeign");
            assertThat(bed.message(id)).contains("is not signed").contains("--accept-ledger ");
        }
        assertThat(bed.endpoints.version("churn-api")).contains("v1");
        assertThat(bed.trainer.started()).hasSize(1);

        bed.repository.rewind(LEDGER, good);
        bed.ring();
        bed.awaitLive("v2");
    }
}
