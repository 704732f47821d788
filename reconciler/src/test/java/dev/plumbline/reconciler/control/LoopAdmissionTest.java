package dev.plumbline.reconciler.control;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.reconciler.fixture.Specs;
import dev.plumbline.schemas.model.Kind;
import dev.plumbline.schemas.model.ResourceId;
import dev.plumbline.schemas.model.Revision;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is wrong with a revision stops what it concerns, and nothing else. */
final class LoopAdmissionTest {
    private static final ResourceId OTHER = new ResourceId(Kind.MODEL, "other");

    @TempDir
    Path folder;

    private LoopBed bed;

    @BeforeEach
    void prepare() {
        bed = new LoopBed(folder).withSpecs();
    }

    @AfterEach
    void stop() {
        bed.close();
    }

    @Test
    void aBrokenSpecStopsNobodyElse() throws Exception {
        bed.repository.commit("Broken", "models/other.yaml", Specs.MODEL_TEXT.replace("churn", "other") + "  x: 1\n");
        bed.start();
        bed.awaitLive("v1");
        bed.awaitReason(OTHER, "Invalid");
        assertThat(bed.status(OTHER).orElseThrow().file()).contains("models/other.yaml");
        assertThat(bed.operations().state().problems()).isNotEmpty();

        bed.push("models/other.yaml", Specs.MODEL_TEXT.replace("churn", "other"));
        bed.awaitReason(OTHER, "Declared");
        assertThat(bed.operations().state().problems()).isEmpty();
    }

    @Test
    void aSpecThatPolicyDeniesIsHeldBackWithItsWords() throws Exception {
        bed.repository.commit(
                "No card",
                "models/other.yaml",
                Specs.MODEL_TEXT.replace("churn", "other").replace("riskTier: low", "riskTier: high"));
        bed.start();
        bed.awaitReason(OTHER, "AdmissionDenied");
        assertThat(bed.message(OTHER)).contains("card");
        assertThat(bed.operations().state().problems())
                .anySatisfy(each -> assertThat(each.code()).isEqualTo("policy-denied"));
    }

    @Test
    void aFileThatNobodyCanReadTakesNothingDownAlsoAfterTheLossOfTheMirror() throws Exception {
        bed.start();
        bed.awaitLive("v1");
        bed.quiet();
        bed.push("serving/churn.yaml", "kind: [Serving");
        bed.awaitReason(Specs.SERVING, "Unreadable");
        bed.quiet();
        bed.stop();
        bed.loseMirror();
        bed.start();
        bed.awaitReason(Specs.SERVING, "Unreadable");
        bed.resync();

        assertThat(bed.endpoints.version("churn-api")).contains("v1");
        assertThat(bed.operations().ledger().endpoint("churn-api")).isPresent();

        bed.push("serving/churn.yaml", Specs.serving("v1"));
        bed.awaitReason(Specs.SERVING, "Serving");
    }

    @Test
    void whatIsHeldBackStaysAtItsFormerFormAfterARestart() throws Exception {
        bed.start();
        bed.awaitLive("v1");
        bed.quiet();
        bed.push("training/churn.yaml", Specs.training(2).replace("seed: 2", "seed: two"));
        bed.awaitReason(Specs.TRAINING, "Invalid");
        bed.restart();
        bed.awaitReason(Specs.TRAINING, "Invalid");
        bed.awaitReason(Specs.SERVING, "Serving");
        bed.resync();

        assertThat(bed.trainer.started()).hasSize(1);
        assertThat(bed.operations().state().problems()).isNotEmpty();
    }

    @Test
    void aModelThatOthersStillNameIsNotRemoved() throws Exception {
        bed.start();
        bed.awaitLive("v1");
        bed.repository.remove("Too early", "models/churn.yaml");
        bed.ring();
        bed.awaitReason(Specs.MODEL, "StillReferenced");
        bed.quiet();
        assertThat(bed.endpoints.version("churn-api")).contains("v1");
    }

    @Test
    void dataThatBreaksItsSpecStallsWhatLearnsFromIt() throws Exception {
        bed.repository.commit("Bad rows", "data/churn.csv", Specs.DATA + "BAD,No\n");
        bed.start();
        bed.awaitReason(Specs.DATASET, "DataRejected");
        bed.awaitReason(Specs.TRAINING, "DataRejected");
        assertThat(bed.message(Specs.TRAINING))
                .contains("Dataset/telco")
                .contains("a tenure is no number")
                .contains("BAD")
                .contains("[value-out-of-range]");
        bed.resync();
        assertThat(bed.datasets.readings()).isEqualTo(1);

        bed.push("data/churn.csv", Specs.DATA);
        bed.awaitLive("v1");
    }

    @Test
    void anEmptyBranchIsSaidSo() throws Exception {
        try (LoopBed empty = new LoopBed(folder.resolve("empty"))) {
            empty.start();
            empty.until(() -> empty.operations().state().sourceProblem().isPresent(), "the emptiness is noticed");
            assertThat(empty.operations().state().sourceProblem().orElseThrow())
                    .contains("no commit yet. Push a first one to its branch main");
            assertThat(empty.operations().plan().isEmpty()).isTrue();
            empty.operations().interventions().reconcile(Optional.empty(), "ann");
        }
    }

    @Test
    void answersWhatWasAdmitted() throws Exception {
        bed.start();
        bed.awaitLive("v1");
        bed.quiet();
        Revision head = new Revision(bed.repository.commit("Broken", "models/other.yaml", "kind: Model\n"));
        Operations.Admitted admitted =
                bed.operations().look(Optional.of(head), Duration.ofSeconds(20)).orElseThrow();

        assertThat(admitted.admission().revision()).isEqualTo(head);
        assertThat(admitted.problems()).isNotEmpty();
        assertThat(bed.operations().look(Optional.empty(), Duration.ofSeconds(20)))
                .hasValueSatisfying(
                        again -> assertThat(again.admission().revision()).isEqualTo(head));
        assertThat(bed.operations().look(Optional.of(Specs.revision("unknown")), Duration.ZERO))
                .isEmpty();
        assertThat(bed.operations().plan().actions()).isEmpty();
        assertThat(bed.operations().resources()).hasSize(5);
        assertThat(bed.operations().output(bed.trainer.runs().getFirst())).isEmpty();
    }
}
