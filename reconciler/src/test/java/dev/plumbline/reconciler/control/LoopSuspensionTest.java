package dev.plumbline.reconciler.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plumbline.reconciler.fixture.Records;
import dev.plumbline.reconciler.fixture.Specs;
import dev.plumbline.reconciler.status.Condition;
import dev.plumbline.reconciler.status.ConditionType;
import dev.plumbline.schemas.model.Kind;
import dev.plumbline.schemas.model.ResourceId;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Nothing is done about what is suspended, and what serves goes on serving. */
final class LoopSuspensionTest {
    private static final ResourceId MODEL = new ResourceId(Kind.MODEL, "churn");

    @TempDir
    Path folder;

    private LoopBed bed;

    @BeforeEach
    void start() throws Exception {
        bed = new LoopBed(folder).withSpecs().start();
        bed.awaitLive("v1");
        bed.awaitReason(Specs.SERVING, "Serving");
    }

    @AfterEach
    void stop() {
        bed.close();
    }

    private Interventions orders() {
        return bed.operations().interventions();
    }

    private String suspended(ResourceId id) {
        return bed.status(id)
                .flatMap(each -> each.condition(ConditionType.SUSPENDED))
                .map(Condition::message)
                .orElse("");
    }

    private void awaitSuspended(ResourceId id, boolean wanted) {
        bed.until(() -> suspended(id).isEmpty() != wanted, id + (wanted ? " is suspended" : " is not suspended"));
    }

    @Test
    void trainsNothingForASuspendedTrainingUntilItIsResumed() throws Exception {
        orders().suspend(Optional.of(Specs.TRAINING), "ann", "the data looks odd", Optional.empty());
        awaitSuspended(Specs.TRAINING, true);
        assertThat(bed.reason(Specs.TRAINING)).contains("Trained");
        bed.push("training/churn.yaml", Specs.training(2));
        bed.awaitReason(Specs.TRAINING, "Suspended");
        bed.resync();
        bed.restart();
        bed.awaitReason(Specs.TRAINING, "Suspended");

        assertThat(bed.trainer.started()).hasSize(1);
        assertThat(bed.message(Specs.TRAINING))
                .contains("suspended by ann without a time limit: the data looks odd")
                .contains("`plumb resume training/churn`")
                .contains("left to do: train");
        assertThat(bed.endpoints.version("churn-api")).contains("v1");
        assertThat(orders().resume(Optional.of(Specs.TRAINING), "bob", "it was fine"))
                .isEmpty();
        bed.awaitLive("v2");
        assertThat(bed.events(Specs.TRAINING)).contains("Suspended", "Resumed");
        awaitSuspended(Specs.TRAINING, false);
    }

    @Test
    void suspendsNothingThatDoesNothingAndNamesWhatActsForIt() {
        assertThatThrownBy(() -> orders().suspend(Optional.of(MODEL), "ann", "incident 7", Optional.empty()))
                .isInstanceOfSatisfying(
                        Operations.Refused.class,
                        refused -> assertThat(refused.hint())
                                .contains("suspend what acts for it: `plumb suspend training/churn`, `plumb suspend"
                                        + " serving/churn-api`"))
                .hasMessage("Model/churn does nothing by itself, so suspending it would stop nothing");
        assertThat(suspended(MODEL)).isEmpty();
    }

    @Test
    void promotesNothingIntoASuspendedServingNotEvenForAPerson() throws Exception {
        orders().suspend(Optional.of(Specs.SERVING), "ann", "incident 7", Optional.empty());
        bed.push("training/churn.yaml", Specs.training(2));
        bed.awaitReason(Specs.SERVING, "Suspended");
        bed.awaitReason(Specs.TRAINING, "Trained");
        bed.resync();

        assertThat(bed.promotions()).hasSize(1);
        assertThat(bed.message(Specs.SERVING)).contains("left to do: promote");
        assertThatThrownBy(() -> bed.operations()
                        .write(new Operations.Change(
                                "churn-api",
                                false,
                                bed.operations().ledger().versions("churn").stream()
                                        .map(each -> each.version())
                                        .findFirst(),
                                "ann",
                                Optional.empty())))
                .isInstanceOf(Operations.Refused.class)
                .hasMessageContaining("suspended by ann");
    }

    @Test
    void anEndpointThatIsGonePutBackWhileSuspended() throws Exception {
        orders().suspend(Optional.of(Specs.SERVING), "ann", "incident 7", Optional.empty());
        awaitSuspended(Specs.SERVING, true);
        bed.endpoints.lose("churn-api");
        bed.resync();

        bed.awaitLive("v1");
        assertThat(bed.endpoints.version("churn-api")).contains("v1");
    }

