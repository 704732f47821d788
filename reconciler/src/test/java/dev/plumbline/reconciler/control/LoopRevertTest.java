package dev.plumbline.reconciler.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plumbline.reconciler.control.Operations.Change;
import dev.plumbline.reconciler.control.Operations.Refused;
import dev.plumbline.reconciler.fixture.Records;
import dev.plumbline.reconciler.fixture.Specs;
import dev.plumbline.reconciler.ledger.EndpointEntry;
import dev.plumbline.schemas.model.VersionName;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What people take back stays taken back. */
final class LoopRevertTest {
    @TempDir
    Path folder;

    private LoopBed bed;

    @BeforeEach
    void start() throws Exception {
        bed = new LoopBed(folder).withSpecs().start();
        bed.awaitLive("v1");
    }

    @AfterEach
    void stop() {
        bed.close();
    }

    private String head() {
        return bed.repository.head("main").orElseThrow();
    }

    private EndpointEntry endpoint() {
        return bed.operations().ledger().endpoint("churn-api").orElseThrow();
    }

    private void promoteSecond() {
        bed.push("training/churn.yaml", Specs.training(2));
        bed.awaitLive("v2");
        bed.awaitReason(Specs.SERVING, "Serving");
    }

    @Test
    void aRevertedPromotionServesTheFormerVersionAndStaysReverted() throws Exception {
        promoteSecond();
        String revert = bed.revert(head());
        bed.awaitLive("v1");
        bed.awaitReason(Specs.SERVING, "HeldBack");
        assertThat(bed.message(Specs.SERVING))
                .contains("reverted by " + revert.substring(0, 8))
                .contains("Ada Person")
                .contains("plumb promote churn-api --to v2");

        for (int time = 0; time < 10; time++) {
            bed.clock.advance(LoopBed.RESYNC.plusSeconds(1));
            bed.ring();
        }
        bed.resync();
        bed.restart();
        bed.awaitReason(Specs.SERVING, "HeldBack");
        bed.resync();

        assertThat(head()).isEqualTo(revert);
        assertThat(bed.trainer.started()).hasSize(2);
        assertThat(bed.endpoints.version("churn-api")).contains("v1");
        assertThat(endpoint().history())
                .extracting(each -> each.version().label())
                .containsExactly("v1", "v2", "v1");
    }

    @Test
    void aRevertedFirstPromotionServesNothingAndSaysWhy() {
        String revert = bed.revert(head());
        bed.awaitLive("none");
        bed.awaitReason(Specs.SERVING, "HeldBack");
        bed.resync();

        assertThat(head()).isEqualTo(revert);
        assertThat(bed.endpoints.endpoint("churn-api").orElseThrow().reason())
                .isEqualTo("churn/v1 was taken off by commit " + revert.substring(0, 8));
        assertThat(endpoint().stable()).isEmpty();
    }

    @Test
    void aRevertBeforeThePromotionWasSeenIsSeenToo() throws Exception {
        bed.stop();
        bed.repository.commit("Promote by hand", "serving/churn.yaml", Specs.serving("none"));
        String back = bed.repository.commit("And back", "serving/churn.yaml", Specs.serving("v1"));
        bed.start();
        bed.awaitReason(Specs.SERVING, "Serving");
        bed.resync();

        assertThat(head()).isEqualTo(back);
        assertThat(endpoint().heldBack()).isEmpty();
    }

    @Test
    void anOlderVersionIsTheCandidateAgainOnceItsTrainingIsBack() {
        bed.quiet();
        String change = bed.push("training/churn.yaml", Specs.training(2));
        bed.awaitLive("v2");
        bed.revert(change);
        bed.awaitLive("v1");
        bed.awaitReason(Specs.SERVING, "Serving");
        bed.quiet();

        assertThat(bed.trainer.started()).hasSize(2);
        assertThat(bed.promotions()).hasSize(3);
        assertThat(bed.promotions().getFirst()).startsWith("Roll back churn-api to churn/v1");
        assertThat(endpoint().heldBack()).isEmpty();
    }

    @Test
    void aPersonsRollbackHoldsBackUntilThePersonPromotes() throws Exception {
        promoteSecond();
        var rolledBack =
                bed.operations().write(new Change("churn-api", true, Optional.empty(), "Eve", Optional.of("It lies.")));
        assertThat(rolledBack.version()).isEqualTo(Records.V1);
        assertThat(rolledBack.branch()).isEqualTo("main");
        bed.awaitLive("v1");
        bed.awaitReason(Specs.SERVING, "HeldBack");
        assertThat(bed.message(Specs.SERVING)).contains("Eve");
        assertThat(bed.promotions().getFirst())
                .contains("It lies.")
                .contains("Plumbline-Action: rollback")
                .contains("Plumbline-Requested-By: Eve");
        bed.resync();
        assertThat(bed.endpoints.version("churn-api")).contains("v1");

        bed.operations().write(new Change("churn-api", false, Optional.of(Records.V2), "Eve", Optional.empty()));
        bed.awaitLive("v2");
        bed.awaitReason(Specs.SERVING, "Serving");
        assertThat(endpoint().heldBack()).containsOnlyKeys(Records.V1);
    }

