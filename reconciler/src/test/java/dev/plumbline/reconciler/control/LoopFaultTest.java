package dev.plumbline.reconciler.control;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.reconciler.fixture.Records;
import dev.plumbline.reconciler.fixture.Specs;
import dev.plumbline.reconciler.ledger.RunEntry;
import dev.plumbline.reconciler.ledger.RunStatus;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What breaks, and how the loop gets over it. */
final class LoopFaultTest {
    private static final String CHURN = "churn-api";

    @TempDir
    Path folder;

    private final AtomicReference<MortalLedger> mortal = new AtomicReference<>();
    private LoopBed bed;

    @BeforeEach
    void prepare() {
        bed = new LoopBed(folder).withSpecs();
    }

    @AfterEach
    void stop() {
        bed.close();
    }

    private RunEntry run() {
        return bed.operations().ledger().runs().getFirst();
    }

    @Test
    void aFailedAttemptIsTriedAgainLater() throws Exception {
        bed.trainer.failNext("Crashed", false);
        bed.trainer.failNext("OutOfMemory", false);
        bed.start();
        bed.awaitReason(Specs.TRAINING, "Crashed");
        bed.quiet();
        assertThat(bed.message(Specs.TRAINING)).contains("attempt 1 failed").contains("it went wrong");
        bed.operations().state();
        assertThat(bed.trainer.started()).hasSize(1);

        bed.clock.advance(Duration.ofSeconds(11));
        bed.operations().interventions().reconcile(Optional.of(Specs.TRAINING), "ann");
        bed.awaitReason(Specs.TRAINING, "OutOfMemory");
        assertThat(bed.trainer.started()).hasSize(2);
        bed.quiet();

        bed.operations().interventions().reconcile(Optional.of(Specs.TRAINING), "ann");
        bed.awaitLive("v1");
        assertThat(bed.trainer.runs()).hasSize(3).containsOnly(run().run());
        assertThat(run().attempt()).isEqualTo(3);
        assertThat(run().status()).isEqualTo(RunStatus.SUCCEEDED);
    }

    @Test
    void aFailureThatWouldComeAgainWaitsForAPerson() throws Exception {
        bed.trainer.failNext("TrainerError", true);
        bed.start();
        bed.awaitReason(Specs.TRAINING, "TrainerError");
        bed.resync();
        bed.restart();
        bed.awaitReason(Specs.TRAINING, "TrainerError");
        assertThat(bed.message(Specs.TRAINING))
                .contains("plumb logs " + run().run().shortened());
        assertThat(bed.trainer.started()).hasSize(1);

        bed.push("training/churn.yaml", Specs.training(2));
        bed.awaitLive("v1");
    }

    @Test
    void anAttemptThatNothingAsksForAnyMoreIsCancelled() throws Exception {
        bed.trainer.hold();
        bed.start();
        bed.awaitReason(Specs.TRAINING, "Training");
        bed.until(() -> bed.trainer.started().size() == 1, "the first attempt runs");
        assertThat(bed.status(Specs.TRAINING).orElseThrow().progress()).isPresent();
        bed.push("training/churn.yaml", Specs.training(2));
        bed.until(() -> bed.trainer.started().size() == 2, "the second attempt runs");
        bed.trainer.release();
        bed.awaitLive("v1");

        assertThat(bed.operations().ledger().runs())
                .extracting(RunEntry::status)
                .containsExactlyInAnyOrder(RunStatus.SUCCEEDED, RunStatus.CANCELLED);
        assertThat(bed.operations()
                        .ledger()
                        .version(Records.V1)
                        .orElseThrow()
                        .inputs()
                        .seed())
                .isEqualTo(2);
    }

    @Test
    void anAttemptWhoseTrainingIsGoneIsCancelledAndForgotten() throws Exception {
        bed.trainer.hold();
        bed.start();
        bed.until(() -> bed.trainer.started().size() == 1, "the attempt runs");
        bed.repository.remove("No more", "training/churn.yaml");
        bed.ring();
        bed.until(() -> bed.status(Specs.TRAINING).isEmpty(), "the Training is gone");
        bed.quiet();

        assertThat(run().status()).isEqualTo(RunStatus.CANCELLED);
        assertThat(bed.endpoints.version(CHURN)).contains("none");
    }

    @Test
    void twoModelsOfOneRunShareItsTraining() throws Exception {
        bed.trainer.hold();
        bed.repository.commit("Another", "models/twin.yaml", Specs.MODEL_TEXT.replace("churn", "twin"));
        bed.repository.commit(
                "Another",
                "training/twin.yaml",
                Specs.TRAINING_TEXT.replace("name: churn", "name: twin").replace("model: churn", "model: twin"));
        bed.start();
        bed.until(() -> bed.trainer.started().size() == 1, "one attempt runs");
        bed.quiet(false);
        bed.trainer.release();
        bed.awaitLive("v1");
        bed.until(() -> bed.operations().ledger().highestNumber("twin") == 1, "the twin is registered");
        bed.quiet();

        assertThat(bed.trainer.started()).hasSize(1);
    }

    @Test
    void anEndpointThatDisappearsIsDeployedAgain() throws Exception {
        bed.start();
        bed.awaitLive("v1");
        bed.quiet();
        bed.endpoints.lose(CHURN);
        bed.clock.advance(LoopBed.RESYNC.plusSeconds(1));
        bed.ring();
        bed.awaitLive("v1");
        bed.quiet();

        assertThat(bed.endpoints.endpoint(CHURN).orElseThrow().window()).contains(Duration.ofHours(1));
        assertThat(bed.promotions()).hasSize(1);
        assertThat(bed.events(Specs.SERVING)).filteredOn("Live"::equals).hasSize(1);
    }

