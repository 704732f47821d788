package dev.plumbline.reconciler.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plumbline.reconciler.fixture.Specs;
import dev.plumbline.reconciler.ledger.EndpointEntry;
import dev.plumbline.reconciler.ledger.RunEntry;
import dev.plumbline.reconciler.ledger.VersionEntry;
import dev.plumbline.reconciler.ledger.git.LedgerSettings;
import dev.plumbline.reconciler.status.ResourceStatus;
import dev.plumbline.schemas.model.ResourceId;
import dev.plumbline.schemas.model.VersionName;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A remote that is away for long, a machine that is lost, and a clock that jumps. */
final class LoopOutageTest {
    private static final String CHURN = "churn-api";
    private static final String MODEL = Specs.MODEL.name();

    @TempDir
    Path folder;

    private LoopBed bed;

    @BeforeEach
    void prepare() throws Exception {
        bed = new LoopBed(folder.resolve("one")).withSpecs().start();
        bed.awaitLive("v1");
        bed.quiet();
    }

    @AfterEach
    void stop() {
        bed.close();
    }

    private void toSecondVersion() {
        bed.push("training/churn.yaml", Specs.training(2));
        bed.awaitLive("v2");
        bed.quiet();
    }

    @Test
    void theRemoteIsAwayForAnHourAndNothingGoesForwardOrTwice() throws Exception {
        toSecondVersion();
        bed.trainer.hold();
        bed.push("training/churn.yaml", Specs.training(3));
        bed.until(() -> bed.trainer.started().size() == 3, "the third run trains");
        bed.quiet(false);
        Instant seen = bed.operations().state().lastFetch().orElseThrow();
        bed.remoteAway(true);
        bed.ring();
        bed.until(() -> bed.operations().state().sourceProblem().isPresent(), "the remote is missed");
        bed.trainer.release();
        bed.until(() -> bed.trainer.held() == 0, "the run ends");
        bed.endpoints.lose(CHURN);
        for (int minute = 0; minute < 60; minute += 5) {
            bed.clock.advance(Duration.ofMinutes(5));
            bed.looked();
        }
        bed.awaitLive("v2");

        assertThat(bed.operations().state().lastFetch()).contains(seen);
        assertThat(bed.operations().state().sourceProblem()).isPresent();
        assertThat(bed.operations().ledger().highestNumber(MODEL)).isEqualTo(2);
        assertThat(bed.promotions()).hasSize(2);
        assertThat(bed.trainer.started()).hasSize(3);

        bed.remoteAway(false);
        bed.operations().interventions().reconcile(Optional.empty(), "ann");
        bed.ring();
        bed.awaitLive("v3");
        bed.quiet();
        bed.resync();

        assertThat(bed.operations().state().sourceProblem()).isEmpty();
        assertThat(bed.operations().ledger().versions(MODEL)).hasSize(3);
        assertThat(bed.operations().ledger().runs()).hasSize(3).allMatch(run -> run.attempt() == 1);
        assertThat(bed.promotions()).hasSize(3);
        assertThat(bed.trainer.started()).hasSize(3);
        assertThat(history(bed)).extracting(EndpointEntry.Service::version).containsExactly(v(1), v(2), v(3));
    }

    @Test
    void aStartWhileTheRemoteIsAwaySaysSinceWhenItIsNotFollowed() throws Exception {
        toSecondVersion();
        Instant admitted = bed.operations().state().admittedAt().orElseThrow();
        bed.clock.advance(Duration.ofMinutes(10));
        bed.remoteAway(true);
        Instant start = bed.clock.instant();
        bed.restart();
        bed.until(() -> bed.operations().state().sourceProblem().isPresent(), "the remote is missed");
        bed.clock.advance(Duration.ofMinutes(5));
        bed.looked();

        assertThat(bed.operations().state().lastFetch()).isEmpty();
        assertThat(bed.operations().state().admittedAt()).contains(admitted);
        assertThat(bed.operations().state().sourceProblemSince())
                .hasValueSatisfying(since -> assertThat(since).isBetween(start, start.plusSeconds(60)));

        bed.remoteAway(false);
        bed.ring();
        bed.until(() -> bed.operations().state().sourceProblem().isEmpty(), "the remote is back");
        assertThat(bed.operations().state().sourceProblemSince()).isEmpty();
    }

    @Test
    void aRollbackThatIsAskedForWhileTheRemoteIsAwayIsRefusedAndWorksWhenItIsBack() throws Exception {
        toSecondVersion();
        bed.remoteAway(true);
        Operations.Change back =
                new Operations.Change(CHURN, true, Optional.empty(), "ann", Optional.of("v2 answers too slowly"));
        assertThatThrownBy(() -> bed.operations().write(back))
                .isInstanceOfSatisfying(
                        Operations.Refused.class,
                        refused -> assertThat(refused.code()).isEqualTo("unreachable"))
                .hasMessageContaining("origin.git");
        assertThat(bed.endpoints.version(CHURN)).contains("v2");

        bed.remoteAway(false);
        bed.ring();
        bed.until(() -> bed.operations().state().sourceProblem().isEmpty(), "the remote is back");
        assertThat(bed.operations().write(back).version()).isEqualTo(v(1));
        bed.awaitLive("v1");
        bed.quiet();
        assertThat(bed.promotions()).hasSize(3);
        assertThat(history(bed)).extracting(EndpointEntry.Service::version).containsExactly(v(1), v(2), v(1));
    }

    private static VersionName v(int number) {
        return new VersionName(MODEL, number);
    }

