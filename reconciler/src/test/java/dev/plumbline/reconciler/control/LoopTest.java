package dev.plumbline.reconciler.control;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.reconciler.fixture.Records;
import dev.plumbline.reconciler.fixture.Specs;
import dev.plumbline.reconciler.ledger.RunStatus;
import dev.plumbline.reconciler.status.ConditionType;
import dev.plumbline.reconciler.status.ResourceStatus;
import dev.plumbline.schemas.model.VersionName;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From a commit to a served model. */
final class LoopTest {
    /** A card of the model that lacks nothing at the high tier. */
    private static final String CARD =
            Specs.CARD.replace("license:", "validator: grace@example.com\noverseer: alan@example.com\nlicense:")
                    + """

            ## Fairness

            By tenure: who came lately is treated as who came long ago.

            ## Human oversight

            Alan looks at the endpoint each day, and stops it with plumb suspend.

            ## Risks

            | Risk | Treatment | Residual |
            | --- | --- | --- |
            | a customer is called in vain | none | low |

            ## Annex IV

            | Part | Where |
            | --- | --- |
            """
                    + IntStream.rangeClosed(1, 9)
                            .mapToObj("| %d | the handbook |\n"::formatted)
                            .collect(Collectors.joining());

    @TempDir
    Path folder;

    private LoopBed bed;

    @BeforeEach
    void start() throws Exception {
        bed = new LoopBed(folder).withSpecs().start();
    }

    @AfterEach
    void stop() {
        bed.close();
    }

    @Test
    void bringsACommitLive() {
        bed.awaitLive("v1");
        bed.awaitReason(Specs.SERVING, "Serving");
        bed.quiet();

        assertThat(bed.serving()).isEqualTo(Specs.serving("v1"));
        assertThat(bed.promotions()).hasSize(1);
        assertThat(bed.promotions().getFirst())
                .startsWith("Promote churn-api to churn/v1")
                .contains("Plumbline-Action: promote")
                .contains("Plumbline-Serving: churn-api")
                .contains("Plumbline-Version: churn/v1")
                .contains("Plumbline-Run: sha256:")
                .contains("Plumbline-Digest: sha256:")
                .contains("Plumbline-Verdict: sha256:");
        assertThat(bed.trainer.started()).hasSize(1);
        assertThat(bed.operations().state().resources())
                .allSatisfy(each -> assertThat(each.ready()).as("%s", each).isTrue());
        assertThat(bed.operations().ledger().version(Records.V1)).isPresent();
        assertThat(bed.operations().ledger().runs().getFirst().status()).isEqualTo(RunStatus.SUCCEEDED);
        assertThat(bed.events(Specs.TRAINING)).containsExactly("Registered", "Trained", "TrainingStarted");
        assertThat(bed.events(Specs.SERVING)).contains("Live", "Promoted");
    }

    @Test
    void trainsNothingForWhatDeterminesNoModel() {
        bed.awaitLive("v1");
        bed.quiet();

        bed.push("training/churn.yaml", "# a remark\n" + Specs.TRAINING_TEXT);
        bed.push("models/churn.yaml", Specs.MODEL_TEXT.replace("owner: ds-team@", "labels: {a: b}, owner: others@"));
        bed.push("training/churn.yaml", Specs.TRAINING_TEXT.replace("min: 0.6", "min: 0.7"));
        bed.push("datasets/telco.yaml", Specs.DATASET_TEXT + "---\n" + Specs.MODEL_TEXT.replace("churn", "other"));
        bed.quiet();

        assertThat(bed.trainer.started()).hasSize(1);
        assertThat(bed.promotions()).hasSize(1);
        assertThat(bed.endpoints.version("churn-api")).contains("v1");
        assertThat(bed.status(Specs.TRAINING)
                        .orElseThrow()
                        .observedRevision()
                        .orElseThrow()
                        .id())
                .isEqualTo(bed.repository.head("main").orElseThrow());
    }

