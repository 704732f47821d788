package dev.plumbline.reconciler.plan;

import dev.plumbline.reconciler.ledger.LedgerView;
import dev.plumbline.reconciler.ledger.RunEntry;
import dev.plumbline.runtime.RunId;
import dev.plumbline.runtime.RunInputs;
import dev.plumbline.schemas.model.Resource;
import dev.plumbline.schemas.model.ResourceId;
import dev.plumbline.schemas.model.TrainingSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A run is trained once, registered once, and ended when nothing asks for it any more. */
final class TrainingPlanner {
    List<Action> plan(Resource training, ActualState actual) {
        ResourceId id = training.id();
        Optional<RunInputs> asked = Optional.ofNullable(actual.asked().get(id));
        if (asked.isEmpty()) {
            return List.of();
        }
        RunId wanted = asked.get().id();
        List<Action> actions = new ArrayList<>();
        Optional<RunId> running = Optional.ofNullable(actual.running().get(id));
        running.filter(run -> !run.equals(wanted))
                .ifPresent(run -> actions.add(
                        new Action.Cancel(id, run, "the specs ask for run " + wanted.shortened() + " instead")));
        if (running.filter(wanted::equals).isEmpty()) {
            actual.ledger()
                    .run(wanted)
                    .map(entry -> next(training, entry, actual.ledger()))
                    .orElseGet(() -> first(id, wanted))
                    .ifPresent(actions::add);
        }
        return actions;
    }

    List<Action> gone(ResourceId id, ActualState actual) {
        return Optional.ofNullable(actual.running().get(id))
                .map(run -> List.<Action>of(new Action.Cancel(id, run, "its Training spec is gone")))
                .orElse(List.of());
    }

    private static Optional<Action> first(ResourceId id, RunId run) {
        return Optional.of(new Action.Train(id, run, 1, "no run has these inputs yet"));
    }

    private static Optional<Action> next(Resource training, RunEntry entry, LedgerView ledger) {
        String model = ((TrainingSpec) training.spec()).model();
        return switch (entry.status()) {
            case SUCCEEDED ->
                ledger.versionOf(model, entry.run()).isPresent()
                        ? Optional.empty()
                        : Optional.of(register(training, entry, "it is not a version of " + model + " yet"));
            case QUEUED, RUNNING ->
                Optional.of(
                        entry.result().isPresent()
                                ? register(training, entry, "it was trained and is not registered yet")
                                : again(
                                        training,
                                        entry,
                                        "attempt " + entry.attempt() + " ended with the process that ran it"));
            case REFUSED ->
                changedSince(training, entry)
                        ? Optional.of(register(training, entry, "its Training spec has changed since it was refused"))
                        : Optional.empty();
            case FAILED ->
                entry.permanent()
                        ? Optional.empty()
                        : Optional.of(again(
                                training,
                                entry,
                                "attempt " + entry.attempt() + " failed: "
                                        + entry.reason().orElse("?")));
            case CANCELLED -> Optional.of(again(training, entry, "the specs ask for this run again"));
        };
    }

    private static Action again(Resource training, RunEntry entry, String reason) {
        return new Action.Train(training.id(), entry.run(), entry.attempt() + 1, reason);
    }

    private static Action register(Resource training, RunEntry entry, String reason) {
        return new Action.Register(training.id(), entry.run(), reason);
    }

    private static boolean changedSince(Resource training, RunEntry entry) {
        return !training.digest().equals(entry.specs().get(training.id()));
    }
}
