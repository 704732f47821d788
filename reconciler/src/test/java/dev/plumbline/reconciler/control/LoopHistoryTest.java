package dev.plumbline.reconciler.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plumbline.reconciler.control.Operations.Refused;
import dev.plumbline.reconciler.fixture.Specs;
import dev.plumbline.schemas.model.Revision;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A branch whose history somebody rewrites. */
final class LoopHistoryTest {
    @TempDir
    Path folder;

    private LoopBed bed;
    private String root;

    @BeforeEach
    void prepare() throws Exception {
        bed = new LoopBed(folder);
        root = bed.repository.commit("Root", "README.md", "models");
        bed.withSpecs().start();
        bed.awaitLive("v1");
        bed.quiet();
    }

    @AfterEach
    void stop() {
        bed.close();
    }

    /** The same specs on another line, with the version that serves, and another training. */
    private String rewrite() {
        bed.repository.rewind("main", root);
        String head = bed.repository.commit(
                "All over again",
                Map.of(
                        "models/churn.yaml", Specs.MODEL_TEXT,
                        "datasets/telco.yaml", Specs.DATASET_TEXT,
                        "training/churn.yaml", Specs.training(2),
                        "serving/churn.yaml", Specs.serving("v1"),
                        "data/churn.csv", Specs.DATA));
        bed.ring();
        bed.until(
                () -> bed.operations()
                        .state()
                        .sourceProblem()
                        .filter(problem -> problem.contains("accept-history " + head))
                        .isPresent(),
                "the rewritten history is told");
        return head;
    }

    @Test
    void changesNothingUntilAPersonAcceptsIt() throws Exception {
        int trained = bed.trainer.started().size();
        String head = rewrite();
        assertThat(bed.endpoints.version("churn-api")).contains("v1");
        assertThat(bed.trainer.started()).hasSize(trained);
        assertThat(bed.repository.head("main")).contains(head);
        assertThat(bed.events(Specs.SERVING)).first().isEqualTo("HistoryRewritten");

        bed.operations().acceptHistory(new Revision(head), "ada@example.com", "a password was committed");

        bed.awaitLive("v2");
        assertThat(bed.operations().ledger().events(Optional.of(Specs.SERVING), 100))
                .filteredOn(event -> event.reason().equals("HistoryAccepted"))
                .singleElement()
                .satisfies(event -> {
                    assertThat(event.actor()).contains("ada@example.com");
                    assertThat(event.message()).endsWith("accepted: a password was committed");
                });
    }

    @Test
    void promotesNothingOntoIt() throws Exception {
        bed.push("training/churn.yaml", Specs.training(3));
        bed.awaitLive("v2");
        bed.quiet();
        rewrite();

        assertThatThrownBy(() -> bed.operations()
                        .write(new Operations.Change(
                                "churn-api", true, Optional.empty(), "ada@example.com", Optional.empty())))
                .isInstanceOfSatisfying(
                        Refused.class, refused -> assertThat(refused.code()).isEqualTo("denied"))
                .hasMessageContaining("was rewritten");
    }

    @Test
    void acceptsNoRevisionThatIsNotOnARewrittenHistory() {
        String head = bed.repository.head("main").orElseThrow();

        assertThatThrownBy(() -> bed.operations().acceptHistory(new Revision(head), "ada", "why not"))
                .isInstanceOfSatisfying(
                        Refused.class, refused -> assertThat(refused.code()).isEqualTo("not-found"))
                .hasMessageContaining("No rewritten history of main");
    }
}