    @Test
    void registersWithoutTrainingOnceTheRequirementIsLowered() {
        bed.awaitLive("v1");
        bed.trainer.measures(2, 0.55);
        bed.push("training/churn.yaml", Specs.training(2));
        bed.awaitReason(Specs.TRAINING, "RegistrationDenied");
        assertThat(bed.message(Specs.TRAINING)).contains("auc");
        bed.resync();
        assertThat(bed.trainer.started()).hasSize(2);
        assertThat(bed.endpoints.version("churn-api")).contains("v1");
        assertThat(bed.operations().ledger().runs())
                .extracting(each -> each.status())
                .containsExactlyInAnyOrder(RunStatus.SUCCEEDED, RunStatus.REFUSED);

        bed.push("training/churn.yaml", Specs.training(2).replace("min: 0.6", "min: 0.5"));
        bed.awaitLive("v2");
        assertThat(bed.trainer.started()).hasSize(2);
    }

    @Test
    void showsAnEndpointAsMovingFromTheMomentAtWhichANewVersionIsThereForIt() {
        bed.awaitLive("v1");
        bed.quiet();
        CompletableFuture<Void> answer = bed.comparisons.hold();
        try {
            bed.push("training/churn.yaml", Specs.training(2));
            List<ResourceStatus> registered = new ArrayList<>();
            bed.until(
                    () -> {
                        registered.clear();
                        registered.addAll(bed.operations().state().resources());
                        return registered.stream()
                                .anyMatch(each -> each.id().equals(Specs.TRAINING)
                                        && each.ready()
                                        && each.version().equals(VersionName.parse("churn/v2")));
                    },
                    "v2 is registered");

            assertThat(registered)
                    .filteredOn(each -> each.id().equals(Specs.SERVING))
                    .singleElement()
                    .satisfies(each -> assertThat(each.condition(ConditionType.RECONCILING))
                            .isPresent());
        } finally {
            answer.complete(null);
        }
        bed.awaitLive("v2");
        bed.quiet();
        assertThat(bed.operations().state().resources())
                .allSatisfy(each ->
                        assertThat(each.condition(ConditionType.RECONCILING)).isEmpty());
    }

    @Test
    void refusesToPromoteAWorseVersion() {
        bed.awaitLive("v1");
        bed.comparisons.difference(-0.05);
        bed.push("training/churn.yaml", Specs.training(2));
        bed.awaitReason(Specs.SERVING, "PromotionDenied");
        bed.resync();

        assertThat(bed.message(Specs.SERVING)).contains("worse").contains("churn/v2");
        assertThat(bed.endpoints.version("churn-api")).contains("v1");
        assertThat(bed.promotions()).hasSize(1);
        assertThat(bed.comparisons.made()).isEqualTo(1);
        assertThat(bed.reason(Specs.TRAINING)).contains("Trained");
    }

    @Test
    void whatBecomesSensitiveIsMeasuredOfTheModelThatIsThereAndNothingIsTrainedAgain() {
        String highTier = Specs.MODEL_TEXT.replace("riskTier: low", "riskTier: high, card: cards/churn.md");
        bed.awaitLive("v1");
        bed.push("cards/churn.md", CARD);
        bed.push("models/churn.yaml", highTier);
        bed.push("training/churn.yaml", Specs.training(2));
        bed.awaitReason(Specs.TRAINING, "RegistrationDenied");
        assertThat(bed.message(Specs.TRAINING)).contains("names no sensitive column");

        bed.push("models/churn.yaml", highTier.replace("riskTier: high", "riskTier: high, sensitive: [tenure]"));
        bed.awaitLive("v2");

        assertThat(bed.trainer.started()).hasSize(2);
        assertThat(bed.comparisons.grouped()).containsExactly(List.of("tenure"));
        assertThat(bed.operations()
                        .ledger()
                        .version(new VersionName("churn", 2))
                        .orElseThrow()
                        .evaluation()
                        .fairness())
                .hasValueSatisfying(
                        fairness -> assertThat(fairness.attributes()).containsExactly("tenure"));
    }
}
