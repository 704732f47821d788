package dev.plumbline.reconciler.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plumbline.reconciler.control.Operations.Refused;
import dev.plumbline.reconciler.fixture.Specs;
import dev.plumbline.reconciler.ledger.EventEntry;
import dev.plumbline.reconciler.ledger.Ledger;
import dev.plumbline.reconciler.ledger.Transition;
import dev.plumbline.schemas.model.Revision;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
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
    void recordsItOnEveryResourceWhereThereIsNoEndpoint() throws Exception {
        bed.repository.remove("No more", "monitoring/churn.yaml");
        bed.repository.remove(Specs.REMOVAL, "serving/churn.yaml");
        bed.ring();
        bed.until(() -> bed.status(Specs.SERVING).isEmpty(), "the Serving is gone");
        bed.quiet();
        bed.repository.rewind("main", root);
        String head = bed.repository.commit("All over again", Map.of("models/churn.yaml", Specs.MODEL_TEXT));
        bed.ring();
        bed.until(() -> bed.events(Specs.MODEL).contains("HistoryRewritten"), "it is on the model's record");

        bed.operations().acceptHistory(new Revision(head), "ada@example.com", "a password was committed");

        assertThat(bed.operations().ledger().events(Optional.of(Specs.MODEL), 100))
                .filteredOn(event -> event.reason().equals("HistoryAccepted"))
                .singleElement()
                .satisfies(event -> assertThat(event.actor()).contains("ada@example.com"));
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
    void takesWhatWasRecordedAsAcceptedBeforeTheProcessEnded() throws Exception {
        AtomicReference<Ledger> ledger = new AtomicReference<>();
        bed.recording = each -> {
            ledger.set(each);
            return each;
        };
        bed.restart();
        bed.quiet();
        String head = rewrite();
        Objects.requireNonNull(ledger.get())
                .record(Transition.of(
                        "accept",
                        new EventEntry(
                                bed.clock.instant(),
                                Specs.SERVING,
                                "HistoryAccepted",
                                "accepted: a password was committed",
                                Optional.of(new Revision(head)),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.of("ada@example.com"))));

        bed.ring();
        bed.until(
                () -> {
                    bed.ring();
                    return bed.endpoints.version("churn-api").equals(Optional.of("v2"));
                },
                "the new history is in force");
        assertThat(bed.operations().state().sourceProblem()).isEmpty();
    }

    @Test
    void whatWasAcceptedOnceAcceptsNothingElse() throws Exception {
        String head = rewrite();
        bed.operations().acceptHistory(new Revision(head), "ada@example.com", "once");
        bed.awaitLive("v2");
        bed.quiet();
        bed.repository.rewind("main", head);
        String other = bed.repository.commit("Once more", "training/churn.yaml", Specs.training(9));
        bed.ring();
        bed.until(
                () -> bed.operations()
                        .state()
                        .sourceProblem()
                        .filter(problem -> problem.contains("accept-history " + other))
                        .isPresent(),
                "the second rewriting is told");
        for (int look = 0; look < 3; look++) {
            bed.looked();
            assertThat(bed.operations().state().sourceProblem()).isPresent();
        }
        assertThat(bed.operations().state().revision().map(Revision::id)).isNotEqualTo(Optional.of(other));

        assertThat(bed.trainer.started()).hasSize(2);
        assertThat(bed.endpoints.version("churn-api")).contains("v2");
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