    @Test
    void goesOnByItselfWhenTheTimeIsOver() throws Exception {
        orders().suspend(Optional.of(Specs.TRAINING), "ann", "lunch", Optional.of(Duration.ofHours(4)));
        bed.push("training/churn.yaml", Specs.training(2));
        bed.awaitReason(Specs.TRAINING, "Suspended");
        assertThat(bed.message(Specs.TRAINING)).contains("until 2026-03-01T16:00:");
        bed.clock.advance(Duration.ofHours(3));
        bed.resync();
        assertThat(bed.trainer.started()).hasSize(1);

        bed.clock.advance(Duration.ofHours(1));
        bed.ring();

        bed.awaitLive("v2");
        assertThat(bed.events(Specs.TRAINING)).contains("Resumed");
        assertThat(bed.operations().ledger().suspensions()).isEmpty();
    }

    @Test
    void aClockThatIsSetForwardEndsNoSuspensionEarly() throws Exception {
        orders().suspend(Optional.of(Specs.TRAINING), "ann", "lunch", Optional.of(Duration.ofMinutes(30)));
        bed.push("training/churn.yaml", Specs.training(2));
        bed.awaitReason(Specs.TRAINING, "Suspended");
        bed.clock.jump(Duration.ofHours(1));
        bed.clock.advance(Duration.ofMinutes(29));
        bed.looked();
        assertThat(bed.trainer.started()).hasSize(1);
        assertThat(bed.reason(Specs.TRAINING)).contains("Suspended");

        bed.clock.advance(Duration.ofMinutes(1));
        bed.ring();
        bed.awaitLive("v2");
    }

    @Test
    void suspendsEverythingAndTellsWhatStaysSuspendedByItself() throws Exception {
        orders().suspend(Optional.of(Specs.TRAINING), "ann", "the data looks odd", Optional.empty());
        orders().suspend(Optional.empty(), "bob", "incident 8", Optional.of(Duration.ofHours(1)));
        bed.push("training/churn.yaml", Specs.training(2));
        bed.awaitReason(Specs.TRAINING, "Suspended");
        awaitSuspended(Specs.SERVING, true);
        assertThat(suspended(Specs.SERVING))
                .contains("suspended with everything else by bob")
                .contains("`plumb resume --all`");
        assertThatThrownBy(() -> orders().resume(Optional.of(Specs.SERVING), "ann", "again"))
                .isInstanceOf(Operations.Refused.class)
                .satisfies(refused -> assertThat(
                                ((Operations.Refused) refused).hint().orElse(""))
                        .contains("suspended with everything else by bob"));

        Optional<String> left = orders().resume(Optional.empty(), "bob", "over");

        assertThat(left.orElse("")).contains("Training/churn");
        awaitSuspended(Specs.SERVING, false);
        assertThatThrownBy(() -> orders().resume(Optional.empty(), "bob", "over"))
                .isInstanceOf(Operations.Refused.class)
                .hasMessage("nobody suspended everything with `plumb suspend --all`");
        bed.resync();
        assertThat(bed.trainer.started()).hasSize(1);
    }

    @Test
    void aSpecCanSayItToo() throws Exception {
        String asked = Specs.training(2).replace("name: churn,", "name: churn, suspend: true,");
        bed.push("training/churn.yaml", asked);
        bed.awaitReason(Specs.TRAINING, "Suspended");
        bed.restart();
        bed.awaitReason(Specs.TRAINING, "Suspended");

        assertThat(bed.trainer.started()).hasSize(1);
        assertThat(bed.message(Specs.TRAINING))
                .contains("suspended by a commit: metadata.suspend in training/churn.yaml");
        assertThatThrownBy(() -> orders().resume(Optional.of(Specs.TRAINING), "ann", "go on"))
                .isInstanceOf(Operations.Refused.class)
                .hasMessageContaining("was not suspended by `plumb suspend`");
        bed.push("training/churn.yaml", Specs.training(2));
        bed.awaitLive("v2");
    }

    @Test
    void aRunUnderWayGoesOnToItsEndAndIsRegisteredOnceResumed() throws Exception {
        bed.trainer.hold();
        bed.push("training/churn.yaml", Specs.training(2));
        bed.until(() -> bed.trainer.started().size() == 2, "the run has started");
        orders().suspend(Optional.of(Specs.TRAINING), "ann", "wait", Optional.empty());
        bed.trainer.release();
        bed.awaitReason(Specs.TRAINING, "Suspended");
        assertThat(bed.message(Specs.TRAINING)).contains("left to do: register");
        assertThat(bed.operations().ledger().highestNumber(Records.V1.model())).isEqualTo(1);

        orders().resume(Optional.of(Specs.TRAINING), "ann", "go on");
        bed.awaitLive("v2");
        assertThat(bed.trainer.started()).hasSize(2);
    }

    @Test
    void refusesToSuspendWhatThereIsNot() {
        ResourceId nobody = new ResourceId(Specs.TRAINING.kind(), "nobody");
        assertThatThrownBy(() -> orders().suspend(Optional.of(nobody), "ann", "why", Optional.empty()))
                .isInstanceOf(Operations.Refused.class)
                .hasMessage("there is no Training/nobody");
    }
}
