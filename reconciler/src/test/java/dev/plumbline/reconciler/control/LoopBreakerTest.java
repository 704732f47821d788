package dev.plumbline.reconciler.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plumbline.reconciler.fixture.Specs;
import dev.plumbline.reconciler.ledger.RunEntry;
import dev.plumbline.reconciler.ledger.RunStatus;
import dev.plumbline.reconciler.plan.RunSpecs;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What keeps failing, or what a person ended, is not begun again before somebody says so. */
final class LoopBreakerTest {
    private static final Set<String> FAILING = Set.of("LoadFailed", "BreakerOpen");

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

    private void failAll() throws Exception {
        for (int time = 0; time < RunSpecs.MOST_FAILURES; time++) {
            bed.trainer.failNext("Crashed", false);
        }
        bed.start();
        for (int time = 1; time < RunSpecs.MOST_FAILURES; time++) {
            int attempts = time;
            bed.until(() -> bed.trainer.started().size() >= attempts, "attempt " + attempts);
            bed.until(() -> run().failures() >= attempts, "its failure");
            bed.quiet();
            bed.clock.advance(Duration.ofMinutes(6));
            bed.ring();
        }
        bed.awaitReason(Specs.TRAINING, "BreakerOpen");
    }

    @Test
    void stopsTryingARunThatKeepsFailingAlsoAfterARestart() throws Exception {
        failAll();
        bed.clock.advance(Duration.ofHours(2));
        bed.resync();
        bed.restart();
        bed.awaitReason(Specs.TRAINING, "BreakerOpen");
        bed.push("README.md", "Nothing that it depends on.\n");
        bed.quiet();

        assertThat(bed.trainer.started()).hasSize(RunSpecs.MOST_FAILURES);
        assertThat(bed.message(Specs.TRAINING))
                .contains("5 tries in a row failed, the last one with Crashed: it went wrong")
                .contains("`plumb reconcile training/churn`");
        assertThat(bed.events(Specs.TRAINING)).contains("BreakerOpen");
    }

    @Test
    void aRunThatTheMachineHasNoRoomForIsTriedAsLongAsItTakesAlsoAfterARestart() throws Exception {
        for (int time = 0; time <= RunSpecs.MOST_FAILURES; time++) {
            bed.trainer.failNext("TrainingStorage", false);
        }
        bed.start();
        for (int time = 1; time <= RunSpecs.MOST_FAILURES; time++) {
            int attempts = time;
            bed.until(() -> bed.trainer.started().size() >= attempts, "attempt " + attempts);
            bed.until(() -> run().status() == RunStatus.FAILED && run().attempt() == attempts, "its failure");
            bed.quiet();
            if (time < RunSpecs.MOST_FAILURES) {
                bed.clock.advance(Duration.ofMinutes(6));
                bed.ring();
            }
        }
        bed.awaitReason(Specs.TRAINING, "TrainingStorage");
        assertThat(run().failures()).isZero();
        bed.restart();
        bed.until(() -> run().status() == RunStatus.FAILED && run().attempt() > RunSpecs.MOST_FAILURES, "one more");
        bed.quiet();
        bed.clock.advance(Duration.ofMinutes(6));
        bed.ring();

        bed.awaitLive("v1");
    }

    @Test
    void stopsTryingWhatABugOfOursKeepsFrom() throws Exception {
        bed.start();
        bed.awaitLive("v1");
        bed.comparisons.breakDown();
        bed.push("training/churn.yaml", Specs.training(2));
        for (int time = 1; time < RunSpecs.MOST_FAILURES; time++) {
            int tries = time;
            bed.until(() -> bed.comparisons.made() >= tries, "try " + tries);
            bed.awaitReason(Specs.SERVING, "Bug");
            bed.quiet();
            bed.clock.advance(Duration.ofMinutes(6));
            bed.ring();
        }
        bed.awaitReason(Specs.SERVING, "BreakerOpen");
        bed.clock.advance(Duration.ofHours(2));
        bed.resync();

        assertThat(bed.comparisons.made()).isEqualTo(RunSpecs.MOST_FAILURES);
        assertThat(bed.message(Specs.SERVING)).contains("the last one with Bug");
    }

    @Test
    void aPersonsReconcileClosesIt() throws Exception {
        failAll();
        bed.operations().interventions().reconcile(Optional.of(Specs.TRAINING), "ann");

        bed.awaitLive("v1");
        assertThat(bed.trainer.started()).hasSize(RunSpecs.MOST_FAILURES + 1);
        assertThat(run().failures()).isZero();
        assertThat(bed.events(Specs.TRAINING)).contains("AskedAgain");
    }

    @Test
    void aPersonWhoAsksWhileAFailureIsFoundIsHeardAfterIt() throws Exception {
        bed.endpoints.fail("LoadFailed", false);
        bed.endpoints.duringFailure(this::askForTheServing);
        bed.start();

        bed.awaitLive("v1");
    }

