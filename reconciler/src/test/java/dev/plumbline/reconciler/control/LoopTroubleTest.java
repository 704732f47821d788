package dev.plumbline.reconciler.control;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.reconciler.fixture.Specs;
import dev.plumbline.reconciler.ledger.EventEntry;
import dev.plumbline.reconciler.ledger.RunEntry;
import dev.plumbline.reconciler.ledger.RunStatus;
import dev.plumbline.schemas.model.ResourceId;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What goes wrong is told where people look: in the events, once. */
final class LoopTroubleTest {
    @TempDir
    Path folder;

    private LoopBed bed;

    @BeforeEach
    void start() throws Exception {
        bed = new LoopBed(folder).withSpecs();
    }

    @AfterEach
    void stop() {
        bed.close();
    }

    private List<String> messages(ResourceId id, String reason) {
        return bed.operations().ledger().events(Optional.of(id), 100).stream()
                .filter(event -> event.reason().equals(reason))
                .map(EventEntry::message)
                .toList();
    }

    @Test
    void dataThatIsRejectedIsAnEventOnceHoweverOftenItIsLookedAt() throws Exception {
        bed.start();
        bed.awaitLive("v1");
        bed.push("data/churn.csv", "tenure,churn\nBAD,No\n");
        bed.awaitReason(Specs.DATASET, "DataRejected");
        bed.awaitReason(Specs.TRAINING, "DataRejected");
        bed.resync();
        bed.operations().interventions().reconcile(Optional.empty(), "ann");
        bed.quiet();
        bed.restart();
        bed.awaitReason(Specs.DATASET, "DataRejected");
        bed.resync();

        assertThat(messages(Specs.DATASET, "DataRejected"))
                .singleElement()
                .asString()
                .contains("a tenure is no number");
        assertThat(messages(Specs.TRAINING, "DataRejected")).hasSize(1);
    }

    @Test
    void aPushThatChangesOnlyAFileOfDataSaysWhose() throws Exception {
        bed.start();
        bed.awaitLive("v1");
        bed.push("data/churn.csv", Specs.DATA + "5,No\n");
        bed.awaitLive("v2");

        assertThat(messages(Specs.DATASET, "NewData")).containsExactly("its data file has changed");
        bed.push("README.md", "Nothing of that kind.\n");
        bed.quiet();
        assertThat(messages(Specs.DATASET, "NewData")).hasSize(1);
    }

    @Test
    void aVersionThatNobodyKnowsAndADeniedPromotionAreEvents() throws Exception {
        bed.start();
        bed.awaitLive("v1");
        bed.comparisons.difference(-0.5);
        bed.push("training/churn.yaml", Specs.training(2));
        bed.awaitReason(Specs.SERVING, "PromotionDenied");
        bed.push("serving/churn.yaml", Specs.serving("v9"));
        bed.awaitReason(Specs.SERVING, "VersionUnknown");
        bed.quiet();

        assertThat(bed.events(Specs.SERVING)).contains("PromotionDenied", "VersionUnknown");
    }

    @Test
    void whatThePromotionWarnsOfIsSaidWherePeopleLook() throws Exception {
        bed.start();
        bed.awaitLive("v1");
        bed.comparisons.difference(-0.008);
        bed.push("training/churn.yaml", Specs.training(2));
        bed.awaitLive("v2");
        bed.awaitReason(Specs.SERVING, "Serving");

        assertThat(messages(Specs.SERVING, "Promoted").getFirst())
                .contains("warning: ")
                .contains("[shown-not-worse]");
        assertThat(bed.promotions().getFirst()).contains("[shown-not-worse]");
    }

    @Test
    void anAttemptOfAFormerControlPlaneIsNoLongerRunningWhateverIsAskedForNow() throws Exception {
        bed.trainer.hold();
        bed.start();
        bed.awaitReason(Specs.TRAINING, "Training");
        bed.stop();
        bed.repository.commit("Ask for another", "training/churn.yaml", Specs.training(2));
        bed.trainer.release();
        bed.start();
        bed.awaitLive("v1");

        List<RunEntry> runs = bed.operations().ledger().runs();
        assertThat(runs)
                .extracting(RunEntry::status)
                .containsExactlyInAnyOrder(RunStatus.SUCCEEDED, RunStatus.CANCELLED);
        assertThat(messages(Specs.TRAINING, "ControlPlaneLost"))
                .singleElement()
                .asString()
                .contains("attempt 1");
        assertThat(runs).allSatisfy(run -> assertThat(run.finishedAt()).isPresent());
    }

    @Test
    void aRequirementRaisedAboveWhatServesIsToldAndMovesNothing() throws Exception {
        bed.start();
        bed.awaitLive("v1");
        bed.push("training/churn.yaml", Specs.TRAINING_TEXT.replace("min: 0.6", "min: 0.99"));
        bed.awaitReason(Specs.TRAINING, "BelowRequire");

        assertThat(bed.message(Specs.TRAINING))
                .contains("churn/v1 does not meet the present require: auc 0.800 < 0.99");
        assertThat(bed.endpoints.version("churn-api")).contains("v1");
        bed.push("training/churn.yaml", Specs.TRAINING_TEXT);
        bed.awaitReason(Specs.TRAINING, "Trained");
    }
}
