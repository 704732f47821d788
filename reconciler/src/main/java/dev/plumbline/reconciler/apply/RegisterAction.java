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
import dev.plumbline.reconciler.plan.RunSpecs;
import dev.plumbline.reconciler.status.Outcome;
import dev.plumbline.runtime.Fairness;
import dev.plumbline.runtime.RunId;
import dev.plumbline.runtime.TrainingOutcome;
import dev.plumbline.schemas.fault.Failpoint;
import dev.plumbline.schemas.json.Json;
import dev.plumbline.schemas.model.Digest;
import dev.plumbline.schemas.model.Metric;
import dev.plumbline.schemas.model.ModelSpec;
import dev.plumbline.schemas.model.Resource;
import dev.plumbline.schemas.model.ResourceId;
import dev.plumbline.schemas.model.TrainingSpec;
import dev.plumbline.schemas.model.VersionName;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/** Asks the registration gate about a trained model, and gives it the next number if it may have one. */
final class RegisterAction {
    private final Ledger ledger;
    private final Verdicts verdicts;
    private final VersionComparisons comparisons;
    private final Events events;
    private final Clock clock;

    RegisterAction(Ledger ledger, Verdicts verdicts, VersionComparisons comparisons, Events events, Clock clock) {
        this.ledger = ledger;
        this.verdicts = verdicts;
        this.comparisons = comparisons;
        this.events = events;
        this.clock = clock;
    }

    Outcome register(Action.Register action, AdmittedCatalog catalog)
            throws Ledger.LedgerException, InterruptedException, DataFiles.Unavailable {
        Judged about = judged(action, catalog);
        // Its Dataset, too: whoever brings other rows brings another model.
        Verdicts.Decided decided = verdicts.decide(
                question(about), RunSpecs.of(about.training(), catalog).keySet());
        Failpoint.REGISTRATION_JUDGED.hit();
        Verdict verdict = decided.verdict();
        if (!verdict.reason().conclusive()) {
            return new Outcome.Failed("PolicyUnavailable", decided.explanation());
        }
        return verdict.allowed() ? number(about, verdict) : refuse(about, decided);
    }

    /**
     * What is judged.
     *
     * @param run with its result as it is judged
     * @param specs digests of the specs that it is judged under
     */
    private record Judged(Resource training, ModelSpec model, RunEntry run, NavigableMap<ResourceId, Digest> specs) {
        TrainingSpec spec() {
            return (TrainingSpec) training.spec();
        }

        TrainingOutcome.Succeeded result() {
            return run.result().orElseThrow();
        }
    }

    private Judged judged(Action.Register action, AdmittedCatalog catalog)
            throws InterruptedException, DataFiles.Unavailable {
        Resource training = catalog.resource(action.resource()).orElseThrow();
        RunEntry run = ledger.view().run(action.run()).orElseThrow();
        ModelSpec model =
                catalog.model(((TrainingSpec) training.spec()).model()).orElseThrow();
        TreeMap<ResourceId, Digest> specs = new TreeMap<>(run.specs());
        specs.putAll(RunSpecs.judging(training, catalog));
        return new Judged(training, model, run.measured(covering(run, model.sensitive())), specs);
    }

    /** What the run gave, with fairness of the columns that are sensitive now: they are no part of a run. */
    private TrainingOutcome.Succeeded covering(RunEntry run, List<String> sensitive)
            throws InterruptedException, DataFiles.Unavailable {
        TrainingOutcome.Succeeded result = run.result().orElseThrow();
        Optional<Fairness> measured = result.evaluation().fairness();
        if (sensitive.isEmpty() || measured.map(Fairness::attributes).equals(Optional.of(sensitive))) {
            return result;
        }
        return comparisons
                .groups(run, result.artifact(), sensitive)
                .map(result::with)
                .orElse(result);
    }

    private static Question question(Judged about) {
        TrainingSpec spec = about.spec();
        RunEntry run = about.run();
        TrainingOutcome.Succeeded result = about.result();
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
                        about.model().task(),
                        about.model().riskTier(),
                        about.model().sensitive(),
                        metrics,
                        result.evaluation().fairness().map(Json::tree),
                        spec.require(),
                        new RegistrationEvidence.Parity(
                                parity.rows(),
                                parity.holds() ? 0 : Math.max(1, parity.labelsDiffering()),
                                parity.largestDifference())),
                Map.of("run", run.run().digest()),
                Optional.of(result.artifact()));
    }

    private Outcome refuse(Judged about, Verdicts.Decided decided) throws Ledger.LedgerException, InterruptedException {
        String why = decided.explanation();
        RunEntry run = about.run();
        RunEntry refused =
                judged(run, about, RunStatus.REFUSED, "RegistrationDenied", why, decided.verdict(), Optional.empty());
        ledger.record(Transition.of(
                "refuse run " + run.run().shortened() + " of " + run.model(),
                refused,
                events.ofRun(about.training().id(), run.run(), "RegistrationDenied", why)));
        return new Outcome.Stalled("RegistrationDenied", why);
    }

    private Outcome number(Judged about, Verdict verdict) throws Ledger.LedgerException, InterruptedException {
        String model = about.spec().model();
        RunId run = about.run().run();
        ledger.recordUnique(view -> view.versionOf(model, run)
                .map(version -> succeeded(view, about, version, verdict))
                .orElseGet(() -> fresh(view, about, verdict)));
        Failpoint.VERSION_REGISTERED.hit();
        VersionName version = ledger.view().versionOf(model, run).orElseThrow();
        return new Outcome.Ready("Registered", version + " is registered");
    }

    private static Transition succeeded(LedgerView view, Judged about, VersionName version, Verdict verdict) {
        RunEntry entry = view.run(about.run().run()).orElseThrow().measured(about.result());
        return Transition.of(
                "run " + entry.run().shortened() + " is " + version,
                judged(entry, about, RunStatus.SUCCEEDED, "Registered", "", verdict, Optional.of(version)));
    }

    private Transition fresh(LedgerView view, Judged about, Verdict verdict) {
        TrainingOutcome.Succeeded result = about.result();
        RunEntry entry = view.run(about.run().run()).orElseThrow().measured(result);
        String model = about.spec().model();
        VersionName version = new VersionName(model, view.highestNumber(model) + 1);
        VersionEntry registered = new VersionEntry(
                version,
                result.artifact(),
                entry.run(),
                clock.instant(),
                entry.inputs(),
                entry.dataset(),
                entry.rows(),
                result.trainingRows(),
                result.evaluation(),
                verdict.id(),
                entry.revision(),
                about.specs(),
                result.environment());
        return Transition.of(
                "register " + version,
                registered,
                judged(entry, about, RunStatus.SUCCEEDED, "Registered", "", verdict, Optional.of(version)),
                events.ofVersion(
                        about.training().id(),
                        version,
                        "Registered",
                        version + " from run " + entry.run().shortened() + ": " + Measures.line(result.evaluation()),
                        Optional.of(entry.revision()),
                        Optional.empty()));
    }

    private static RunEntry judged(
            RunEntry run,
            Judged about,
            RunStatus status,
            String reason,
            String message,
            Verdict verdict,
            Optional<VersionName> version) {
        return run.judged(status, reason, message, about.specs(), version, verdict.id());
    }
}
