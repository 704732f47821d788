package dev.plumbline.reconciler.control;

import dev.plumbline.reconciler.apply.AskedRuns;
import dev.plumbline.reconciler.apply.Measures;
import dev.plumbline.reconciler.apply.PushRefused;
import dev.plumbline.reconciler.apply.RestoreAction;
import dev.plumbline.reconciler.apply.RunOrders;
import dev.plumbline.reconciler.catalog.AdmittedCatalog;
import dev.plumbline.reconciler.catalog.AdmittedCatalog.Admitted;
import dev.plumbline.reconciler.ledger.EndpointEntry;
import dev.plumbline.reconciler.ledger.LedgerView;
import dev.plumbline.reconciler.ledger.RunEntry;
import dev.plumbline.reconciler.ledger.VersionEntry;
import dev.plumbline.reconciler.oncall.Breaker;
import dev.plumbline.reconciler.oncall.Suspension;
import dev.plumbline.reconciler.plan.Action;
import dev.plumbline.reconciler.plan.ActualState;
import dev.plumbline.reconciler.plan.Candidate;
import dev.plumbline.reconciler.plan.NeededArtifacts;
import dev.plumbline.reconciler.plan.RunSpecs;
import dev.plumbline.reconciler.status.Outcome;
import dev.plumbline.reconciler.status.Reason;
import dev.plumbline.runtime.RunId;
import dev.plumbline.schemas.model.Durations;
import dev.plumbline.schemas.model.ModelSpec;
import dev.plumbline.schemas.model.MonitoringSpec;
import dev.plumbline.schemas.model.PromotionMode;
import dev.plumbline.schemas.model.Resource;
import dev.plumbline.schemas.model.ResourceId;
import dev.plumbline.schemas.model.ServingSpec;
import dev.plumbline.schemas.model.TrainingSpec;
import dev.plumbline.schemas.model.VersionName;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/** Says how a resource stands when its plan has nothing left to do. */
final class Settlement {
    private static final Duration LOOK_AGAIN = Duration.ofMinutes(1);

    private final AskedRuns askedRuns;
    private final LostRecord record;

    Settlement(AskedRuns askedRuns, LostRecord record) {
        this.askedRuns = askedRuns;
        this.record = record;
    }

    Outcome of(Resource resource, AdmittedCatalog catalog, ActualStates.Gathered gathered) throws InterruptedException {
        ActualState actual = gathered.state();
        return switch (resource.id().kind()) {
            case MODEL -> model(resource, actual.ledger());
            case DATASET -> dataset(resource.id(), catalog);
            case TRAINING -> training(resource, gathered);
            case SERVING -> serving(resource, catalog, gathered);
            case MONITORING -> monitoring(resource, actual);
        };
    }

    private static Outcome model(Resource model, LedgerView ledger) {
        int highest = ledger.highestNumber(model.id().name());
        return new Outcome.Ready("Declared", highest == 0 ? "no version yet" : "the newest version is v" + highest);
    }

    private Outcome dataset(ResourceId id, AdmittedCatalog catalog) throws InterruptedException {
        Admitted admitted = Objects.requireNonNull(catalog.specs().get(id));
        Optional<ModelSpec> learner = catalog.trainingsOn(id.name()).stream()
                .findFirst()
                .flatMap(each -> catalog.model(((TrainingSpec) each.spec()).model()));
        return askedRuns.check(admitted, learner);
    }

    private static Outcome training(Resource training, ActualStates.Gathered gathered) {
        Outcome blocked = gathered.blocked().get(training.id());
        if (blocked != null) {
            return blocked;
        }
        ActualState actual = gathered.state();
        RunId asked = Objects.requireNonNull(actual.asked().get(training.id()));
        Optional<RunEntry> run = actual.ledger().run(asked);
        Optional<VersionName> version = actual.ledger()
                .versionOf(((TrainingSpec) training.spec()).model(), asked)
                .filter(each -> !actual.lostArtifacts().contains(each));
        return version.map(each -> trained(each, (TrainingSpec) training.spec(), actual.ledger()))
                .or(() -> run.map(each -> training(training.id(), each)))
                .orElseGet(() -> new Outcome.Waiting(Reconciler.TRAINING, "it starts soon", LOOK_AGAIN));
    }

    private static Outcome trained(VersionName version, TrainingSpec spec, LedgerView ledger) {
        Optional<VersionEntry> entry = ledger.version(version);
        String measures =
                entry.map(each -> ": " + Measures.line(each.evaluation())).orElse("");
        String missed = entry.map(each -> Measures.missed(spec.require(), each.evaluation()))
                .orElse("");
        return missed.isEmpty()
                ? new Outcome.Ready("Trained", version + measures)
                : new Outcome.Ready(
                        "BelowRequire",
                        version + " does not meet the present require: " + missed
                                + "; it goes on serving where it serves, and no new version is registered until one"
                                + " does");
    }

