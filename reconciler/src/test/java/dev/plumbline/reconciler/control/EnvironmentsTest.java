package dev.plumbline.reconciler.control;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.reconciler.fixture.Specs;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.assertj.core.api.ThrowingConsumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two control planes that follow two folders of one repository, each with a ledger of its own. */
final class EnvironmentsTest {
    @TempDir
    Path folder;

    private LoopBed staging;
    private LoopBed production;

    @BeforeEach
    void prepare() throws Exception {
        staging = bed("staging", new LoopBed(folder.resolve("one")));
        production = bed("production", new LoopBed(folder.resolve("two"), staging.repository));
        Map<String, String> files = new LinkedHashMap<>();
        for (String root : new String[] {"staging", "production"}) {
            files.put(root + "/model.yaml", Specs.MODEL_TEXT);
            files.put(root + "/dataset.yaml", Specs.DATASET_TEXT.replace("data/churn.csv", "shared/churn.csv"));
            files.put(root + "/training.yaml", Specs.TRAINING_TEXT);
            files.put(root + "/serving.yaml", Specs.SERVING_TEXT);
        }
        files.put("shared/churn.csv", Specs.DATA);
        files.put("elsewhere/broken.yaml", "kind: [");
        files.put("staging/rules/any.yaml", "kind: [");
        staging.repository.commit("All", files);
        staging.start();
        staging.awaitLive("v1");
        production.start();
        production.awaitLive("v1");
        settle();
    }

    private LoopBed bed(String name, LoopBed bed) {
        bed.root = name;
        bed.environment = Optional.of(name);
        return bed;
    }

    private void settle() {
        for (LoopBed bed : new LoopBed[] {staging, production, staging}) {
            bed.ring();
            bed.quiet();
        }
    }

    @AfterEach
    void stop() {
        production.close();
        staging.close();
    }

    @Test
    void eachPromotesOnTheSameBranchAndRecordsOnItsOwn() {
        assertThat(staging.promotions()).satisfiesExactlyInAnyOrder(promotionIn("staging"), promotionIn("production"));
        assertThat(staging.repository.read("main", "staging/serving.yaml").orElseThrow())
                .contains("version: v1");
        assertThat(staging.repository.read("main", "production/serving.yaml").orElseThrow())
                .contains("version: v1");
        for (LoopBed bed : new LoopBed[] {staging, production}) {
            assertThat(bed.operations().state().sourceProblem()).isEmpty();
            assertThat(bed.operations().state().problems()).isEmpty();
            assertThat(bed.operations().state().resources()).hasSize(4);
            assertThat(bed.operations().ledger().versions("churn")).hasSize(1);
            bed.awaitReason(Specs.SERVING, "Serving");
        }
        assertThat(staging.repository.head("plumbline/ledger-staging")).isPresent();
        assertThat(staging.repository.head("plumbline/ledger-production")).isPresent();
        assertThat(staging.repository.head("plumbline/ledger")).isEmpty();
    }

    private static ThrowingConsumer<String> promotionIn(String environment) {
        return message -> assertThat(message)
                .startsWith("Promote churn-api to churn/v1 in " + environment + "\n")
                .contains("\nPlumbline-Environment: " + environment + "\n");
    }

    @Test
    void aChangeInOneIsNeitherActedOnNorRecordedInTheOther() throws Exception {
        String ledger =
                production.repository.head("plumbline/ledger-production").orElseThrow();
        int readings = production.datasets.readings();

        staging.push("staging/training.yaml", Specs.training(2));
        staging.awaitLive("v2");
        settle();

        assertThat(production.endpoints.version("churn-api")).contains("v1");
        assertThat(production.trainer.started()).hasSize(1);
        assertThat(production.datasets.readings()).isEqualTo(readings);
        assertThat(production.repository.head("plumbline/ledger-production")).contains(ledger);
        String head = production.repository.head("main").orElseThrow();
        assertThat(production.status(Specs.SERVING).orElseThrow().observedRevision())
                .hasValueSatisfying(seen -> assertThat(seen.id()).isEqualTo(head));

        production.restart();
        settle();
        production.push("production/training.yaml", Specs.training(3));
        production.awaitLive("v2");
        assertThat(staging.endpoints.version("churn-api")).contains("v2");
    }

    @Test
    void dataThatBothNameConcernsBoth() {
        staging.push("shared/churn.csv", Specs.DATA + "5,No\n");
        production.ring();

        staging.awaitLive("v2");
        production.ring();
        production.awaitLive("v2");
    }

    @Test
    void aRemovalThatOneConfirmsStaysHeldBackInTheOther() throws Exception {
        Map<String, Optional<byte[]>> gone =
                Map.of("staging/serving.yaml", Optional.empty(), "production/serving.yaml", Optional.empty());
        staging.repository.commit("main", "Oops", gone);
        settle();
        assertThat(staging.stalled(Specs.SERVING)).contains("MassRemoval");
        assertThat(production.stalled(Specs.SERVING)).contains("MassRemoval");

        staging.repository.commit("Yes\n\nPlumbline-Confirm: remove staging\n", "README.md", "no churn in staging");
        staging.ring();
        staging.until(() -> staging.endpoints.endpoint("churn-api").isEmpty(), "staging lets its endpoint go");
        settle();
        assertThat(production.stalled(Specs.SERVING)).contains("MassRemoval");
        assertThat(production.endpoints.version("churn-api")).contains("v1");

        staging.repository.commit("Here too\n\nPlumbline-Confirm: remove production\n", "README.md", "no churn");
        production.ring();
        production.until(() -> production.endpoints.endpoint("churn-api").isEmpty(), "production lets it go, too");
    }

    @Test
    void eachHasABranchOfItsOwnForWhatAPersonIsToMerge() {
        for (String root : new String[] {"staging", "production"}) {
            staging.repository.commit(
                    "Ask first", root + "/serving.yaml", Specs.serving("v1").replace("mode: commit", "mode: branch"));
            staging.repository.commit("Again", root + "/training.yaml", Specs.training(2));
        }
        staging.ring();
        production.ring();
        staging.awaitReason(Specs.SERVING, "MergeAwaited");
        production.awaitReason(Specs.SERVING, "MergeAwaited");

        assertThat(staging.repository.head("plumbline/promote-staging/churn-api"))
                .isPresent();
        assertThat(staging.repository.head("plumbline/promote-production/churn-api"))
                .isPresent();
    }
}
