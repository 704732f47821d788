package dev.plumbline.reconciler.status;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plumbline.reconciler.fixture.Specs;
import dev.plumbline.reconciler.status.Condition.Truth;
import dev.plumbline.runtime.EndpointObservation;
import dev.plumbline.runtime.TrainingProgress;
import dev.plumbline.schemas.model.ResourceId;
import dev.plumbline.testkit.MutableClock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

final class StatusBoardTest {
    private static final TrainingProgress HALF = new TrainingProgress("fitting", 0.5, "half", Optional.empty());

    private final StatusBoard board = new StatusBoard(MutableClock.started());

    private void put(ResourceId id, Truth ready) {
        board.update(
                id,
                known -> new ResourceStatus(
                        id,
                        Optional.of("a.yaml"),
                        known.version(),
                        known.digest(),
                        Optional.of(Specs.revision("old")),
                        Optional.of(Specs.revision("old")),
                        Optional.of(Specs.revision("old")),
                        List.of(new Condition(ConditionType.READY, ready, Reason.SERVING, "m", Instant.EPOCH)),
                        known.progress(),
                        known.window()));
    }

    @Test
    void saysOfAResourceWhichNobodyLookedAtYetThatItsTurnComes() {
        board.update(Specs.MODEL, known -> known);

        assertThat(board.find(Specs.MODEL).orElseThrow().readiness()).satisfies(ready -> {
            assertThat(ready.status()).isEqualTo(Truth.UNKNOWN);
            assertThat(ready.reason()).isEqualTo(Reason.NOT_OBSERVED);
            assertThat(ready.message()).contains("it is its turn soon");
        });
        ResourceStatus silent = board.find(Specs.MODEL).orElseThrow();
        assertThatThrownBy(() -> silent.with(List.of()))
                .hasMessage("nothing is said of whether Model/" + Specs.MODEL.name() + " is ready");
    }

    @Test
    void listsByKindAndName() {
        put(Specs.SERVING, Truth.TRUE);
        put(Specs.MODEL, Truth.FALSE);
        assertThat(board.all()).extracting(ResourceStatus::id).containsExactly(Specs.MODEL, Specs.SERVING);
        assertThat(board.all()).extracting(ResourceStatus::ready).containsExactly(false, true);
        board.forget(Specs.MODEL);
        board.forget(Specs.MODEL);
        assertThat(board.find(Specs.MODEL)).isEmpty();
    }

    @Test
    void whomAReportConcernsIsSaidToBeDueUntilALookHasEndedThatBeganAfterIt() {
        put(Specs.TRAINING, Truth.FALSE);
        put(Specs.SERVING, Truth.TRUE);

        board.begin(Specs.SERVING);
        assertThat(report(Specs.TRAINING, List.of(Specs.SERVING))).containsExactly(Specs.SERVING);
        assertThat(reasons(Specs.SERVING)).containsExactly(Reason.SERVING, Reason.NEIGHBOUR_CHANGED);
        // This look began before the news, and says nothing of it.
        report(Specs.SERVING, List.of());
        assertThat(reasons(Specs.SERVING)).containsExactly(Reason.SERVING, Reason.NEIGHBOUR_CHANGED);

        board.begin(Specs.SERVING);
        assertThat(reasons(Specs.SERVING)).containsExactly(Reason.SERVING, Reason.NEIGHBOUR_CHANGED);
        report(Specs.SERVING, List.of());
        assertThat(reasons(Specs.SERVING)).containsExactly(Reason.SERVING);
    }

    private Collection<ResourceId> report(ResourceId id, List<ResourceId> concerned) {
        Conditions conditions = new Conditions(MutableClock.started());
        return board.report(
                id,
                known -> known.with(
                        List.of(new Condition(ConditionType.READY, Truth.TRUE, Reason.SERVING, "m", Instant.EPOCH))),
                found -> {
                    assertThat(found.id()).isEqualTo(id);
                    return concerned;
                },
                next -> next.with(conditions.neighbourChanged(id, next.conditions())));
    }

    private List<Reason> reasons(ResourceId id) {
        return board.find(id).orElseThrow().conditions().stream()
                .map(Condition::reason)
                .toList();
    }

    @Test
    void keepsProgressAndTrafficBesideTheRest() {
        put(Specs.TRAINING, Truth.FALSE);
        board.progress(Specs.TRAINING, HALF);
        board.window(
                Specs.TRAINING,
                Optional.of(new EndpointObservation.Window(Duration.ofHours(1), 1, 1, 0, 0, 0, Map.of())));
        board.window(Specs.SERVING, Optional.empty());
        assertThat(board.find(Specs.TRAINING)).hasValueSatisfying(status -> {
            assertThat(status.progress()).contains(HALF);
            assertThat(status.window()).isPresent();
            assertThat(status.file()).contains("a.yaml");
        });
        assertThat(board.find(Specs.SERVING)).isEmpty();
    }

    @Test
    void takesWhatDidNotChangeAsSeenAtTheNewRevision() {
        put(Specs.MODEL, Truth.TRUE);
        put(Specs.DATASET, Truth.FALSE);
        put(Specs.SERVING, Truth.TRUE);
        board.observed(Specs.revision("new"), id -> !id.equals(Specs.SERVING));
        assertThat(board.all())
                .extracting(each -> each.observedRevision().orElseThrow())
                .containsExactly(Specs.revision("new"), Specs.revision("new"), Specs.revision("old"));
        assertThat(board.all())
                .extracting(each -> each.appliedRevision().orElseThrow())
                .containsExactly(Specs.revision("new"), Specs.revision("old"), Specs.revision("old"));
    }

    @Test
    void wakesWhoWaitsForAChange() throws Exception {
        long seen = board.generation();
        CompletableFuture<Long> woken = CompletableFuture.supplyAsync(() -> {
            try {
                board.await(seen, Duration.ofSeconds(30));
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
            }
            return board.generation();
        });
        put(Specs.MODEL, Truth.TRUE);
        assertThat(woken.get()).isGreaterThan(seen);
        board.await(board.generation(), Duration.ZERO);
    }
}
