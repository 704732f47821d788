package dev.plumbline.reconciler.control;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.reconciler.fixture.Records;
import dev.plumbline.reconciler.fixture.Specs;
import dev.plumbline.reconciler.ledger.EventEntry;
import dev.plumbline.reconciler.ledger.RunEntry;
import dev.plumbline.reconciler.ledger.RunStatus;
import dev.plumbline.runtime.TrainingRequest;
import dev.plumbline.schemas.model.Digest;
import dev.plumbline.schemas.model.VersionName;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Bytes of versions that are gone: only their own run makes them again, and only the same bytes serve under their name. */
final class LoopLostTest {
    private static final String CHURN = "churn-api";
    private static final String UNCOMPARED =
            "; warning: nothing was compared: of the version that serves, an artifact is lost [serving-at-hand]";

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

    private RunEntry run() {
        return bed.operations().ledger().runs().getFirst();
    }

    private Digest stored(String bytes) throws Exception {
        return bed.artifacts.put(new ByteArrayInputStream(bytes.getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void aLostArtifactIsMadeAgainByItsRun() throws Exception {
        Digest digest = live();
        bed.loseArtifact(digest);
        bed.endpoints.lose(CHURN);
        bed.resync();
        bed.awaitLive("v1");
        bed.awaitReason(Specs.TRAINING, "Trained");

        assertThat(bed.artifacts.find(digest)).isPresent();
        assertThat(bed.trainer.started()).hasSize(2);
        assertThat(bed.operations().ledger().highestNumber("churn")).isEqualTo(1);
        assertThat(run().attempt()).isEqualTo(2);
        assertThat(run().status()).isEqualTo(RunStatus.SUCCEEDED);
        assertThat(run().version()).contains(Records.V1);
    }

    private Digest live() throws Exception {
        bed.start();
        bed.awaitLive("v1");
        bed.quiet();
        return bed.operations().ledger().version(Records.V1).orElseThrow().digest();
    }

    @Test
    void aLostArtifactThatComesOutDifferentlyWaitsForAPerson() throws Exception {
        Digest digest = live();
        bed.loseArtifact(digest);
        bed.trainer.change();
        bed.resync();
        bed.awaitReason(Specs.TRAINING, "ArtifactLost");
        bed.resync();

        assertThat(bed.trainer.started()).hasSize(2);
        assertThat(bed.message(Specs.TRAINING))
                .contains("churn/v1")
                .contains(stored("other model of " + run().run()) + " where " + digest + " is recorded")
                .contains("what differs: xgboost is 3 where 2 is recorded");
        assertThat(bed.reason(Specs.SERVING)).contains("ArtifactLost");
        assertThat(bed.ready(Specs.SERVING).orElseThrow().message()).contains("plumb reconcile training/churn");
        assertThat(bed.endpoints.version(CHURN)).contains("v1");
    }

    /** The first version serves, and the specs ask for another run meanwhile. */
    private Digest liveBesideAnotherRun() throws Exception {
        Digest digest = live();
        bed.push("serving/churn.yaml", Specs.serving("v1").replace("mode: commit", "mode: manual"));
        bed.push("training/churn.yaml", Specs.training(2));
        bed.awaitReason(Specs.SERVING, "Manual");
        bed.quiet();
        return digest;
    }

    @Test
    void aLostArtifactIsMadeAgainFromItsOwnInputsThoughTheSpecsAskForAnotherRun() throws Exception {
        Digest digest = liveBesideAnotherRun();
        bed.loseArtifact(digest);
        bed.endpoints.lose(CHURN);
        bed.resync();
        bed.awaitLive("v1");
        bed.awaitReason(Specs.SERVING, "Manual");

        TrainingRequest again = bed.trainer.started().getLast();
        assertThat(bed.artifacts.find(digest)).isPresent();
        assertThat(bed.trainer.started()).hasSize(3);
        assertThat(again.attempt()).isEqualTo(2);
        assertThat(again.inputs()).isEqualTo(bed.trainer.started().getFirst().inputs());
        assertThat(again.training()).isEqualTo(bed.trainer.started().getFirst().training());
        assertThat(bed.operations().ledger().highestNumber("churn")).isEqualTo(2);
        assertThat(bed.operations()
                        .ledger()
                        .run(again.inputs().id())
                        .orElseThrow()
                        .status())
                .isEqualTo(RunStatus.SUCCEEDED);
    }

    @Test
    void aLostArtifactIsMadeAgainThoughItsTrainingAndDataAreGone() throws Exception {
        Digest digest = liveBesideAnotherRun();
        bed.repository.remove("No more", "training/churn.yaml");
        bed.repository.commit(
                "Other data",
                "data/churn.csv",
                Specs.DATA + Specs.DATA.lines().skip(1).findFirst().orElseThrow() + "\n");
        bed.ring();
        bed.until(() -> bed.status(Specs.TRAINING).isEmpty(), "the Training is gone");
        bed.quiet();
        bed.loseArtifact(digest);
        bed.endpoints.lose(CHURN);
        bed.resync();
        bed.awaitLive("v1");
        bed.awaitReason(Specs.SERVING, "Serving");

        assertThat(bed.artifacts.find(digest)).isPresent();
        assertThat(bed.trainer.started()).hasSize(3);
    }

    @Test
    void onlyWhatServesOrARollbackLeadsToIsMadeAgain() throws Exception {
        Digest first = live();
        bed.push("training/churn.yaml", Specs.training(2));
        bed.awaitLive("v2");
        bed.push("training/churn.yaml", Specs.training(3));
        bed.awaitLive("v3");
        bed.quiet();
        Digest second = digest(2);
        bed.loseArtifact(first);
        bed.loseArtifact(second);
        bed.resync();
        bed.awaitReason(Specs.SERVING, "Serving");

        assertThat(bed.artifacts.find(second)).isPresent();
        assertThat(bed.artifacts.find(first)).isEmpty();
        assertThat(bed.trainer.started()).hasSize(4);
        assertThat(bed.endpoints.version(CHURN)).contains("v3");
    }

    private Digest digest(int version) {
        return bed.operations()
                .ledger()
                .version(new VersionName("churn", version))
                .orElseThrow()
                .digest();
    }

    @Test
    void otherBytesOfAnotherRunNeverServeAndAreTriedAgainWhenAPersonAsks() throws Exception {
        Digest digest = liveBesideAnotherRun();
        bed.loseArtifact(digest);
        bed.endpoints.lose(CHURN);
        bed.trainer.change();
        bed.resync();
        bed.awaitReason(Specs.SERVING, "ArtifactLost");
        bed.resync();
        bed.restart();
        bed.awaitReason(Specs.SERVING, "ArtifactLost");
        bed.quiet();

        assertThat(bed.message(Specs.SERVING))
                .contains(digest + " is recorded")
                .contains("what differs: xgboost is 3 where 2 is recorded")
                .contains("`plumb reconcile serving/churn-api` trains it once more");
        assertThat(bed.trainer.started()).hasSize(3);
        assertThat(bed.endpoints.version(CHURN)).isEmpty();

        bed.operations().interventions().reconcile(Optional.of(Specs.SERVING), "ann");
        bed.until(() -> bed.trainer.started().size() == 4, "it is trained once more");
        bed.awaitReason(Specs.SERVING, "ArtifactLost");
        stored("model of " + bed.trainer.started().getFirst().inputs().id());
        bed.resync();
        bed.awaitLive("v1");
    }

    /** The first version serves, its state is lost while another run is under way, and both are trained again. */
    private void lostWhileAnotherRunIsUnderWay() throws Exception {
        Digest digest = live();
        bed.trainer.hold();
        bed.push("training/churn.yaml", Specs.training(2));
        bed.until(() -> bed.trainer.started().size() == 2, "the other run is under way");
        bed.quiet(false);
        bed.stop();
        bed.loseArtifact(digest);
        bed.endpoints.lose(CHURN);
        bed.start();
        bed.until(() -> bed.trainer.started().size() == 4, "both are trained again");
        bed.trainer.finish(2);
        bed.awaitReason(Specs.TRAINING, "Trained");
        bed.quiet(false);
        bed.awaitReason(Specs.SERVING, "ArtifactLost");
    }

    @Test
    void aPromotionWaitsUntilWhatServesIsMadeAgain() throws Exception {
        lostWhileAnotherRunIsUnderWay();

        assertThat(bed.message(Specs.SERVING))
                .isEqualTo("the artifact of churn/v1 is no longer stored whole; its run is trained again; churn/v2 is"
                        + " promoted next, once that has ended");
        assertThat(bed.promotions()).hasSize(1);

        bed.trainer.finish(1);
        bed.awaitLive("v2");
        assertThat(bed.comparisons.made()).isEqualTo(1);
        assertThat(promoted()).doesNotContain("warning");
    }

    private String promoted() {
        bed.until(
                () -> bed.events(Specs.SERVING).stream()
                                .filter("Promoted"::equals)
                                .count()
                        == 2,
                "it is recorded");
        return bed.operations().ledger().events(Optional.of(Specs.SERVING), 100).stream()
                .filter(event -> event.reason().equals("Promoted"))
                .map(EventEntry::message)
                .filter(message -> message.contains("names churn/v2"))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void aPromotionGoesOnWhenWhatServesCouldNotBeMadeAgain() throws Exception {
        lostWhileAnotherRunIsUnderWay();
        bed.trainer.change();
        bed.trainer.finish(1);

        bed.awaitLive("v2");
        assertThat(promoted()).endsWith(UNCOMPARED);
    }

    @Test
    void aPromotionGoesOnWhenTheDataOfWhatServesHasChanged() throws Exception {
        Path data = Files.createDirectories(folder.resolve("outside")).resolve("churn.csv");
        bed.dataRoots = List.of(data.getParent());
        Digest before = outside(data, Specs.DATA);
        Digest digest = live();
        bed.stop();
        Digest after = outside(data, Specs.DATA + "5,No\n");
        bed.loseArtifact(digest);
        bed.loseArtifact(before);
        bed.endpoints.lose(CHURN);
        bed.trainer.hold();
        bed.start();
        bed.until(() -> bed.trainer.started().size() == 2, "the run over the new data is under way");
        bed.awaitReason(Specs.SERVING, "ArtifactLost");

        assertThat(bed.message(Specs.SERVING))
                .startsWith("the artifact of churn/v1 is lost: its run cannot be made again to give " + digest)
                .contains("the data file has the digest " + after + ", and the spec names " + before + "; put the")
                .doesNotContain("commit the new digest");

        bed.trainer.release();
        bed.awaitLive("v2");
        assertThat(promoted()).endsWith(UNCOMPARED);
    }

    private Digest outside(Path file, String rows) throws Exception {
        Files.writeString(file, rows);
        Digest digest = Digest.of(rows.getBytes(StandardCharsets.UTF_8));
        bed.repository.commit(
                "Data from elsewhere",
                "datasets/telco.yaml",
                Specs.DATASET_TEXT.replace(
                        "{path: data/churn.csv}", "{uri: \"" + file.toUri() + "\", digest: \"" + digest + "\"}"));
        return digest;
    }

    @Test
    void aPersonMovesAwayFromWhatIsLostWhileItIsMadeAgain() throws Exception {
        Digest digest = liveBesideAnotherRun();
        bed.loseArtifact(digest);
        bed.endpoints.lose(CHURN);
        bed.trainer.hold();
        bed.clock.advance(LoopBed.RESYNC.plusSeconds(1));
        bed.ring();
        bed.until(() -> bed.trainer.held() == 1, "it is being made again");
        bed.operations().write(new Operations.Change(CHURN, false, Optional.of(Records.V2), "ann", Optional.empty()));

        bed.awaitLive("v2");
        assertThat(promoted()).endsWith(UNCOMPARED);
    }

    @Test
    void aPersonsCommitMovesAwayFromWhatIsLost() throws Exception {
        Digest digest = liveBesideAnotherRun();
        bed.loseArtifact(digest);
        bed.endpoints.lose(CHURN);
        bed.trainer.change();
        bed.resync();
        bed.awaitReason(Specs.SERVING, "ArtifactLost");
        bed.push("serving/churn.yaml", Specs.serving("v2").replace("mode: commit", "mode: manual"));

        bed.awaitLive("v2");
    }

    @Test
    void aRunThatTheTrainerWouldMakeDifferentlyIsNotBegun() throws Exception {
        Digest digest = liveBesideAnotherRun();
        bed.repository.remove("No more", "training/churn.yaml");
        bed.ring();
        bed.until(() -> bed.status(Specs.TRAINING).isEmpty(), "the Training is gone");
        bed.stop();
        bed.trainer.becomesLater();
        bed.loseArtifact(digest);
        bed.start();
        bed.awaitReason(Specs.SERVING, "ArtifactLost");
        bed.quiet();

        assertThat(bed.message(Specs.SERVING))
                .contains("churn/v1")
                .contains(digest.value())
                .contains("the trainer's format is 2 where 1 is recorded");
        assertThat(bed.trainer.started()).hasSize(2);
        assertThat(bed.endpoints.version(CHURN)).contains("v1");
    }
}
