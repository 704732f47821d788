package dev.plumbline.reconciler.plan;

import dev.plumbline.policy.Verdict;
import dev.plumbline.reconciler.catalog.AdmittedCatalog;
import dev.plumbline.reconciler.ledger.RunEntry;
import dev.plumbline.reconciler.ledger.RunStatus;
import dev.plumbline.runtime.RunId;
import dev.plumbline.schemas.model.Digest;
import dev.plumbline.schemas.model.Resource;
import dev.plumbline.schemas.model.ResourceId;
import dev.plumbline.schemas.model.TrainingSpec;
import dev.plumbline.schemas.model.VersionName;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** A run is trained once, registered once, and ended when nothing asks for it any more. */
final class TrainingPlanner {
    List<Action> plan(Resource training, AdmittedCatalog catalog, ActualState actual) {
        ResourceId id = training.id();
        Optional<RunId> asked = Optional.ofNullable(actual.asked().get(id));
        if (asked.isEmpty()) {
            return List.of();
        }
        RunId wanted = asked.get();
        List<Action> actions = new ArrayList<>();
        Optional<RunId> running = Optional.ofNullable(actual.running().get(id));
        running.filter(run -> !run.equals(wanted))
                .ifPresent(run -> actions.add(
                        new Action.Cancel(id, run, "the specs ask for run " + wanted.shortened() + " instead")));
        if (!actual.running().containsValue(wanted)) {
            String model = ((TrainingSpec) training.spec()).model();
            Optional<RunEntry> entry = actual.ledger().run(wanted);
            Optional<Action> next = actual.ledger()
                    .versionOf(model, wanted)
                    .map(version -> registered(training, wanted, version, entry, catalog, actual))
                    .orElseGet(() -> entry.map(run -> unregistered(training, run, model, catalog, actual))
                            .orElseGet(() -> first(id, wanted)));
            next.ifPresent(actions::add);
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

    /** A version is never trained again, but for an artifact that is lost: the same run gives the same bytes. */
    private static Optional<Action> registered(
            Resource training,
            RunId run,
            VersionName version,
            Optional<RunEntry> entry,
            AdmittedCatalog catalog,
            ActualState actual) {
        if (actual.lostArtifacts().contains(version)) {
            int attempts = entry.map(RunEntry::attempt).orElse(0);
            return entry.filter(each -> RunSpecs.stopped(each, training, catalog))
                            .isPresent()
                    ? Optional.empty()
                    : Optional.of(new Action.Train(
                            training.id(),
                            run,
                            attempts + 1,
                            "the artifact of " + version + " is no longer stored whole"));
        }
        return entry.filter(TrainingPlanner::interrupted)
                .map(each -> register(training, each, "the artifact of " + version + " is there again"));
    }

    /** Whether the latest attempt was to make a lost artifact again and did not come to its end. */
    private static boolean interrupted(RunEntry entry) {
        return switch (entry.status()) {
            case SUCCEEDED, REFUSED -> false;
            case QUEUED, RUNNING, FAILED, CANCELLED -> entry.result().isPresent();
        };
    }

    private static Optional<Action> unregistered(
            Resource training, RunEntry entry, String model, AdmittedCatalog catalog, ActualState actual) {
        if (RunSpecs.stopped(entry, training, catalog)) {
            return Optional.empty();
        }
        if (entry.status() == RunStatus.REFUSED) {
            return whyJudgeAgain(training, entry, catalog, actual).map(why -> register(training, entry, why));
        }
        // A later attempt, to make its artifact again for another model, changes nothing about what it gave.
        return Optional.of(
                entry.result().isPresent()
                        ? register(training, entry, "it was trained and is not a version of " + model + " yet")
                        : again(training, entry, whyAgain(entry)));
    }

    private static String whyAgain(RunEntry entry) {
        return switch (entry.status()) {
            case QUEUED, RUNNING -> "attempt " + entry.attempt() + " ended with the process that ran it";
            case FAILED ->
                "attempt " + entry.attempt() + " failed: " + entry.reason().orElse("?");
            case CANCELLED -> "the specs ask for this run again";
            case SUCCEEDED, REFUSED -> "what it gave is not recorded";
        };
    }

    private static Action again(Resource training, RunEntry entry, String reason) {
        return new Action.Train(training.id(), entry.run(), entry.attempt() + 1, reason);
    }

    private static Action register(Resource training, RunEntry entry, String reason) {
        return new Action.Register(training.id(), entry.run(), reason);
    }

    private static Optional<String> whyJudgeAgain(
            Resource training, RunEntry refused, AdmittedCatalog catalog, ActualState actual) {
        if (changedSince(training, refused, catalog)) {
            return Optional.of("its Training or Model has changed since it was refused");
        }
        Set<String> policies = catalog
                .inForce()
                .digests(RunSpecs.of(training, catalog).keySet())
                .stream()
                .map(Digest::value)
                .collect(Collectors.toSet());
        return refused.verdict()
                .flatMap(actual.ledger()::verdict)
                .map(entry ->
                        entry.verdict().path("judged").path(Verdict.POLICIES).asString(""))
                .filter(then -> !policies.contains(then))
                .map(then -> "the policies have changed since it was refused");
    }

    private static boolean changedSince(Resource training, RunEntry entry, AdmittedCatalog catalog) {
        return RunSpecs.judging(training, catalog).entrySet().stream()
                .anyMatch(spec -> !spec.getValue().equals(entry.specs().get(spec.getKey())));
    }
}