    @Test
    void aSilentDataPlaneIsReportedAndComesBack() throws Exception {
        bed.endpoints.silent(true);
        bed.start();
        bed.awaitReason(Specs.SERVING, "Unreachable");
        bed.awaitReason(Specs.MONITORING, "Unreachable");
        bed.endpoints.silent(false);
        bed.operations().interventions().reconcile(Optional.empty(), "ann");
        bed.awaitLive("v1");
        bed.awaitReason(Specs.MONITORING, "Watching");
    }

    @Test
    void aVersionThatCannotBeLoadedLeavesTheFormerOneServing() throws Exception {
        bed.start();
        bed.awaitLive("v1");
        bed.quiet();
        bed.endpoints.fail("ProbeFailed", true);
        bed.push("training/churn.yaml", Specs.training(2));
        bed.awaitReason(Specs.SERVING, "ProbeFailed");
        assertThat(bed.endpoints.version(CHURN)).contains("v1");
        assertThat(bed.operations()
                        .ledger()
                        .endpoint(CHURN)
                        .orElseThrow()
                        .stable()
                        .orElseThrow()
                        .version())
                .isEqualTo(Records.V1);
    }

    @Test
    void aRemovedServingIsTakenDownAndKeptOnlyOnRecord() throws Exception {
        bed.start();
        bed.awaitLive("v1");
        bed.repository.remove("No more", "monitoring/churn.yaml");
        bed.endpoints.fail("Unreachable", false);
        bed.repository.remove(Specs.REMOVAL, "serving/churn.yaml");
        bed.ring();
        bed.awaitReason(Specs.SERVING, "Unreachable");
        assertThat(bed.operations().ledger().endpoint(CHURN)).isPresent();
        bed.endpoints.heal();
        bed.operations().interventions().reconcile(Optional.empty(), "ann");
        bed.until(() -> bed.status(Specs.SERVING).isEmpty(), "the Serving is forgotten");
        bed.until(() -> bed.status(Specs.MONITORING).isEmpty(), "the Monitoring is forgotten");

        assertThat(bed.endpoints.endpoint(CHURN)).isEmpty();
        assertThat(bed.operations().ledger().inventory()).isEmpty();
        assertThat(bed.meters()
                        .find("plumbline.resource.ready")
                        .tag("kind", "Serving")
                        .gauges())
                .isEmpty();
    }

    @Test
    void whatServesGoesOnWhileTheRemoteIsAway() throws Exception {
        bed.start();
        bed.awaitLive("v1");
        bed.quiet();
        // Without its HEAD the folder is no repository; the folder itself stays, as a push under way may write into it.
        Path head = folder.resolve("origin.git").resolve("HEAD");
        Path away = folder.resolve("HEAD.away");
        Files.move(head, away);
        bed.ring();
        bed.until(() -> bed.operations().state().sourceProblem().isPresent(), "the remote is missed");
        bed.endpoints.lose(CHURN);
        bed.clock.advance(LoopBed.RESYNC.plusSeconds(1));
        bed.ring();
        bed.awaitLive("v1");

        Files.move(away, head);
        bed.ring();
        bed.until(() -> bed.operations().state().sourceProblem().isEmpty(), "the remote is back");
    }

    @Test
    void aRestartWithoutTheRemoteServesWhatWasAdmitted() throws Exception {
        bed.start();
        bed.awaitLive("v1");
        bed.quiet();
        bed.stop();
        bed.endpoints.lose(CHURN);
        Files.move(folder.resolve("origin.git"), folder.resolve("away.git"));
        bed.start();
        bed.awaitLive("v1");
        assertThat(bed.operations().state().revision()).isPresent();
        Files.move(folder.resolve("away.git"), folder.resolve("origin.git"));
    }

    @Test
    void aRevisionThatCannotBeRecordedIsNotActedOn() throws Exception {
        bed.recording = ledger -> remember(new MortalLedger(ledger, Long.MAX_VALUE));
        bed.start();
        bed.awaitLive("v1");
        bed.quiet();
        mortal.get().die();
        bed.push("serving/churn.yaml", Specs.serving("none"));
        bed.until(() -> bed.operations().state().sourceProblem().isPresent(), "the ledger is missed");
        assertThat(bed.operations().state().sourceProblem().orElseThrow()).contains("the disk is full");
        assertThat(bed.endpoints.version(CHURN)).contains("v1");

        mortal.get().revive();
        bed.ring();
        bed.awaitLive("none");
    }

    private MortalLedger remember(MortalLedger ledger) {
        mortal.set(ledger);
        return ledger;
    }

    @Test
    void aProcessThatEndsAnywhereLeavesNothingDoneTwice() throws Exception {
        for (int life = 1; bed.endpoints.version(CHURN).filter("v1"::equals).isEmpty() || life < 4; life++) {
            int records = life;
            bed.recording = ledger -> remember(new MortalLedger(ledger, records));
            bed.start();
            bed.until(
                    () -> mortal.get().dead()
                            || bed.endpoints.version(CHURN).filter("v1"::equals).isPresent(),
                    "life " + life + " ends");
            bed.stop();
            bed.clock.advance(Duration.ofMinutes(1));
        }
        bed.recording = ledger -> ledger;
        bed.start();
        bed.awaitReason(Specs.SERVING, "Serving");
        bed.resync();

        assertThat(bed.promotions()).hasSize(1);
        assertThat(bed.operations().ledger().highestNumber("churn")).isEqualTo(1);
        assertThat(bed.operations().ledger().runs()).hasSize(1);
        assertThat(bed.operations().ledger().endpoint(CHURN).orElseThrow().history())
                .hasSize(1);
        assertThat(bed.operations().ledger().endpoint(CHURN).orElseThrow().heldBack())
                .isEmpty();
    }
}
