package dev.plumbline.reconciler.status;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.plumbline.reconciler.status.Condition.Truth;
import dev.plumbline.testkit.MutableClock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class ConditionsTest {
    private static final Outcome READY = new Outcome.Ready("Serving", "all is well");
    private static final Outcome FAILED = new Outcome.Failed("Unreachable", "no answer");

    private final MutableClock clock = MutableClock.started();
    private final Conditions conditions = new Conditions(clock);

    @Test
    void saysOnlyReadyOfWhatIsReady() {
        assertThat(conditions.after(READY, Optional.empty(), Optional.empty(), Optional.empty(), List.of()))
                .containsExactly(
                        new Condition(ConditionType.READY, Truth.TRUE, Reason.SERVING, "all is well", clock.instant()));
    }

    @Test
    void saysWhatIsBeingDoneOrNeedsAPerson() {
        assertThat(types(new Outcome.Waiting("Training", "soon", Duration.ZERO)))
                .containsExactly(ConditionType.READY, ConditionType.RECONCILING);
        assertThat(types(FAILED)).containsExactly(ConditionType.READY, ConditionType.RECONCILING);
        assertThat(types(new Outcome.Stalled("DataRejected", "mend it")))
                .containsExactly(ConditionType.READY, ConditionType.STALLED);
    }

    private List<ConditionType> types(Outcome outcome) {
        return conditions.after(outcome, Optional.empty(), Optional.empty(), Optional.empty(), List.of()).stream()
                .map(Condition::type)
                .toList();
    }

    @Test
    void isNotReadyInAFormThatIsHeldBackHoweverWellTheFormerOneDoes() {
        Outcome held = new Outcome.Stalled("Invalid", "a typing error");
        assertThat(conditions.after(READY, Optional.of(held), Optional.empty(), Optional.empty(), List.of()))
                .extracting(Condition::type, Condition::status, Condition::reason)
                .containsExactly(
                        tuple(ConditionType.READY, Truth.FALSE, Reason.INVALID),
                        tuple(ConditionType.STALLED, Truth.TRUE, Reason.INVALID));
        assertThat(conditions.after(
                        new Outcome.Stalled("Bug", "too"),
                        Optional.of(held),
                        Optional.empty(),
                        Optional.empty(),
                        List.of()))
                .extracting(Condition::reason)
                .containsExactly(Reason.INVALID, Reason.BUG);
    }

    @Test
    void countsTheTimeSinceTheTruthChangedAndNotTheReason() {
        List<Condition> first =
                conditions.after(FAILED, Optional.empty(), Optional.empty(), Optional.empty(), List.of());
        clock.advance(Duration.ofMinutes(1));
        List<Condition> second = conditions.after(
                new Outcome.Failed("Bug", "still"), Optional.empty(), Optional.empty(), Optional.empty(), first);
        assertThat(second.getFirst().since()).isEqualTo(first.getFirst().since());
        List<Condition> third = conditions.after(READY, Optional.empty(), Optional.empty(), Optional.empty(), second);
        assertThat(third.getFirst().since()).isEqualTo(clock.instant());
    }

    @Test
    void saysWhoSuspendedItBesideHowItStandsAndThatNothingMoves() {
        assertThat(conditions.after(
                        READY, Optional.empty(), Optional.of("suspended by ann"), Optional.empty(), List.of()))
                .extracting(Condition::type, Condition::status, Condition::message)
                .containsExactly(
                        tuple(ConditionType.READY, Truth.TRUE, "all is well"),
                        tuple(ConditionType.SUSPENDED, Truth.TRUE, "suspended by ann"));
        Outcome left = new Outcome.Waiting("Suspended", "left to do: train", Duration.ZERO);
        assertThat(conditions.after(
                        left, Optional.empty(), Optional.of("suspended by ann"), Optional.empty(), List.of()))
                .extracting(Condition::type, Condition::status)
                .containsExactly(tuple(ConditionType.READY, Truth.FALSE), tuple(ConditionType.SUSPENDED, Truth.TRUE));
    }
}
