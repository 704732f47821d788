package dev.plumbline.reconciler.status;

import dev.plumbline.reconciler.status.Condition.Truth;
import dev.plumbline.schemas.model.ResourceId;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Turns an outcome into conditions. {@code Ready} is always there, the others only while they hold. */
public final class Conditions {
    private final Clock clock;

    /** Conditions at the time of this clock. */
    public Conditions(Clock clock) {
        this.clock = clock;
    }

    /**
     * The conditions after this outcome.
     *
     * @param held why the spec's newest form is not acted on, where it is not
     * @param suspended why nothing is done about it for now, where nothing is
     * @param outdated why the rules of now would not let it in, where they would not
     */
    public List<Condition> after(
            Outcome outcome,
            Optional<Outcome> held,
            Optional<String> suspended,
            Optional<String> outdated,
            List<Condition> before) {
        Outcome ready = held.orElse(outcome);
        List<Condition> now = new ArrayList<>();
        now.add(condition(before, ConditionType.READY, ready instanceof Outcome.Ready, ready));
        switch (outcome) {
            case Outcome.Ready done -> {}
            // What is suspended does not move: whoever waits for it to settle need not.
            case Outcome.Waiting waiting when waiting.reason().equals(Reason.SUSPENDED.label()) -> {}
            case Outcome.Waiting waiting -> now.add(condition(before, ConditionType.RECONCILING, true, waiting));
            case Outcome.Failed failed -> now.add(condition(before, ConditionType.RECONCILING, true, failed));
            case Outcome.Stalled stalled -> now.add(condition(before, ConditionType.STALLED, true, stalled));
        }
        if (held.isPresent() && !(outcome instanceof Outcome.Stalled)) {
            now.add(condition(before, ConditionType.STALLED, true, held.get()));
        }
        outdated.ifPresent(words -> now.add(condition(
                before, ConditionType.DEGRADED, true, new Outcome.Ready(Reason.POLICY_OUTDATED.label(), words))));
        suspended.ifPresent(words -> now.add(
                condition(before, ConditionType.SUSPENDED, true, new Outcome.Ready(Reason.SUSPENDED.label(), words))));
        return now;
    }

    /** The conditions after a person has asked for another look, until that has come to something. */
    public List<Condition> asked(String actor, List<Condition> before) {
        Outcome asked = new Outcome.Ready(Reason.ASKED_AGAIN.label(), actor + " asked for another look");
        List<Condition> now = new ArrayList<>(before);
        now.removeIf(each -> each.type() == ConditionType.RECONCILING);
        now.add(condition(before, ConditionType.RECONCILING, true, asked));
        return now;
    }

    /** The conditions after something that it depends on has changed, until the look at it that follows has ended. */
    public List<Condition> neighbourChanged(ResourceId neighbour, List<Condition> before) {
        if (before.stream().anyMatch(each -> each.type() == ConditionType.RECONCILING)) {
            return before;
        }
        Outcome next = new Outcome.Ready(
                Reason.NEIGHBOUR_CHANGED.label(),
                neighbour + " stands otherwise than before; what follows is found next");
        List<Condition> now = new ArrayList<>(before);
        now.add(condition(before, ConditionType.RECONCILING, true, next));
        return now;
    }

    /** The conditions of a resource at which nobody has looked yet. */
    List<Condition> notObserved() {
        return List.of(new Condition(
                ConditionType.READY,
                Truth.UNKNOWN,
                Reason.NOT_OBSERVED,
                "it was not looked at since this control plane started; it is its turn soon, and nothing is to be done",
                clock.instant()));
    }

    private Condition condition(List<Condition> before, ConditionType type, boolean holds, Outcome outcome) {
        Truth truth = holds ? Truth.TRUE : Truth.FALSE;
        Instant since = before.stream()
                .filter(each -> each.type() == type && each.status() == truth)
                .map(Condition::since)
                .findFirst()
                .orElseGet(clock::instant);
        // A reason that nobody can look up is a mistake of ours, and what happened is told all the same.
        Reason reason = Reason.named(outcome.reason()).orElse(Reason.BUG);
        return new Condition(type, truth, reason, outcome.message(), since);
    }
}
