package dev.plumbline.reconciler.control;

import dev.plumbline.reconciler.apply.AskedRuns;
import dev.plumbline.reconciler.apply.AskedRuns.Asked;
import dev.plumbline.reconciler.apply.Attempts;
import dev.plumbline.reconciler.catalog.AdmittedCatalog;
import dev.plumbline.reconciler.ledger.Ledger;
import dev.plumbline.reconciler.ledger.LedgerView;
import dev.plumbline.reconciler.plan.ActualState;
import dev.plumbline.reconciler.plan.NeededArtifacts;
import dev.plumbline.reconciler.status.Outcome;
import dev.plumbline.runtime.EndpointObservation;
import dev.plumbline.runtime.Endpoints;
import dev.plumbline.runtime.RunId;
import dev.plumbline.schemas.model.Kind;
import dev.plumbline.schemas.model.MonitoringSpec;
import dev.plumbline.schemas.model.Resource;
import dev.plumbline.schemas.model.ResourceId;
import dev.plumbline.schemas.model.ServingSpec;
import dev.plumbline.schemas.model.TrainingSpec;
import dev.plumbline.schemas.model.VersionName;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Gathers what is, as far as a plan for some resources needs it. */
final class ActualStates {
    private final Ledger ledger;
    private final Endpoints endpoints;
    private final AskedRuns askedRuns;
    private final Attempts attempts;
    private final LostArtifacts lost;
    private final LostRecord record;

    ActualStates(
            Ledger ledger,
            Endpoints endpoints,
            AskedRuns askedRuns,
            Attempts attempts,
            LostArtifacts lost,
            LostRecord record) {
        this.ledger = ledger;
        this.endpoints = endpoints;
        this.askedRuns = askedRuns;
        this.attempts = attempts;
        this.lost = lost;
        this.record = record;
    }

    /**
     * What is.
     *
     * @param blocked Trainings of which nobody can say what they ask for, and why
     */
    record Gathered(ActualState state, Map<ResourceId, Outcome> blocked) {}

    /** Everything about the whole catalog. */
    Gathered everything(AdmittedCatalog catalog) throws InterruptedException, Endpoints.Unreachable {
        return gather(catalog, catalog.all(Kind.TRAINING), catalog.all(Kind.SERVING), endpoints.observe());
    }

    /** What a plan for this one resource needs. */
    Gathered about(ResourceId id, AdmittedCatalog catalog) throws InterruptedException, Endpoints.Unreachable {
        return switch (id.kind()) {
            case MODEL, DATASET -> gather(catalog, List.of(), List.of(), Map.of());
            case TRAINING -> gather(catalog, catalog.resource(id).stream().toList(), List.of(), Map.of());
            case SERVING ->
                gather(
                        catalog,
                        trainingBehind(id, catalog),
                        catalog.resource(id).stream().toList(),
                        observed(id.name()));
            case MONITORING -> gather(catalog, List.of(), List.of(), watched(id, catalog));
        };
    }

    private Map<String, EndpointObservation> watched(ResourceId monitoring, AdmittedCatalog catalog)
            throws InterruptedException, Endpoints.Unreachable {
        Optional<String> serving = catalog.resource(monitoring).map(each -> ((MonitoringSpec) each.spec()).serving());
        return serving.isPresent() ? observed(serving.get()) : Map.of();
    }

    private Map<String, EndpointObservation> observed(String serving)
            throws InterruptedException, Endpoints.Unreachable {
        return endpoints.observe(serving).map(each -> Map.of(serving, each)).orElse(Map.of());
    }

    private static List<Resource> trainingBehind(ResourceId serving, AdmittedCatalog catalog) {
        return catalog
                .resource(serving)
                .map(each -> ((ServingSpec) each.spec()).model())
                .flatMap(catalog::trainingOf)
                .stream()
                .toList();
    }

    private Gathered gather(
            AdmittedCatalog catalog,
            List<Resource> trainings,
            List<Resource> servings,
            Map<String, EndpointObservation> observed)
            throws InterruptedException {
        Map<ResourceId, RunId> asked = new HashMap<>();
        Map<ResourceId, Outcome> blocked = new HashMap<>();
        for (Resource training : trainings) {
            Optional<Outcome.Stalled> missing =
                    record.of(((TrainingSpec) training.spec()).model(), catalog, ledger.view());
            if (missing.isPresent()) {
                blocked.put(training.id(), missing.get());
                continue;
            }
            switch (askedRuns.of(training, catalog)) {
                case Asked.Run run -> asked.put(training.id(), run.inputs().id());
                case Asked.Blocked reason -> blocked.put(training.id(), reason.why());
            }
        }
        LedgerView view = ledger.view();
        return new Gathered(
                new ActualState(
                        view,
                        observed,
                        asked,
                        attempts.running(),
                        lost.among(concerned(trainings, servings, asked, view), view)),
                blocked);
    }

    /** The versions that must be at hand: what is asked for, what is named, and what a rollback leads to. */
    private static Set<VersionName> concerned(
            List<Resource> trainings, List<Resource> servings, Map<ResourceId, RunId> asked, LedgerView view) {
        Set<VersionName> versions = new TreeSet<>();
        for (Resource training : trainings) {
            Optional.ofNullable(asked.get(training.id()))
                    .flatMap(run -> view.versionOf(((TrainingSpec) training.spec()).model(), run))
                    .ifPresent(versions::add);
        }
        servings.forEach(serving -> versions.addAll(NeededArtifacts.of(serving, view)));
        return versions;
    }

    /** The traffic of an endpoint in its last window. */
    static Optional<EndpointObservation.Window> window(ActualState actual, String serving) {
        return Optional.ofNullable(actual.endpoints().get(serving)).flatMap(EndpointObservation::window);
    }
}