    @Test
    void aRollbackThatNamesNothingNeverGoesForwardToWhatWasTakenBack() throws Exception {
        promoteSecond();
        bed.revert(head());
        bed.awaitLive("v1");
        bed.awaitReason(Specs.SERVING, "HeldBack");

        assertThatThrownBy(() -> bed.operations()
                        .write(new Change("churn-api", true, Optional.empty(), "Eve", Optional.empty())))
                .isInstanceOfSatisfying(
                        Refused.class,
                        refused -> assertThat(refused.hint())
                                .hasValueSatisfying(hint -> assertThat(hint).contains("v2 (held back: taken off by ")));
    }

    @Test
    void oneRollbackAfterAnotherGoesFurtherBack() throws Exception {
        promoteSecond();
        bed.push("training/churn.yaml", Specs.training(3));
        bed.awaitLive("v3");
        bed.awaitReason(Specs.SERVING, "Serving");

        bed.operations().write(new Change("churn-api", true, Optional.empty(), "Eve", Optional.empty()));
        bed.awaitLive("v2");
        bed.awaitReason(Specs.SERVING, "HeldBack");
        bed.operations().write(new Change("churn-api", true, Optional.empty(), "Eve", Optional.empty()));
        bed.awaitLive("v1");
    }

    @Test
    void aServingThatIsAskedForAgainKeepsItsHistoryAndWhatIsHeldBack() throws Exception {
        promoteSecond();
        bed.revert(head());
        bed.awaitLive("v1");
        bed.awaitReason(Specs.SERVING, "HeldBack");
        bed.repository.remove("No more", "monitoring/churn.yaml");
        bed.repository.remove(Specs.REMOVAL, "serving/churn.yaml");
        bed.ring();
        bed.until(() -> bed.status(Specs.SERVING).isEmpty(), "the Serving is gone");
        assertThat(endpoint().removed()).isTrue();
        assertThat(endpoint().stable()).isEmpty();
        bed.restart();
        bed.resync();
        assertThat(bed.endpoints.endpoint("churn-api")).isEmpty();

        bed.push("serving/churn.yaml", Specs.serving("v1"));
        bed.awaitLive("v1");
        bed.awaitReason(Specs.SERVING, "HeldBack");

        assertThat(endpoint().removed()).isFalse();
        assertThat(endpoint().removals())
                .singleElement()
                .satisfies(removal -> assertThat(removal.back()).isPresent());
        assertThat(endpoint().history())
                .extracting(each -> each.version().label())
                .containsExactly("v1", "v2", "v1", "v1");
        assertThat(endpoint().heldBack()).containsOnlyKeys(Records.V2);
    }

    @Test
    void refusesWhatAPersonCannotAskFor() {
        bed.quiet();
        refused(new Change("nobody", false, Optional.of(Records.V1), "Eve", Optional.empty()), "not-found");
        refused(new Change("churn-api", false, Optional.of(Records.V1), "Eve", Optional.empty()), "denied");
        refused(new Change("churn-api", true, Optional.empty(), "Eve", Optional.empty()), "not-found");
        refused(
                new Change("churn-api", false, Optional.of(new VersionName("churn", 9)), "Eve", Optional.empty()),
                "not-found");

        bed.comparisons.difference(-0.5);
        bed.push("training/churn.yaml", Specs.training(2));
        bed.awaitReason(Specs.SERVING, "PromotionDenied");
        refused(new Change("churn-api", true, Optional.of(Records.V2), "Eve", Optional.empty()), "denied");
        refused(new Change("churn-api", false, Optional.of(Records.V2), "Eve", Optional.empty()), "denied");

        bed.push("serving/churn.yaml", Specs.serving("v1").replace("tolerance", "tolerence"));
        bed.awaitReason(Specs.SERVING, "Invalid");
        refused(new Change("churn-api", false, Optional.of(Records.V2), "Eve", Optional.empty()), "denied");
    }

    private void refused(Change change, String code) {
        assertThatThrownBy(() -> bed.operations().write(change))
                .isInstanceOfSatisfying(
                        Refused.class, refused -> assertThat(refused.code()).isEqualTo(code));
    }

    @Test
    void aVersionThatNobodyRegisteredIsNotOverruled() {
        bed.quiet();
        String byHand = bed.push("serving/churn.yaml", Specs.serving("v7"));
        bed.awaitReason(Specs.SERVING, "VersionUnknown");
        bed.resync();

        assertThat(head()).isEqualTo(byHand);
        assertThat(bed.endpoints.version("churn-api")).contains("v1");
    }

    @Test
    void aVersionNamedByHandServesOnlyIfTheGateAllowsIt() {
        bed.quiet();
        bed.push("serving/churn.yaml", Specs.serving("v1").replace("mode: commit", "mode: manual"));
        bed.comparisons.difference(-0.5);
        bed.push("training/churn.yaml", Specs.training(2));
        bed.awaitReason(Specs.SERVING, "Manual");
        assertThat(bed.message(Specs.SERVING)).contains("plumb promote churn-api --to v2");

        bed.push("serving/churn.yaml", Specs.serving("v2").replace("mode: commit", "mode: manual"));
        bed.awaitReason(Specs.SERVING, "PromotionDenied");
        assertThat(bed.endpoints.version("churn-api")).contains("v1");
        assertThat(bed.message(Specs.SERVING)).contains("is named and may not serve");
    }
}
