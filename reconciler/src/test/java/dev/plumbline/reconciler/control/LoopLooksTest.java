package dev.plumbline.reconciler.control;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.reconciler.fixture.Specs;
import dev.plumbline.schemas.model.Kind;
import dev.plumbline.schemas.model.ResourceId;
import io.micrometer.core.instrument.Timer;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is looked at, and what is left alone because nothing concerns it. */
class LoopLooksTest {
    private static final int OTHERS = 8;
    private static final ResourceId OTHER = new ResourceId(Kind.TRAINING, "other-3");

    @TempDir
    private Path folder;

    private LoopBed bed;

    @BeforeEach
    void start() throws Exception {
        bed = new LoopBed(folder).withSpecs();
        Map<String, String> files = new LinkedHashMap<>();
        for (int other = 0; other < OTHERS; other++) {
            files.put("others/" + other + ".yaml", other(other, 100 + other));
            files.put("data/" + other + ".csv", Specs.DATA);
        }
        bed.repository.commit("Ask for others", files);
        bed.start();
        bed.awaitLive("v1");
        bed.quiet();
    }

    @AfterEach
    void stop() {
        bed.close();
    }

    @Test
    void aCommitThatChangesNoSpecIsNoReasonToLook() {
        long before = looks();

        bed.push("README.md", "More words.\n");
        bed.quiet();

        assertThat(looks()).isEqualTo(before);
        assertThat(bed.status(OTHER).orElseThrow().observedRevision().map(each -> each.id()))
                .isEqualTo(bed.repository.head("main"));
    }

    @Test
    void oneChangedSpecConcernsItsModelAndNoOther() {
        long before = looks();

        bed.push("others/3.yaml", other(3, 7));
        bed.quiet();

        assertThat(bed.trainer.started())
                .filteredOn(each -> each.modelName().equals("other-3"))
                .hasSize(2);
        assertThat(looks() - before).isBetween(3L, 15L);
    }

    @Test
    void aNewDataFileWakesWhatLearnsFromIt() {
        bed.push(
                "data/3.csv",
                Specs.DATA + Specs.DATA.lines().skip(1).findFirst().orElseThrow() + "\n");
        bed.quiet();

        assertThat(bed.trainer.started())
                .filteredOn(each -> each.modelName().equals("other-3"))
                .hasSize(2);
    }

    @Test
    void aDataFileThatComesLaterWakesWhatWaitsForIt() {
        bed.repository.remove("Lose a data file", "data/3.csv");
        bed.ring();
        bed.awaitReason(OTHER, "DependencyHeldBack");

        bed.push("data/3.csv", Specs.DATA);

        bed.awaitReason(OTHER, "Trained");
    }

    @Test
    void aSpecThatIsGoneIsLookedAtAndForgotten() {
        bed.repository.remove("Ask for one less", "others/3.yaml");
        bed.ring();
        bed.quiet();

        bed.until(() -> bed.status(OTHER).isEmpty(), "the resource is forgotten");
    }

    @Test
    void anEndpointThatIsLostIsNoticedWithTheNextResync() {
        bed.resync();
        bed.endpoints.lose("churn-api");

        bed.resync();

        bed.awaitLive("v1");
    }

    @Test
    void everythingHasItsTurnInTheEnd() {
        long before = looks();

        bed.resync();

        assertThat(looks() - before)
                .isGreaterThanOrEqualTo(bed.operations().resources().size());
    }

    private long looks() {
        return bed.meters().find("plumbline.reconcile").timers().stream()
                .mapToLong(Timer::count)
                .sum();
    }

    private static String other(int number, int seed) {
        return (Specs.MODEL_TEXT + "---\n" + Specs.DATASET_TEXT + "---\n" + Specs.TRAINING_TEXT)
                .replace(", seed: 1}", ", seed: " + seed + "}")
                .replace("name: churn", "name: other-" + number)
                .replace("model: churn", "model: other-" + number)
                .replace("name: telco", "name: telco-" + number)
                .replace("dataset: telco", "dataset: telco-" + number)
                .replace("data/churn.csv", "data/" + number + ".csv");
    }
}