    private static Outcome training(ResourceId id, RunEntry run) {
        return switch (run.status()) {
            case SUCCEEDED -> new Outcome.Ready("Trained", "run " + run.run().shortened());
            case REFUSED ->
                new Outcome.Stalled("RegistrationDenied", run.message().orElse("the registration gate denied it"));
            case FAILED -> failed(id, run);
            case QUEUED, RUNNING ->
                new Outcome.Waiting(
                        Reconciler.TRAINING,
                        "attempt " + run.attempt() + " at run " + run.run().shortened(),
                        LOOK_AGAIN);
            case CANCELLED ->
                run.actor().isPresent()
                        ? new Outcome.Stalled(
                                RunOrders.CANCELLED,
                                "run " + run.run().shortened() + " was "
                                        + run.message().orElse("cancelled")
                                        + "; it is begun again once a commit changes what it is made from, or after `plumb"
                                        + " reconcile " + Suspension.name(id) + "`")
                        : new Outcome.Waiting("Cancelled", "the run was cancelled", LOOK_AGAIN);
        };
    }

    private static Outcome failed(ResourceId id, RunEntry run) {
        Outcome.Failed last = new Outcome.Failed(
                run.reason().orElse("Failed"),
                clause(run.message().orElse("the run failed")) + "; `plumb logs "
                        + run.run().shortened() + "` shows its output");
        return run.permanent() ? new Outcome.Stalled(last.reason(), last.message()) : Breaker.stalled(id, last);
    }

    private Outcome serving(Resource serving, AdmittedCatalog catalog, ActualStates.Gathered gathered) {
        ActualState actual = gathered.state();
        ServingSpec spec = (ServingSpec) serving.spec();
        Optional<VersionName> named = spec.named();
        Optional<Outcome.Stalled> missing = record.of(spec.model(), catalog, actual.ledger());
        if (missing.isPresent()) {
            return missing.get();
        }
        if (named.isPresent() && actual.ledger().version(named.get()).isEmpty()) {
            return new Outcome.Stalled(
                    "VersionUnknown",
                    "the spec names " + named.get() + ", and the ledger holds no such version: `plumb versions "
                            + spec.model() + "` lists what there is");
        }
        Optional<String> revoked = named.flatMap(catalog.policies()::revoked);
        if (revoked.isPresent()) {
            return new Outcome.Stalled(
                    "VersionRevoked",
                    named.get() + " was revoked (" + revoked.get()
                            + "), and the endpoint answers 503 until the spec names"
                            + " another version: `plumb rollback "
                            + serving.id().name()
                            + "` goes back to what served before it");
        }
        Optional<VersionName> candidate = Candidate.of(spec.model(), catalog, actual);
        Optional<VersionEntry> restored = NeededArtifacts.toRestore(serving, catalog, actual);
        Optional<VersionEntry> lost =
                restored.or(() -> named.filter(actual.lostArtifacts()::contains).flatMap(actual.ledger()::version));
        if (lost.isPresent()) {
            ResourceId asker = restored.isPresent()
                    ? serving.id()
                    : catalog.trainingOf(spec.model()).orElseThrow().id();
            Outcome about =
                    lost(asker, lost.get(), actual.ledger().run(lost.get().run()));
            return named.equals(Optional.of(lost.get().version()))
                    ? meanwhile(about, stands(serving, catalog, actual, candidate))
                    : without(about, stands(serving, catalog, actual, candidate));
        }
        return stands(serving, catalog, actual, candidate);
    }

    /** What to say of a Serving whose lost artifact is being made again, by what came of that. */
    Outcome restoring(
            Action.Restore restore,
            Outcome came,
            Resource serving,
            AdmittedCatalog catalog,
            ActualStates.Gathered gathered) {
        ServingSpec spec = (ServingSpec) serving.spec();
        ActualState actual = gathered.state();
        boolean serves = spec.named().equals(Optional.of(restore.version()));
        if (came instanceof Outcome.Failed) {
            return came;
        }
        Outcome stands = stands(serving, catalog, actual, Candidate.of(spec.model(), catalog, actual));
        return serves ? meanwhile(came, stands) : without(came, stands);
    }

