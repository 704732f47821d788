package dev.plumbline.reconciler.ledger.git;

import static dev.plumbline.reconciler.ledger.git.LedgerBed.BRANCH;
import static dev.plumbline.reconciler.ledger.git.LedgerBed.SOON;
import static dev.plumbline.reconciler.ledger.git.LedgerBed.pushed;
import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.reconciler.ledger.EventEntry;
import dev.plumbline.reconciler.ledger.LedgerView;
import dev.plumbline.reconciler.ledger.RunStatus;
import dev.plumbline.reconciler.ledger.Transition;
import dev.plumbline.reconciler.ledger.state.HeadLimits;
import dev.plumbline.schemas.model.Kind;
import dev.plumbline.schemas.model.ResourceId;
import dev.plumbline.schemas.model.VersionName;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The head stays small, whatever the record holds. */
final class HeadLimitsTest {
    @TempDir
    Path folder;

    private LedgerBed bed;

    @BeforeEach
    void start() throws Exception {
        bed = new LedgerBed(folder);
    }

    @AfterEach
    void stop() {
        bed.close();
    }

    @Test
    void holdsTheHeadWithinItsLimitsAndKeepsWhatServes() throws Exception {
        HeadLimits limits = new HeadLimits(3, 2, 5, 4, 3, 2);
        GitLedger ledger = bed.open("one", "one", SOON, false, limits);
        ledger.record(Transition.of(
                "First", Entries.run("churn", "0", RunStatus.SUCCEEDED), Entries.version("churn", 1, "0")));
        ledger.record(Transition.of("Serve", Entries.endpoint("churn-api", "churn", new VersionName("churn", 1))));
        for (int each = 1; each < 10; each++) {
            ledger.record(new Transition(
                    "Round " + each,
                    List.of(
                            Entries.run("churn", "" + each, RunStatus.SUCCEEDED),
                            Entries.version("churn", each + 1, "" + each),
                            Entries.run("churn", "failed" + each, RunStatus.FAILED),
                            Entries.verdict("loose" + each),
                            Entries.dataset("d" + each),
                            Entries.admission("a" + each),
                            Entries.event("churn-api", "" + each))));
        }
        pushed(ledger);
        checkBounds(ledger.view());
        ledger.close();
        checkBounds(bed.open("one", "one", SOON, false, limits).view());
        assertThat(bed.repository.files(BRANCH))
                .filteredOn(path -> path.startsWith("versions/"))
                .hasSize(4);
        assertThat(bed.repository.files(BRANCH))
                .filteredOn(path -> path.startsWith("admissions/"))
                .hasSize(2);
        assertThat(bed.repository.files(BRANCH))
                .filteredOn(path -> path.startsWith("datasets/"))
                .hasSize(3);
    }

    @Test
    void letsGoOfVerdictsThatNothingHeldRefersTo() throws Exception {
        HeadLimits limits = new HeadLimits(20, 20, 5, 4, 20, 20);
        GitLedger ledger = bed.open("one", "one", SOON, false, limits);
        ledger.record(Transition.of("Register", Entries.version("churn", 1, "kept"), Entries.verdict("kept")));
        for (int each = 0; each < 6; each++) {
            ledger.record(Transition.of("Judge " + each, Entries.verdict("loose " + each)));
        }

        assertThat(ledger.view().verdict(Entries.digest("verdict kept"))).isPresent();
        assertThat(ledger.view().verdict(Entries.digest("verdict loose 0"))).isEmpty();
        assertThat(ledger.view().verdict(Entries.digest("verdict loose 5"))).isPresent();
    }

    private static void checkBounds(LedgerView view) {
        assertThat(view.versions("churn"))
                .extracting(version -> version.version().number())
                .containsExactly(10, 9, 8, 1);
        assertThat(view.highestNumber("churn")).isEqualTo(10);
        assertThat(view.versionOf("churn", Entries.runId("3"))).contains(new VersionName("churn", 4));
        assertThat(view.run(Entries.runId("3"))).isEmpty();
        assertThat(view.run(Entries.runId("0"))).isPresent();
        assertThat(view.runs()).hasSize(6);
        assertThat(view.events(Optional.empty(), 100))
                .extracting(EventEntry::message)
                .contains("9");
        assertThat(view.events(Optional.of(new ResourceId(Kind.SERVING, "churn-api")), 100))
                .extracting(EventEntry::message)
                .containsExactly("9", "8", "7", "6", "5");
        assertThat(view.admission()).contains(Entries.admission("a9"));
    }
}
