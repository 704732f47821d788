package dev.plumbline.reconciler.apply;

import dev.plumbline.policy.Measure;
import dev.plumbline.policy.Question;
import dev.plumbline.policy.RegistrationEvidence;
import dev.plumbline.policy.Verdict;
import dev.plumbline.reconciler.catalog.AdmittedCatalog;
import dev.plumbline.reconciler.ledger.Ledger;
import dev.plumbline.reconciler.ledger.LedgerView;
import dev.plumbline.reconciler.ledger.RunEntry;
import dev.plumbline.reconciler.ledger.RunStatus;
import dev.plumbline.reconciler.ledger.Transition;
import dev.plumbline.reconciler.ledger.VersionEntry;
import dev.plumbline.reconciler.plan.Action;
import dev.plumbline.reconciler.status.Outcome;
import dev.plumbline.runtime.RunId;
import dev.plumbline.runtime.TrainingOutcome;
import dev.plumbline.schemas.fault.Failpoint;
import dev.plumbline.schemas.model.Digest;
import dev.plumbline.schemas.model.Metric;
import dev.plumbline.schemas.model.Resource;
import dev.plumbline.schemas.model.ResourceId;
import dev.plumbline.schemas.model.TrainingSpec;
import dev.plumbline.schemas.model.VersionName;
import java.time.Clock;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/** Asks the registration gate about a trained model, and gives it the next number if it may have one. */
final class RegisterAction {
    private final Ledger ledger;
    private final Verdicts verdicts;
    private final Events events;
    private final Clock clock;

    RegisterAction(Ledger ledger, Verdicts verdicts, Events events, Clock clock) {
        this.ledger = ledger;
        this.verdicts = verdicts;
        this.events = events;
        this.clock = clock;
    }

    Outcome register(Action.Register action, AdmittedCatalog catalog)
            throws Ledger.LedgerException, InterruptedException {
        Resource training = catalog.resource(action.resource()).orElseThrow();
        RunEntry run = ledger.view().run(action.run()).orElseThrow();
        TrainingOutcome.Succeeded result = run.result().orElseThrow();
        Verdict verdict = verdicts.decide(question(training, run, result));
        Failpoint.REGISTRATION_JUDGED.hit();
        if (!verdict.reason().conclusive()) {
            return new Outcome.Failed("PolicyUnavailable", verdict.explanation());
        }
        return verdict.allowed() ? number(training, run.run(), result, verdict) : refuse(training, run, verdict);
    }

    private static Question question(Resource training, RunEntry run, TrainingOutcome.Succeeded result) {
        TrainingSpec spec = (TrainingSpec) training.spec();
        Map<Metric, Measure> metrics = new TreeMap<>();
        result.evaluation()
                .metrics()
                .forEach((metric, value) ->
                        metrics.put(metric, new Measure(value.value(), value.low(), value.high(), value.n())));
        TrainingOutcome.Parity parity = result.parity();
        return Question.about(
                spec.model() + "@" + run.run().shortened(),
                new RegistrationEvidence(
                        spec.model(),
                        run.run().toString(),
                        metrics,
                        spec.require(),
                        new RegistrationEvidence.Parity(
                                parity.rows(),
                                parity.holds() ? 0 : Math.max(1, parity.labelsDiffering()),
                                parity.largestDifference())),
                Map.of("run", run.run().digest()),
                Optional.of(result.artifact()));
    }

    private Outcome refuse(Resource training, RunEntry run, Verdict verdict)
            throws Ledger.LedgerException, InterruptedException {
        String why = verdict.explanation();
        RunEntry refused =
                judged(run, training, RunStatus.REFUSED, "RegistrationDenied", why, verdict, Optional.empty());
        ledger.record(Transition.of(
                "refuse run " + run.run().shortened() + " of " + run.model(),
                refused,
                events.ofRun(training.id(), run.run(), "RegistrationDenied", why)));
        return new Outcome.Stalled("RegistrationDenied", why);
    }

    private Outcome number(Resource training, RunId run, TrainingOutcome.Succeeded result, Verdict verdict)
            throws Ledger.LedgerException, InterruptedException {
        String model = ((TrainingSpec) training.spec()).model();
        ledger.recordUnique(view -> view.versionOf(model, run)
                .map(version -> succeeded(view, training, run, version, verdict))
                .orElseGet(() -> fresh(view, training, run, result, verdict)));
        Failpoint.VERSION_REGISTERED.hit();
        VersionName version = ledger.view().versionOf(model, run).orElseThrow();
        return new Outcome.Ready("Registered", version + " is registered");
    }

    private Transition succeeded(LedgerView view, Resource training, RunId run, VersionName version, Verdict verdict) {
        RunEntry entry = view.run(run).orElseThrow();
        return Transition.of(
                "run " + run.shortened() + " is " + version,
                judged(entry, training, RunStatus.SUCCEEDED, "Registered", "", verdict, Optional.of(version)));
    }

    private Transition fresh(
            LedgerView view, Resource training, RunId run, TrainingOutcome.Succeeded result, Verdict verdict) {
        RunEntry entry = view.run(run).orElseThrow();
        String model = ((TrainingSpec) training.spec()).model();
        VersionName version = new VersionName(model, view.highestNumber(model) + 1);
        VersionEntry registered = new VersionEntry(
                version,
                result.artifact(),
                run,
                clock.instant(),
                entry.inputs(),
                entry.dataset(),
                entry.rows(),
                result.trainingRows(),
                result.evaluation(),
                verdict.id(),
                entry.revision(),
                specsOf(entry, training),
                result.environment());
        return Transition.of(
                "register " + version,
                registered,
                judged(entry, training, RunStatus.SUCCEEDED, "Registered", "", verdict, Optional.of(version)),
                events.ofVersion(
                        training.id(),
                        version,
                        "Registered",
                        version + " from run " + run.shortened() + ": " + Measures.line(result.evaluation()),
                        Optional.of(entry.revision()),
                        Optional.empty()));
    }

    private static NavigableMap<ResourceId, Digest> specsOf(RunEntry entry, Resource training) {
        TreeMap<ResourceId, Digest> specs = new TreeMap<>(entry.specs());
        specs.put(training.id(), training.digest());
        return specs;
    }

    private static RunEntry judged(
            RunEntry run,
            Resource training,
            RunStatus status,
            String reason,
            String message,
            Verdict verdict,
            Optional<VersionName> version) {
        return run.judged(status, reason, message, specsOf(run, training), version, verdict.id());
    }
}