    /** What serves is being made again, and what would be promoted is compared with it first. */
    private static Outcome meanwhile(Outcome made, Outcome stands) {
        return made instanceof Outcome.Waiting waiting
                        && stands instanceof Outcome.Waiting next
                        && next.reason().equals(Reason.PROMOTING.label())
                ? new Outcome.Waiting(
                        waiting.reason(),
                        waiting.message() + "; " + next.message() + ", once that has ended",
                        waiting.retryIn())
                : made;
    }

    /** What a rollback would lead to is missing: that takes nothing from what serves. */
    private static Outcome without(Outcome rollback, Outcome stands) {
        return stands instanceof Outcome.Ready ready
                ? new Outcome.Ready(ready.reason(), ready.message() + "; for a rollback: " + rollback.message())
                : stands;
    }

    private static Outcome stands(
            Resource serving, AdmittedCatalog catalog, ActualState actual, Optional<VersionName> candidate) {
        ServingSpec spec = (ServingSpec) serving.spec();
        Optional<VersionName> named = spec.named();
        Optional<EndpointEntry> entry = actual.ledger().endpoint(serving.id().name());
        Optional<String> revoked = candidate.flatMap(catalog.policies()::revoked);
        if (revoked.isPresent()) {
            return new Outcome.Ready(
                    "HeldBack",
                    "serves " + spec.version() + "; " + candidate.get().label()
                            + ", which the specs ask for, was revoked (" + revoked.get()
                            + "): change the Training, so that another is trained");
        }
        if (candidate.isPresent() && !candidate.equals(named)) {
            return pending(serving, spec, candidate.get(), entry);
        }
        return serves(spec, catalog, candidate);
    }

    private static Outcome lost(ResourceId asker, VersionEntry version, Optional<RunEntry> run) {
        return run.filter(RunSpecs::stopped)
                .<Outcome>map(each -> new Outcome.Stalled(
                        RestoreAction.LOST,
                        clause(each.message().orElse(lost(version.version()) + ", which failed"))
                                + "; `plumb reconcile "
                                + Suspension.name(asker) + "` trains it once more"))
                .orElseGet(() -> new Outcome.Waiting(RestoreAction.LOST, lost(version.version()), LOOK_AGAIN));
    }

    /** A message that something is added to. */
    private static String clause(String message) {
        return message.endsWith(".") ? message.substring(0, message.length() - 1) : message;
    }

    private static String lost(VersionName version) {
        return "the artifact of " + version + " is no longer stored whole; its run is trained again";
    }

    private static Outcome pending(
            Resource serving, ServingSpec spec, VersionName candidate, Optional<EndpointEntry> entry) {
        String name = serving.id().name();
        String ask = "`plumb promote " + name + " --to " + candidate.label() + "` asks for it";
        Optional<EndpointEntry.HeldBack> held =
                entry.flatMap(each -> Optional.ofNullable(each.heldBack().get(candidate)));
        if (held.isPresent()) {
            return new Outcome.Ready(
                    "HeldBack",
                    "serves " + spec.version() + "; " + candidate.label() + " is held back: reverted by "
                            + held.get().commit().shortened() + " ("
                            + held.get().by() + "); " + ask);
        }
        Optional<EndpointEntry.Intent> aside = entry.flatMap(EndpointEntry::lastIntent)
                .filter(intent -> intent.branch().isPresent() && intent.to().equals(candidate));
        if (aside.isPresent()) {
            return PushRefused.outcome(
                    candidate, aside.get().branch().orElseThrow(), aside.get().refusal());
        }
        return spec.promotion().mode() == PromotionMode.MANUAL
                ? new Outcome.Ready("Manual", "serves " + spec.version() + "; " + candidate.label() + " waits: " + ask)
                : new Outcome.Waiting("Promoting", candidate + " is promoted next", LOOK_AGAIN);
    }

    private static Outcome serves(ServingSpec spec, AdmittedCatalog catalog, Optional<VersionName> candidate) {
        if (spec.named().isPresent()) {
            return new Outcome.Ready("Serving", spec.named().get() + " takes all traffic");
        }
        boolean learns = catalog.trainingOf(spec.model()).isPresent();
        return learns && candidate.isEmpty()
                ? new Outcome.Waiting("NoVersion", "the first version is not registered yet", LOOK_AGAIN)
                : new Outcome.Ready("NoVersion", "the spec names no version; the endpoint answers 404 and says so");
    }

    private static Outcome monitoring(Resource monitoring, ActualState actual) {
        MonitoringSpec spec = (MonitoringSpec) monitoring.spec();
        return actual.endpoints().containsKey(spec.serving())
                ? new Outcome.Ready("Watching", "watched over " + Durations.text(spec.window()))
                : new Outcome.Waiting("EndpointMissing", "there is no endpoint " + spec.serving() + " yet", LOOK_AGAIN);
    }
}
