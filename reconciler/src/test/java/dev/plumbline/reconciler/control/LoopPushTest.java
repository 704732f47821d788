package dev.plumbline.reconciler.control;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.reconciler.control.Operations.Change;
import dev.plumbline.reconciler.fixture.Records;
import dev.plumbline.reconciler.fixture.Specs;
import dev.plumbline.reconciler.source.BranchPush;
import dev.plumbline.reconciler.source.Source;
import dev.plumbline.reconciler.source.VersionChange;
import dev.plumbline.reconciler.source.Writer;
import dev.plumbline.schemas.model.Revision;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Promotions that the remote does not take at once. */
final class LoopPushTest {
    private static final String ASIDE = "plumbline/promote/churn-api";

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

    /** Lets something happen before each push. */
    private record Before(Writer writer, Runnable push) implements Writer {
        @Override
        public Revision prepare(VersionChange change) throws Source.SourceException {
            return writer.prepare(change);
        }

        @Override
        public PushOutcome push(Revision commit, Optional<BranchPush> record) throws InterruptedException {
            push.run();
            return writer.push(commit, record);
        }

        @Override
        public PushOutcome pushAside(Revision commit, String serving, Optional<BranchPush> record)
                throws InterruptedException {
            return writer.pushAside(commit, serving, record);
        }
    }

    @Test
    void aLostRaceIsPlannedAgainOnTheNewHead() throws Exception {
        AtomicInteger pushes = new AtomicInteger();
        bed.writing = writer -> new Before(writer, () -> {
            if (pushes.incrementAndGet() == 1) {
                bed.repository.commit("Meanwhile", "README.md", "somebody else was here");
            }
        });
        bed.start();
        bed.awaitLive("v1");
        bed.quiet();

        assertThat(bed.promotions()).hasSize(1);
        assertThat(bed.repository.read("main", "README.md")).contains("somebody else was here");
        assertThat(pushes).hasValue(2);
        assertThat(bed.trainer.started()).hasSize(1);
    }

    @Test
    void aLostRaceAgainstAPersonsDecisionIsLostForGood() throws Exception {
        AtomicInteger pushes = new AtomicInteger();
        String manual = Specs.SERVING_TEXT.replace("mode: commit", "mode: manual");
        bed.writing = writer -> new Before(writer, () -> {
            if (pushes.incrementAndGet() == 1) {
                bed.repository.commit("I decide", "serving/churn.yaml", manual);
            }
        });
        bed.start();
        bed.awaitReason(Specs.SERVING, "Manual");
        bed.resync();

        assertThat(bed.promotions()).isEmpty();
        assertThat(bed.serving()).isEqualTo(manual);
    }

    @Test
    void aRefusedPushWaitsOnABranchUntilItIsMerged() throws Exception {
        bed.repository.protect("main", "open a pull request");
        bed.start();
        bed.awaitReason(Specs.SERVING, "PushRefused");
        assertThat(bed.message(Specs.SERVING))
                .contains("open a pull request")
                .contains("git fetch origin " + ASIDE + " && git merge FETCH_HEAD");
        String waiting = bed.repository.head(ASIDE).orElseThrow();
        bed.resync();
        assertThat(bed.repository.head(ASIDE)).contains(waiting);

        bed.repository.rewind("main", waiting);
        bed.ring();
        bed.awaitLive("v1");
        bed.awaitReason(Specs.SERVING, "Serving");
        assertThat(bed.operations().ledger().endpoint("churn-api").orElseThrow().heldBack())
                .isEmpty();
    }

    @Test
    void aSquashedMergeCompletesThePromotionToo() throws Exception {
        bed.start();
        bed.awaitLive("v1");
        bed.quiet();
        bed.repository.protect("main", "open a pull request");
        bed.push("training/churn.yaml", Specs.training(2));
        bed.awaitReason(Specs.SERVING, "PushRefused");

        bed.push("serving/churn.yaml", Specs.serving("v2"));
        bed.awaitLive("v2");
        bed.quiet();
        assertThat(bed.operations().ledger().endpoint("churn-api").orElseThrow().heldBack())
                .isEmpty();

        bed.push("training/churn.yaml", Specs.training(1));
        bed.awaitReason(Specs.SERVING, "PushRefused");
        assertThat(bed.repository.read(ASIDE, "serving/churn.yaml")).contains(Specs.serving("v1"));
    }

    @Test
    void aPromotionByBranchIsNeverPushedToTheWatchedOne() throws Exception {
        String byBranch = Specs.SERVING_TEXT.replace("mode: commit", "mode: branch");
        bed.repository.commit("By branch", "serving/churn.yaml", byBranch);
        String head = bed.repository.head("main").orElseThrow();
        bed.start();
        bed.awaitReason(Specs.SERVING, "MergeAwaited");
        bed.resync();

        assertThat(bed.repository.head("main")).contains(head);
        assertThat(bed.repository.read(ASIDE, "serving/churn.yaml"))
                .contains(byBranch.replace("version: none", "version: v1"));
        assertThat(bed.endpoints.version("churn-api")).contains("none");
    }

    @Test
    void aPersonIsToldWhereARefusedPromotionLies() throws Exception {
        bed.repository.commit(
                "By hand", "serving/churn.yaml", Specs.SERVING_TEXT.replace("mode: commit", "mode: manual"));
        bed.start();
        bed.awaitReason(Specs.SERVING, "Manual");
        bed.repository.protect("main", "open a pull request");
        Operations.Written written = bed.operations()
                .write(new Change("churn-api", false, Optional.of(Records.V1), "Eve", Optional.empty()));

        assertThat(written.branch()).isEqualTo(ASIDE);
        assertThat(written.note().orElseThrow()).contains("open a pull request").contains("merge " + ASIDE);
    }

    @Test
    void promotionsThatWerePlannedTogetherDoNotRace() throws Exception {
        Map<String, String> servings = new LinkedHashMap<>();
        for (int number = 1; number <= 8; number++) {
            servings.put(
                    "serving/churn-" + number + ".yaml",
                    Specs.SERVING_TEXT.replace("name: churn-api", "name: churn-" + number));
        }
        bed.start();
        bed.awaitLive("v1");
        bed.quiet();
        AtomicInteger pushes = new AtomicInteger();
        bed.stop();
        bed.writing = writer -> new Before(writer, pushes::incrementAndGet);
        bed.repository.commit("Eight more", servings);
        bed.start();

        bed.until(() -> bed.promotions().size() == 9, "all are promoted");
        bed.quiet();
        // One push each, or fewer that several share; a lost race would be one more.
        assertThat(pushes.get()).isBetween(1, 8);
    }

    @Test
    void aVersionInAFormThatCannotBeChangedAloneWaitsForAPerson() throws Exception {
        bed.repository.commit(
                "Fold",
                "serving/churn.yaml",
                Specs.SERVING_TEXT.replace("version: none       # promotions write it", "version: >-\n    none"));
        bed.start();

        bed.awaitReason(Specs.SERVING, "Unwritable");
        assertThat(bed.message(Specs.SERVING)).contains("Write it as a line `version: none`");
    }
}