    private static List<EndpointEntry.Service> history(LoopBed of) {
        return of.operations().ledger().endpoint(CHURN).orElseThrow().history();
    }

    @Test
    void aRestoreFromTheRemoteAloneGivesTheSameStatus() throws Exception {
        toSecondVersion();
        Map<ResourceId, String> status = status(bed);
        Map<VersionName, VersionEntry> versions = versions(bed);
        EndpointEntry endpoint = bed.operations().ledger().endpoint(CHURN).orElseThrow();
        Map<String, Integer> runs = runs(bed);
        var events = bed.operations().ledger().events(Optional.of(Specs.SERVING), 100);
        bed.stop();

        try (LoopBed other = new LoopBed(folder.resolve("two"), bed.repository)) {
            other.holder = "another machine";
            assertThatThrownBy(other::start).hasMessageContaining("ada@laptop").hasMessageContaining("--take-over");
            other.takeOver = true;
            other.start();
            other.awaitLive("v2");
            other.awaitReason(Specs.SERVING, "Serving");
            other.awaitReason(Specs.TRAINING, "Trained");
            other.quiet();

            assertThat(status(other)).isEqualTo(status);
            assertThat(versions(other)).isEqualTo(versions);
            assertThat(other.operations().ledger().endpoint(CHURN).orElseThrow().history())
                    .isEqualTo(endpoint.history());
            assertThat(other.operations().ledger().endpoint(CHURN).orElseThrow().intents())
                    .isEqualTo(endpoint.intents());
            assertThat(other.operations().ledger().events(Optional.of(Specs.SERVING), 100))
                    .containsAll(events);
            assertThat(runs(other).keySet()).isEqualTo(runs.keySet());
            assertThat(other.promotions()).hasSize(2);
        }
    }

    private static Map<ResourceId, String> status(LoopBed of) {
        Map<ResourceId, String> all = new TreeMap<>();
        for (ResourceStatus each : of.operations().state().resources()) {
            all.put(each.id(), of.reason(each.id()).orElse("") + ": " + of.message(each.id()));
        }
        return all;
    }

    private static Map<VersionName, VersionEntry> versions(LoopBed of) {
        Map<VersionName, VersionEntry> all = new TreeMap<>();
        of.operations().ledger().versions(MODEL).forEach(each -> all.put(each.version(), each));
        return all;
    }

    private static Map<String, Integer> runs(LoopBed of) {
        Map<String, Integer> all = new TreeMap<>();
        of.operations()
                .ledger()
                .runs()
                .forEach((RunEntry each) -> all.put(each.run().toString(), each.attempt()));
        return all;
    }

    @Test
    void theBranchOfTheLedgerThatTheRemoteLostIsPushedAgainFromTheMirror() throws Exception {
        toSecondVersion();
        bed.stop();
        bed.repository.deleteRef("refs/heads/" + LedgerSettings.BRANCH);
        bed.start();
        bed.awaitReason(Specs.SERVING, "Serving");
        bed.push("training/churn.yaml", Specs.training(3));
        bed.awaitLive("v3");
        bed.quiet();

        assertThat(bed.repository.head(LedgerSettings.BRANCH)).isPresent();
        assertThat(bed.operations().ledger().versions(MODEL)).hasSize(3);
    }

    @Test
    void aFullArtifactStoreIsNamedAndTrainingCatchesUpWhenThereIsRoom() throws Exception {
        bed.trainer.failNext("ArtifactStore", false);
        bed.push("training/churn.yaml", Specs.training(2));
        bed.awaitReason(Specs.TRAINING, "ArtifactStore");
        bed.quiet();
        assertThat(bed.endpoints.version(CHURN)).contains("v1");
        assertThat(bed.promotions()).hasSize(1);

        bed.operations().interventions().reconcile(Optional.of(Specs.TRAINING), "ann");
        bed.awaitLive("v2");
        assertThat(bed.trainer.started()).hasSize(3);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, -1})
    void aClockThatJumpsAnHourChangesNothingThatServesAndStopsNothing(long hours) throws Exception {
        bed.trainer.hold();
        bed.push("training/churn.yaml", Specs.training(2));
        bed.until(() -> bed.trainer.started().size() == 2, "the second run trains");
        bed.quiet(false);
        bed.clock.jump(Duration.ofHours(hours));
        bed.looked();
        assertThat(bed.endpoints.version(CHURN)).contains("v1");
        assertThat(bed.trainer.started()).hasSize(2);
        assertThat(bed.operations().warnings())
                .filteredOn(warning -> warning.reason().equals("ClockJumped"))
                .singleElement()
                .extracting(Operations.Warning::message)
                .asString()
                .startsWith("the clock went " + (hours > 0 ? "forward" : "back") + " by 1h when it should have shown ");

        bed.trainer.release();
        bed.awaitLive("v2");
        bed.quiet();
        bed.restart();
        bed.awaitReason(Specs.SERVING, "Serving");
        bed.resync();

        assertThat(bed.promotions()).hasSize(2);
        assertThat(bed.trainer.started()).hasSize(2);
        assertThat(bed.operations().ledger().runs())
                .allSatisfy(run -> assertThat(run.finishedAt().orElseThrow()).isAfterOrEqualTo(run.startedAt()));
        assertThat(history(bed)).extracting(EndpointEntry.Service::version).containsExactly(v(1), v(2));
        assertThat(history(bed).getFirst().to().orElseThrow())
                .isAfterOrEqualTo(history(bed).getFirst().from());
    }
}
