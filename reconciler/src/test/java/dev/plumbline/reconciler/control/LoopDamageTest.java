package dev.plumbline.reconciler.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plumbline.reconciler.fixture.Damage;
import dev.plumbline.reconciler.fixture.Specs;
import dev.plumbline.reconciler.ledger.AdmissionEntry;
import dev.plumbline.reconciler.ledger.EventEntry;
import dev.plumbline.reconciler.ledger.Ledger;
import dev.plumbline.reconciler.ledger.Transition;
import dev.plumbline.reconciler.ledger.git.GitLedger;
import dev.plumbline.schemas.model.Revision;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A mirror that cannot be read takes nothing down: it is mended from the remote, or a person decides. */
final class LoopDamageTest {
    private static final String CHURN = "churn-api";
    private static final String LOST = "c0ffee00c0ffee00c0ffee00c0ffee00c0ffee00";

    @TempDir
    Path folder;

    private final AtomicReference<Ledger> ledger = new AtomicReference<>();
    private LoopBed bed;

    @BeforeEach
    void serve() throws Exception {
        bed = new LoopBed(folder).withSpecs();
        bed.recording = written -> {
            ledger.set(written);
            return written;
        };
        bed.start();
        bed.awaitLive("v1");
        bed.quiet();
    }

    @AfterEach
    void stop() {
        bed.close();
    }

    /** Waits until the remote has all of the ledger. */
    private void pushed() {
        bed.until(
                () -> ledger.get() instanceof GitLedger written
                        && written.health().pending() == 0,
                "the ledger is pushed");
    }

    private Path mirror() {
        return folder.resolve("mirror.git");
    }

    private String problem() {
        return bed.operations().state().sourceProblem().orElse("");
    }

    /** Says that a revision was admitted last which nobody has any more. */
    private void loseAdmission() throws Exception {
        AdmissionEntry last = ledger.get().view().admission().orElseThrow();
        ledger.get()
                .record(Transition.of(
                        "admit what is lost",
                        new AdmissionEntry(
                                new Revision(LOST),
                                LOST,
                                last.at(),
                                new TreeMap<>(),
                                new TreeMap<>(),
                                new TreeSet<>(),
                                new TreeSet<>(),
                                0)));
    }

    @Test
    void nothingIsDoneWhileWhatWasAdmittedLastIsLostUntilAPersonTakesTheBranchAsItIs() throws Exception {
        loseAdmission();
        bed.stop();
        bed.repository.remove("No more", "monitoring/churn.yaml");
        String head = bed.repository.remove("No more", "serving/churn.yaml");
        int trained = bed.trainer.started().size();
        bed.start();
        bed.until(() -> problem().contains("AdmissionLost"), "the loss is told");
        assertThat(problem())
                .contains("c0ffee00")
                .contains("endpoints serve on")
                .contains("plumb accept-history " + head + " --reason TEXT");
        for (int look = 0; look < 3; look++) {
            bed.clock.advance(Duration.ofMinutes(6));
            bed.ring();
            bed.until(() -> problem().contains("AdmissionLost"), "the loss is told still");
        }
        assertThat(bed.endpoints.version(CHURN)).contains("v1");
        assertThat(bed.trainer.started()).hasSize(trained);
        assertThat(bed.operations().state().lastFetch()).isEmpty();
        assertThatThrownBy(bed.operations()::plan).hasMessageContaining("AdmissionLost");

        bed.operations().acceptHistory(new Revision(head), "ada@example.com", "the disk is gone");
        bed.awaitReason(Specs.SERVING, "Leaving");
        bed.quiet();
        assertThat(bed.endpoints.version(CHURN)).contains("v1");
        assertThat(bed.operations().ledger().events(Optional.of(Specs.SERVING), 10))
                .filteredOn(event -> event.reason().equals("HistoryAccepted"))
                .singleElement()
                .extracting(EventEntry::actor)
                .isEqualTo(Optional.of("ada@example.com"));
        bed.clock.advance(Duration.ofMinutes(1));
        bed.operations().interventions().reconcile(Optional.empty(), "ada@example.com");
        bed.until(() -> bed.endpoints.endpoint(CHURN).isEmpty(), "the endpoint is gone");
    }