    private void askForTheServing() {
        bed.endpoints.heal();
        try {
            bed.operations().interventions().reconcile(Optional.of(Specs.SERVING), "ann");
        } catch (Operations.Refused refused) {
            throw new AssertionError(refused);
        }
    }

    @Test
    void aCommitThatChangesWhatItDependsOnClosesItAlsoForTheSameRun() throws Exception {
        failAll();
        bed.push("training/churn.yaml", Specs.TRAINING_TEXT + "  resources: {memory: 2Gi}\n");

        bed.awaitLive("v1");
        assertThat(bed.trainer.runs()).hasSize(RunSpecs.MOST_FAILURES + 1).containsOnly(run().run());
    }

    @Test
    void aNeighbourThatIsAwayOpensNothing() throws Exception {
        bed.start();
        bed.awaitLive("v1");
        bed.endpoints.fail("Unreachable", false);
        bed.endpoints.lose("churn-api");
        for (int time = 0; time < 2 * RunSpecs.MOST_FAILURES; time++) {
            bed.clock.advance(Duration.ofMinutes(6));
            bed.ring();
            bed.quiet();
        }
        bed.awaitReason(Specs.SERVING, "Unreachable");
        bed.endpoints.heal();
        bed.clock.advance(Duration.ofMinutes(6));
        bed.ring();

        bed.awaitLive("v1");
    }

    @Test
    void anEndpointThatKeepsFailingByItsOwnFaultIsLeftAloneUntilACommitChangesIt() throws Exception {
        bed.endpoints.fail("LoadFailed", false);
        bed.start();
        for (int time = 1; time <= RunSpecs.MOST_FAILURES; time++) {
            bed.until(() -> bed.reason(Specs.SERVING).filter(FAILING::contains).isPresent(), "it fails");
            bed.quiet();
            bed.clock.advance(Duration.ofMinutes(6));
            bed.ring();
        }
        bed.awaitReason(Specs.SERVING, "BreakerOpen");
        bed.endpoints.heal();
        bed.resync();
        assertThat(bed.message(Specs.SERVING)).contains("LoadFailed").contains("`plumb reconcile serving/churn-api`");
        assertThat(bed.endpoints.version("churn-api")).isEmpty();

        bed.push("serving/churn.yaml", Specs.SERVING_TEXT + "  limits: {queue: 7}\n");
        bed.awaitLive("v1");
    }

    @Test
    void aCancelledRunIsNotBegunAgainBeforeAPersonAsks() throws Exception {
        bed.trainer.hold();
        bed.start();
        bed.until(() -> bed.trainer.started().size() == 1, "it trains");
        bed.until(() -> !bed.operations().ledger().runs().isEmpty(), "it is recorded");
        RunEntry cancelled = bed.operations().interventions().cancel(run().run(), "ann", "wrong data");

        assertThat(cancelled.status()).isEqualTo(RunStatus.CANCELLED);
        assertThat(cancelled.actor()).contains("ann");
        bed.trainer.release();
        bed.awaitReason(Specs.TRAINING, "CancelledByPerson");
        bed.resync();
        bed.restart();
        bed.awaitReason(Specs.TRAINING, "CancelledByPerson");
        assertThat(bed.trainer.started()).hasSize(1);
        assertThat(bed.message(Specs.TRAINING)).contains("cancelled by ann: wrong data");
        assertThatThrownBy(() -> bed.operations().interventions().cancel(run().run(), "ann", "again"))
                .isInstanceOf(Operations.Refused.class)
                .hasMessageContaining("neither trains nor waits");

        bed.operations().interventions().reconcile(Optional.of(Specs.TRAINING), "bob");
        bed.awaitLive("v1");
        assertThat(run().attempt()).isEqualTo(2);
    }

    @Test
    void aCancelledRunIsBegunAgainWhenWhatItIsMadeFromChanges() throws Exception {
        bed.trainer.hold();
        bed.start();
        bed.until(() -> bed.trainer.started().size() == 1, "it trains");
        bed.until(() -> !bed.operations().ledger().runs().isEmpty(), "it is recorded");
        bed.operations().interventions().cancel(run().run(), "ann", "wrong data");
        bed.awaitReason(Specs.TRAINING, "CancelledByPerson");
        bed.trainer.release();
        bed.push("data/churn.csv", Specs.DATA + "5,No\n");

        bed.awaitLive("v1");
    }

    @Test
    void aRefusedRegistrationIsAskedAgainWhenAPersonSaysSo() throws Exception {
        bed.trainer.measures(1, 0.5);
        bed.start();
        bed.awaitReason(Specs.TRAINING, "RegistrationDenied");
        bed.operations().interventions().reconcile(Optional.of(Specs.TRAINING), "ann");
        bed.until(() -> bed.events(Specs.TRAINING).contains("AskedAgain"), "it was asked again");
        bed.awaitReason(Specs.TRAINING, "RegistrationDenied");

        assertThat(bed.trainer.started()).hasSize(1);
    }
}
