package dev.plumbline.reconciler.apply;

import dev.plumbline.policy.Verdict;
import dev.plumbline.reconciler.catalog.AdmittedCatalog;
import dev.plumbline.reconciler.ledger.EndpointEntry;
import dev.plumbline.reconciler.ledger.EndpointEntry.Service;
import dev.plumbline.reconciler.ledger.Ledger;
import dev.plumbline.reconciler.ledger.LedgerView;
import dev.plumbline.reconciler.ledger.Transition;
import dev.plumbline.reconciler.ledger.VersionEntry;
import dev.plumbline.reconciler.plan.Action;
import dev.plumbline.reconciler.plan.WantedEndpoint;
import dev.plumbline.reconciler.status.Outcome;
import dev.plumbline.runtime.DeployOutcome;
import dev.plumbline.runtime.Endpoints;
import dev.plumbline.schemas.fault.Failpoint;
import dev.plumbline.schemas.model.Digest;
import dev.plumbline.schemas.model.Resource;
import dev.plumbline.schemas.model.ResourceId;
import dev.plumbline.schemas.model.Revision;
import dev.plumbline.schemas.model.ServingSpec;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;

/** Makes an endpoint serve what its spec names, once a verdict allows it, and records what serves. */
final class ServeAction {
    private final Ledger ledger;
    private final PromotionGate gate;
    private final Endpoints endpoints;
    private final Events events;
    private final Clock clock;
    private final EndpointLocks locks;

    ServeAction(
            Ledger ledger, PromotionGate gate, Endpoints endpoints, Events events, Clock clock, EndpointLocks locks) {
        this.ledger = ledger;
        this.gate = gate;
        this.endpoints = endpoints;
        this.events = events;
        this.clock = clock;
        this.locks = locks;
    }

    Outcome serve(Action.Serve action, AdmittedCatalog catalog)
            throws Ledger.LedgerException, InterruptedException, DataFiles.Unavailable {
        Resource serving = catalog.resource(action.resource()).orElseThrow();
        LedgerView view = ledger.view();
        EndpointEntry entry = entry(serving);
        Optional<VersionEntry> version = action.version().flatMap(view::version);
        Optional<Digest> allowed = Optional.empty();
        if (version.isPresent()) {
            Permission permission = permission(serving, entry, version.get());
            if (permission instanceof Permission.Refused refused) {
                return refused.outcome();
            }
            allowed = Optional.of(((Permission.Granted) permission).verdict());
        }
        Failpoint.ENDPOINT_BEFORE_DEPLOY.hit();
        DeployOutcome outcome = locks.locked(
                serving.id().name(), () -> endpoints.deploy(WantedEndpoint.of(serving, version, catalog, view)));
        return switch (outcome) {
            case DeployOutcome.Failed failed ->
                failed.permanent()
                        ? new Outcome.Stalled(failed.reason(), failed.message())
                        : new Outcome.Failed(failed.reason(), failed.message());
            case DeployOutcome.Done done -> {
                Failpoint.ENDPOINT_DEPLOYED.hit();
                record(serving, version, allowed, catalog.revision().orElseThrow(), action.reason());
                Failpoint.ENDPOINT_RECORDED.hit();
                yield new Outcome.Ready("Serving", "the endpoint serves " + named(version));
            }
        };
    }

    private static String named(Optional<VersionEntry> version) {
        return version.map(each -> each.version().toString()).orElse("nothing, and says why");
    }

    private sealed interface Permission {
        record Granted(Digest verdict) implements Permission {}

        record Refused(Outcome outcome) implements Permission {}
    }

    /** What serves already may serve on: a later policy moves no traffic. */
    private Permission permission(Resource serving, EndpointEntry entry, VersionEntry version)
            throws Ledger.LedgerException, InterruptedException, DataFiles.Unavailable {
        Optional<Service> stable = entry.stable()
                .filter(service -> service.version().equals(version.version()))
                .filter(service -> service.digest().equals(version.digest()));
        if (stable.isPresent()) {
            return new Permission.Granted(stable.get().verdict());
        }
        Optional<VersionEntry> current = entry.stable().map(Service::version).flatMap(ledger.view()::version);
        Verdict verdict = gate.decide(serving, version, current, entry.served(version.version()));
        if (verdict.allowed()) {
            return new Permission.Granted(verdict.id());
        }
        String why = version.version() + " is named and may not serve: " + verdict.explanation();
        return new Permission.Refused(
                verdict.reason().conclusive()
                        ? new Outcome.Stalled("PromotionDenied", why)
                        : new Outcome.Failed("PolicyUnavailable", why));
    }

    private EndpointEntry entry(Resource serving) {
        String name = serving.id().name();
        return ledger.view()
                .endpoint(name)
                .orElseGet(() -> EndpointEntry.fresh(name, ((ServingSpec) serving.spec()).model()));
    }

    private void record(
            Resource serving, Optional<VersionEntry> version, Optional<Digest> verdict, Revision revision, String why)
            throws Ledger.LedgerException, InterruptedException {
        ResourceId id = serving.id();
        EndpointEntry entry = entry(serving);
        Optional<Digest> serves = entry.stable().map(Service::digest);
        boolean known = ledger.view().applied(id.name()).isPresent();
        if (known
                && serves.equals(version.map(VersionEntry::digest))
                && entry.stable().map(Service::version).equals(version.map(VersionEntry::version))) {
            return;
        }
        Instant now = clock.instant();
        EndpointEntry moved = entry.serving(
                version.map(each -> new Service(
                        each.version(), each.digest(), now, Optional.empty(), revision, verdict.orElseThrow())),
                now);
        ledger.record(Transition.of(
                id.name() + " serves " + named(version),
                moved,
                version.map(each -> events.ofVersion(
                                id,
                                each.version(),
                                "Live",
                                each.version() + " takes all traffic",
                                Optional.of(revision),
                                Optional.empty()))
                        .orElseGet(() -> events.of(id, "NothingServes", why, Optional.of(revision)))));
    }
}
