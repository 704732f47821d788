package dev.plumbline.reconciler.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plumbline.reconciler.fixture.Specs;
import dev.plumbline.reconciler.ledger.Ledger.LedgerException;
import dev.plumbline.reconciler.ledger.git.LedgerSettings;
import dev.plumbline.reconciler.source.remote.Remote;
import dev.plumbline.testkit.TemporaryRepository;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A state folder that is started with another address than before: of the same repository, or of another one. */
final class LoopRepositoryTest {
    private static final String LEDGER = LedgerSettings.BRANCH;

    @TempDir
    Path folder;

    private LoopBed bed;

    @BeforeEach
    void prepare() throws Exception {
        bed = new LoopBed(folder.resolve("bed")).withSpecs();
        bed.start();
        bed.awaitLive("v1");
        bed.quiet();
        bed.stop();
    }

    @AfterEach
    void stop() {
        bed.close();
    }

    private TemporaryRepository another(String name) {
        TemporaryRepository other = TemporaryRepository.create(folder.resolve(name), bed.clock);
        other.commit("Something else", "README.md", "another repository");
        return other;
    }

    private void refusedWith(TemporaryRepository other) {
        bed.remote = Optional.of(Remote.local(other.path()));
        assertThatThrownBy(bed::start)
                .isInstanceOfSatisfying(
                        LedgerException.class,
                        refused -> assertThat(refused.reason()).isEqualTo("OtherRepository"))
                .hasMessageContaining("is another repository than the one that this state folder belongs to")
                .hasMessageContaining(
                        "main at " + bed.repository.head("main").orElseThrow().substring(0, 8));
    }

    @Test
    void refusesAnotherRepositoryAndPushesNothingThere() throws Exception {
        try (TemporaryRepository other = another("other.git")) {
            String head = other.head("main").orElseThrow();
            refusedWith(other);
            bed.takeOver = true;
            refusedWith(other);

            assertThat(other.head("main")).contains(head);
            assertThat(other.head(LEDGER)).isEmpty();
        }

        bed.takeOver = false;
        bed.remote = Optional.empty();
        bed.start();
        bed.push("training/churn.yaml", Specs.training(2));
        bed.awaitLive("v2");
    }

    @Test
    void takesNoLedgerOverThatIsOfAnotherRepository() throws Exception {
        try (TemporaryRepository other = another("other.git");
                LoopBed theirs = new LoopBed(folder.resolve("theirs"), other)) {
            theirs.holder = "theirs";
            theirs.start();
            theirs.quiet();
            theirs.stop();
            String ledger = other.head(LEDGER).orElseThrow();

            refusedWith(other);
            bed.takeOver = true;
            refusedWith(other);

            assertThat(other.head(LEDGER)).contains(ledger);
        }
    }

    @Test
    void pushesNothingToAnotherRepositoryThatAnswersOnlyAfterTheStart() throws Exception {
        bed.remote = Optional.of(Remote.local(folder.resolve("later.git")));
        bed.start();
        bed.looked();
        try (TemporaryRepository other = another("later.git")) {
            bed.looked();
            bed.looked();

            assertThat(other.head(LEDGER)).isEmpty();
            assertThat(bed.operations().warnings())
                    .anySatisfy(each -> assertThat(each.message()).contains("is another repository"));
            assertThat(bed.endpoints.version("churn-api")).contains("v1");
            bed.stop();
            assertThat(other.head(LEDGER)).isEmpty();
        }
    }

    @Test
    void goesOnWithTheSameRepositoryElsewhere() throws Exception {
        Path moved = folder.resolve("moved.git");
        copy(bed.repository.path(), moved);
        bed.remote = Optional.of(Remote.local(moved));
        bed.start();
        bed.awaitReason(Specs.SERVING, "Serving");
    }

    @Test
    void givesTheLedgerBackToTheSameRepositoryElsewhere() throws Exception {
        bed.repository.deleteRef("refs/heads/" + LEDGER);
        Path moved = folder.resolve("moved.git");
        copy(bed.repository.path(), moved);
        bed.remote = Optional.of(Remote.local(moved));
        bed.start();
        bed.awaitReason(Specs.SERVING, "Serving");
        bed.stop();

        assertThat(Files.exists(moved.resolve("refs/heads/" + LEDGER))).isTrue();
        assertThat(bed.repository.head(LEDGER)).isEmpty();
    }

    @Test
    void waitsForTheBranchThatTellsWhoseAnEmptiedRepositoryIs() throws Exception {
        String head = bed.repository.head("main").orElseThrow();
        bed.repository.deleteRef("refs/heads/" + LEDGER);
        bed.repository.deleteRef("refs/heads/main");
        bed.start();
        bed.looked();
        assertThat(bed.repository.head(LEDGER)).isEmpty();

        bed.repository.rewind("main", head);
        bed.looked();
        bed.until(() -> bed.repository.head(LEDGER).isPresent(), "the ledger is back");
        bed.awaitReason(Specs.SERVING, "Serving");
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Files.copy(file, to.resolve(from.relativize(file).toString()));
            }
        }
    }
}
