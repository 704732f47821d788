package dev.plumbline.reconciler.control;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.reconciler.fixture.Specs;
import dev.plumbline.reconciler.queue.TrainingLimits;
import dev.plumbline.runtime.TrainingRequest;
import dev.plumbline.schemas.model.Kind;
import dev.plumbline.schemas.model.ResourceId;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Many models pushed at once train as the limits allow, and a person's wish goes first. */
final class LoopQueueTest {
    private static final int MODELS = 50;

    @TempDir
    Path folder;

    private LoopBed bed;

    @BeforeEach
    void prepare() {
        bed = new LoopBed(folder);
        bed.training = new TrainingLimits(1, 4L << 30, TrainingLimits.ANY_NUMBER);
    }

    @AfterEach
    void stop() {
        bed.close();
    }

    private static String name(int number) {
        return String.format(Locale.ROOT, "m%02d", number);
    }

    private static ResourceId training(int number) {
        return new ResourceId(Kind.TRAINING, name(number));
    }

    private void commit(int models) {
        Map<String, String> files = new LinkedHashMap<>();
        files.put("datasets/telco.yaml", Specs.DATASET_TEXT);
        files.put("data/churn.csv", Specs.DATA);
        for (int number = 1; number <= models; number++) {
            files.put("models/" + name(number) + ".yaml", Specs.MODEL_TEXT.replace("churn", name(number)));
            files.put(
                    "training/" + name(number) + ".yaml", Specs.training(number).replace("churn", name(number)));
        }
        bed.repository.commit("Ask for many models", files);
    }

    @Test
    void fiftyModelsPushedAtOnceTrainOneAfterAnother() throws Exception {
        commit(MODELS);
        bed.trainer.hold();
        bed.start();
        bed.until(() -> bed.operations().state().queue().size() == MODELS - 1, "the others wait");

        for (int done = 1; done <= MODELS; done++) {
            int started = done;
            bed.until(() -> bed.trainer.started().size() == started, started + " have started");
            assertThat(bed.trainer.held()).isEqualTo(1);
            bed.trainer.finishOne();
        }

        bed.quiet();
        assertThat(bed.trainer.started().stream().map(TrainingRequest::modelName))
                .hasSize(MODELS)
                .doesNotHaveDuplicates();
        assertThat(bed.operations().state().resources()).allMatch(each -> each.ready());
        assertThat(bed.operations().state().queue()).isEmpty();
        assertThat(bed.events(training(50)).contains("TrainingQueued")
                        || bed.events(training(1)).contains("TrainingQueued"))
                .isTrue();
    }

    @Test
    void whatAPersonAsksForGoesFirstAndTheQueueTellsPlaces() throws Exception {
        commit(4);
        bed.trainer.hold();
        bed.start();
        bed.until(() -> bed.operations().state().queue().size() == 3, "three wait");
        List<ResourceId> before = bed.operations().state().queue().stream()
                .map(place -> place.run().training())
                .toList();
        ResourceId last = before.getLast();
        bed.operations().interventions().reconcile(Optional.of(last), "ann");

        assertThat(bed.operations().state().queue().getFirst().run().training()).isEqualTo(last);
        assertThat(bed.operations().state().queue()).extracting("place").containsExactly(1, 2, 3);
        bed.awaitReason(last, "Queued");
        bed.trainer.finishOne();
        bed.until(() -> bed.trainer.started().size() == 2, "the next has started");
        assertThat(bed.trainer.started().get(1).modelName()).isEqualTo(last.name());
        bed.trainer.release();
        bed.quiet();
    }

    @Test
    void aQueuedRunCanBeCancelledSuspendedAndChangedWithoutHoldingUpOthers() throws Exception {
        commit(4);
        bed.trainer.hold();
        bed.start();
        bed.until(() -> bed.operations().state().queue().size() == 3, "three wait");
        var queue = bed.operations().state().queue();
        ResourceId first = queue.get(0).run().training();
        ResourceId second = queue.get(1).run().training();
        ResourceId third = queue.get(2).run().training();
        bed.operations().interventions().cancel(queue.get(0).run().entry().run(), "ann", "not needed");
        bed.operations().interventions().suspend(Optional.of(second), "ann", "later", Optional.empty());
        bed.awaitReason(first, "CancelledByPerson");
        bed.awaitReason(second, "Suspended");
        bed.until(() -> bed.operations().state().queue().size() == 1, "one waits");
        bed.trainer.release();
        bed.awaitReason(third, "Trained");

        assertThat(bed.trainer.started()).hasSize(2);
        assertThat(bed.operations()
                        .ledger()
                        .run(queue.get(0).run().entry().run())
                        .orElseThrow()
                        .actor())
                .contains("ann");
    }

    @Test
    void oneThatCanNeverFitIsRefusedByName() throws Exception {
        commit(2);
        bed.repository.commit(
                "Ask for much",
                "training/m02.yaml",
                Specs.training(2).replace("churn", "m02") + "  resources: {cpu: 8, memory: 1Gi}\n");
        bed.start();
        bed.awaitReason(training(2), "NeverFits");
        bed.awaitReason(training(1), "Trained");

        assertThat(bed.message(training(2)))
                .contains("Training/m02 declares resources.cpu 8, and limits.trainingCpu is 1");
    }
}
