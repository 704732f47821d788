package dev.plumbline.reconciler.control;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.reconciler.fixture.Records;
import dev.plumbline.reconciler.fixture.Specs;
import dev.plumbline.reconciler.ledger.git.GitLedger;
import dev.plumbline.reconciler.ledger.git.LedgerSettings;
import dev.plumbline.reconciler.source.Committer;
import dev.plumbline.reconciler.source.mirror.Mirror;
import dev.plumbline.reconciler.source.remote.GitCredentials;
import dev.plumbline.reconciler.source.remote.Remote;
import dev.plumbline.schemas.model.Kind;
import dev.plumbline.schemas.model.ResourceId;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A control plane that lost the ledger to another, and one that lost the ledger altogether. */
final class LoopFenceTest {
    @TempDir
    Path folder;

    private LoopBed bed;

    @BeforeEach
    void prepare() throws Exception {
        bed = new LoopBed(folder).withSpecs().start();
        bed.awaitLive("v1");
        bed.quiet();
    }

    @AfterEach
    void stop() {
        bed.close();
    }

    private void startElsewhere(String holder, boolean takeOver) throws Exception {
        try (Mirror mirror = Mirror.open(
                        folder.resolve("other.git"), Remote.local(bed.repository.path()), GitCredentials.none());
                GitLedger other = GitLedger.open(
                        mirror,
                        new LedgerSettings(
                                LedgerSettings.BRANCH, holder, "bob@desk", Committer.standard(), Duration.ofMillis(10)),
                        takeOver,
                        bed.clock,
                        new SplittableRandom(2))) {
            assertThat(other.view().highestNumber(Specs.MODEL.name())).isEqualTo(1);
        }
    }

    @Test
    void servesOnAndActsNoMoreOnceAnotherHasTakenOver() throws Exception {
        startElsewhere("other", true);
        Optional<String> ledger = bed.repository.head(LedgerSettings.BRANCH);
        int trained = bed.trainer.started().size();
        String push = bed.push("training/churn.yaml", Specs.training(2));

        bed.awaitReason(Specs.SERVING, "Fenced");
        bed.awaitReason(Specs.TRAINING, "Fenced");
        assertThat(bed.message(Specs.SERVING))
                .contains("The ledger was taken over: it is held by bob@desk since ")
                .contains(
                        "Endpoints here go on serving, and nothing else is done. If that was meant, stop this control plane")
                .contains("start this one again with --take-over");
        assertThat(bed.operations().state().sourceProblem())
                .hasValueSatisfying(problem -> assertThat(problem).startsWith("Fenced: "));
        assertThat(bed.endpoints.version("churn-api")).contains("v1");
        assertThat(bed.trainer.started()).hasSize(trained);
        assertThat(bed.repository.head("main")).contains(push);
        assertThat(bed.repository.head(LedgerSettings.BRANCH)).isEqualTo(ledger);
    }

    @Test
    void servesOnAndActsNoMoreOnceACopyOfItsStateFolderWasStarted() throws Exception {
        startElsewhere("state", false);
        Optional<String> ledger = bed.repository.head(LedgerSettings.BRANCH);
        int trained = bed.trainer.started().size();
        bed.push("training/churn.yaml", Specs.training(2));

        bed.awaitReason(Specs.TRAINING, "Fenced");
        bed.awaitReason(Specs.SERVING, "Fenced");
        assertThat(bed.message(Specs.SERVING))
                .contains("This state folder was started again elsewhere")
                .contains("bob@desk");
        assertThat(bed.endpoints.version("churn-api")).contains("v1");
        assertThat(bed.trainer.started()).hasSize(trained);
        assertThat(bed.repository.head(LedgerSettings.BRANCH)).isEqualTo(ledger);
    }

    @Test
    void numbersNothingWhenTheLedgerIsLostAndTheBranchNamesAVersion() throws Exception {
        bed.stop();
        bed.loseMirror();
        bed.repository.deleteRef("refs/heads/" + LedgerSettings.BRANCH);
        int trained = bed.trainer.started().size();
        bed.start();

        bed.awaitReason(Specs.SERVING, "LedgerMissing");
        bed.awaitReason(Specs.TRAINING, "LedgerMissing");
        assertThat(bed.message(Specs.TRAINING))
                .contains("Serving/churn-api names " + Records.V1)
                .contains("the ledger knows no version of that model");
        assertThat(bed.endpoints.version("churn-api")).contains("v1");
        assertThat(bed.trainer.started()).hasSize(trained);
    }

    @Test
    void takesANumberThatOnlyAPersonWroteForAMistakeOfThatServingAlone() {
        ResourceId other = new ResourceId(Kind.SERVING, "churn-batch");
        bed.push("serving/batch.yaml", Specs.serving("v99").replace("churn-api", "churn-batch"));
        bed.awaitReason(other, "VersionUnknown");
        bed.push("training/churn.yaml", Specs.training(2));

        bed.awaitLive("v2");
        bed.awaitReason(Specs.SERVING, "Serving");
        assertThat(bed.reason(other)).contains("VersionUnknown");
        assertThat(bed.message(other)).contains("churn/v99").contains("`plumb versions churn`");
    }

    @Test
    void numbersNothingOverARecordThatIsBehindTheBranch() throws Exception {
        String backup = bed.repository.head(LedgerSettings.BRANCH).orElseThrow();
        bed.push("training/churn.yaml", Specs.training(2));
        bed.awaitLive("v2");
        bed.quiet();
        bed.stop();
        bed.loseMirror();
        bed.repository.rewind(LedgerSettings.BRANCH, backup);
        int trained = bed.trainer.started().size();
        bed.start();

        bed.awaitReason(Specs.SERVING, "LedgerMissing");
        bed.awaitReason(Specs.TRAINING, "LedgerMissing");
        assertThat(bed.message(Specs.TRAINING)).contains("names churn/v2").contains("none beyond v1");
        assertThat(bed.trainer.started()).hasSize(trained);
        assertThat(bed.endpoints.version("churn-api")).contains("v2");
    }

    @Test
    void numbersAgainOnceNoServingNamesALostVersion() throws Exception {
        bed.stop();
        bed.loseMirror();
        bed.repository.deleteRef("refs/heads/" + LedgerSettings.BRANCH);
        bed.start();
        bed.awaitReason(Specs.TRAINING, "LedgerMissing");

        bed.push("serving/churn.yaml", Specs.SERVING_TEXT);

        // A person took v1 off, so the new v1 waits for a person to ask for it.
        bed.awaitReason(Specs.SERVING, "HeldBack");
        assertThat(bed.operations().ledger().versions(Specs.MODEL.name())).hasSize(1);
    }
}