    @Test
    void onlyARevisionOfTheBranchIsTakenInPlaceOfWhatIsLost() throws Exception {
        loseAdmission();
        bed.restart();
        bed.until(() -> problem().contains("AdmissionLost"), "the loss is told");

        assertThatThrownBy(() -> bed.operations().acceptHistory(new Revision(LOST), "ada@example.com", "why not"))
                .hasMessageContaining("c0ffee00");
        bed.ring();
        bed.until(() -> problem().contains("AdmissionLost"), "the loss is told still");
    }

    @ParameterizedTest
    @EnumSource(Damage.class)
    void aMirrorThatWasDamagedWhileNobodyLookedIsMendedAtTheStart(Damage damage) throws Exception {
        bed.stop();
        assertThat(damage.toAll(mirror(), "objects/pack/.*\\.pack|objects/../.{38}"))
                .hasSizeGreaterThan(10);
        bed.start();
        bed.awaitReason(Specs.SERVING, "Serving");
        bed.resync();

        assertThat(bed.endpoints.version(CHURN)).contains("v1");
        assertThat(bed.events(Specs.SERVING)).contains("MirrorRepaired");
        assertThat(bed.trainer.started()).hasSize(1);
        assertThat(bed.operations().ledger().highestNumber("churn")).isEqualTo(1);
        bed.push("training/churn.yaml", Specs.training(2));
        bed.awaitLive("v2");
    }

    @ParameterizedTest
    @EnumSource(Damage.class)
    void aMirrorThatIsDamagedUnderTheLoopIsMendedAtTheNextRevision(Damage damage) throws Exception {
        pushed();
        assertThat(damage.toAll(mirror(), "objects/pack/.*\\.pack|objects/../.{38}"))
                .hasSizeGreaterThan(10);
        bed.push("training/churn.yaml", Specs.training(2));
        bed.awaitLive("v2");
        bed.quiet();
        bed.restart();
        bed.awaitReason(Specs.SERVING, "Serving");
        bed.resync();

        assertThat(bed.endpoints.version(CHURN)).contains("v2");
        assertThat(bed.operations().ledger().highestNumber("churn")).isEqualTo(2);
        assertThat(bed.promotions()).hasSize(2);
    }

    @Test
    void entriesThatWereDamagedBeforeTheyWerePushedStopTheLoopUntilARestartGoesOnWithoutThem() throws Exception {
        pushed();
        bed.quiet();
        Path origin = folder.resolve("origin.git");
        Path head = origin.resolve("HEAD");
        Path away = folder.resolve("HEAD.away");
        Files.move(head, away);
        List<Path> before = files();
        bed.operations()
                .interventions()
                .suspend(Optional.of(Specs.TRAINING), "ada@example.com", "a look", Optional.empty());
        List<Path> unpushed = files();
        unpushed.removeAll(before);
        assertThat(unpushed).hasSizeGreaterThan(3);
        for (Path object : unpushed) {
            Damage.TRUNCATED.to(object);
        }
        Files.move(away, head);
        bed.push("training/churn.yaml", Specs.training(2));
        bed.until(() -> problem().contains("LedgerDamaged"), "the loss is told");
        assertThat(problem()).contains("Restart plumb up");
        bed.awaitReason(Specs.SERVING, "LedgerDamaged");
        assertThat(bed.endpoints.version(CHURN)).contains("v1");
        assertThat(bed.trainer.started()).hasSize(1);

        bed.restart();
        bed.awaitLive("v2");
        bed.quiet();
        assertThat(bed.operations().ledger().events(Optional.of(Specs.SERVING), 10))
                .filteredOn(event -> event.reason().equals("MirrorRepaired"))
                .extracting(EventEntry::message)
                .anyMatch(message -> message.contains("damaged before they were pushed, and are lost"));
    }

    private List<Path> files() throws Exception {
        try (Stream<Path> files = Files.walk(mirror().resolve("objects"))) {
            return files.filter(Files::isRegularFile).collect(Collectors.toCollection(ArrayList::new));
        }
    }
}
