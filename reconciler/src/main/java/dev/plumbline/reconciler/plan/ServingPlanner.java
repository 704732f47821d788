package dev.plumbline.reconciler.plan;

import dev.plumbline.reconciler.catalog.AdmittedCatalog;
import dev.plumbline.reconciler.ledger.EndpointEntry;
import dev.plumbline.reconciler.ledger.RunEntry;
import dev.plumbline.reconciler.ledger.VersionEntry;
import dev.plumbline.runtime.EndpointConfiguration;
import dev.plumbline.runtime.EndpointObservation;
import dev.plumbline.schemas.model.PromotionMode;
import dev.plumbline.schemas.model.Resource;
import dev.plumbline.schemas.model.ResourceId;
import dev.plumbline.schemas.model.ServingSpec;
import dev.plumbline.schemas.model.VersionName;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** An endpoint serves what its spec names; a candidate that nobody held back is named next. */
final class ServingPlanner {
    List<Action> plan(Resource serving, AdmittedCatalog catalog, ActualState actual) {
        List<Action> actions = new ArrayList<>();
        serve(serving, catalog, actual).ifPresent(actions::add);
        Optional<VersionEntry> lost = NeededArtifacts.toRestore(serving, catalog, actual);
        boolean comesBack = lost.filter(version -> serves(serving, version)).isPresent();
        if (!comesBack) {
            promote(serving, catalog, actual).ifPresent(actions::add);
        }
        Optional.ofNullable(actual.running().get(serving.id()))
                .filter(run -> !NeededArtifacts.runs(serving, actual.ledger()).contains(run))
                .ifPresent(run ->
                        actions.add(new Action.Cancel(serving.id(), run, "the endpoint needs its version no more")));
        lost.flatMap(version -> restore(serving, version, actual)).ifPresent(actions::add);
        // What serves is made again first: nothing can be compared with it before, and it may be the better one.
        if (comesBack && !actual.running().containsValue(lost.get().run())) {
            promote(serving, catalog, actual).ifPresent(actions::add);
        }
        return actions;
    }

    private static boolean serves(Resource serving, VersionEntry version) {
        return ((ServingSpec) serving.spec()).named().equals(Optional.of(version.version()));
    }

    List<Action> gone(ResourceId id, ActualState actual) {
        boolean recorded = actual.ledger().applied(id.name()).isPresent();
        boolean live = actual.endpoints().containsKey(id.name());
        String until = actual.ledger()
                .leaving(id)
                .map(end -> "; it answers until " + end)
                .orElse("");
        return recorded || live
                ? List.of(new Action.Remove(id, "no spec asks for this endpoint any more" + until))
                : List.of();
    }

    private static Optional<Action> restore(Resource serving, VersionEntry version, ActualState actual) {
        Optional<RunEntry> run = actual.ledger().run(version.run());
        if (actual.running().containsValue(version.run())
                || run.filter(RunSpecs::stopped).isPresent()) {
            return Optional.empty();
        }
        return Optional.of(new Action.Restore(
                serving.id(),
                version.version(),
                version.run(),
                run.map(RunEntry::attempt).orElse(0) + 1,
                "the artifact of " + version.version() + " is no longer stored whole"));
    }

    private static Optional<Action> serve(Resource serving, AdmittedCatalog catalog, ActualState actual) {
        ServingSpec spec = (ServingSpec) serving.spec();
        Optional<VersionEntry> known = spec.named().flatMap(actual.ledger()::version);
        if (spec.named().isPresent() && known.isEmpty()) {
            return Optional.empty();
        }
        Optional<VersionEntry> version =
                known.filter(each -> catalog.policies().revoked(each.version()).isEmpty());
        if (version.filter(each -> actual.lostArtifacts().contains(each.version()))
                .isPresent()) {
            return Optional.empty();
        }
        String name = serving.id().name();
        EndpointConfiguration wanted = WantedEndpoint.of(serving, version, catalog, actual.ledger());
        Optional<EndpointConfiguration> live =
                Optional.ofNullable(actual.endpoints().get(name)).map(EndpointObservation::configuration);
        return difference(wanted, live, actual.ledger().endpoint(name), spec)
                .map(reason ->
                        known.isPresent() && version.isEmpty() ? known.get().version() + " was revoked" : reason)
                .map(reason -> new Action.Serve(
                        serving.id(), version.map(VersionEntry::version), version.map(VersionEntry::digest), reason));
    }

    private static Optional<String> difference(
            EndpointConfiguration wanted,
            Optional<EndpointConfiguration> live,
            Optional<EndpointEntry> recorded,
            ServingSpec spec) {
        if (live.isEmpty()) {
            return Optional.of("the endpoint does not exist");
        }
        EndpointConfiguration is = live.get();
        if (!is.stable().equals(wanted.stable())) {
            return Optional.of("the spec names " + spec.version() + ", and "
                    + is.stable().map(each -> each.version().label()).orElse("nothing") + " serves");
        }
        if (!is.limits().equals(wanted.limits()) || !is.reason().equals(wanted.reason())) {
            return Optional.of("the endpoint's settings have changed");
        }
        if (is.window().isPresent() && wanted.window().isEmpty()) {
            return Optional.of("no Monitoring asks to watch the endpoint any more");
        }
        Optional<VersionName> stable = recorded.flatMap(EndpointEntry::stable).map(EndpointEntry.Service::version);
        boolean noted = recorded.filter(entry -> !entry.removed()).isPresent()
                && stable.equals(wanted.stable().map(EndpointConfiguration.ServedVersion::version));
        return noted ? Optional.empty() : Optional.of("the ledger does not say yet what serves");
    }

    private static Optional<Action> promote(Resource serving, AdmittedCatalog catalog, ActualState actual) {
        ServingSpec spec = (ServingSpec) serving.spec();
        boolean unknown = spec.named().flatMap(actual.ledger()::version).isEmpty()
                && spec.named().isPresent();
        if (spec.promotion().mode() == PromotionMode.MANUAL || unknown || catalog.unnamed(serving.id())) {
            return Optional.empty();
        }
        Optional<EndpointEntry> entry = actual.ledger().endpoint(serving.id().name());
        return Candidate.of(spec.model(), catalog, actual)
                .filter(candidate -> !Optional.of(candidate).equals(spec.named()))
                .filter(candidate -> !actual.lostArtifacts().contains(candidate))
                .filter(candidate -> catalog.policies().revoked(candidate).isEmpty())
                .filter(candidate -> entry.filter(each -> each.heldBack().containsKey(candidate))
                        .isEmpty())
                .filter(candidate ->
                        entry.filter(each -> waits(each, spec, candidate)).isEmpty())
                .map(candidate -> new Action.Promote(
                        serving.id(),
                        spec.named(),
                        candidate,
                        entry.filter(each -> each.served(candidate)).isPresent(),
                        candidate.label() + " is what the current specs ask for, and the spec names "
                                + spec.version()));
    }

    /** Whether this very change lies on a branch of its own and waits for a person to merge it. */
    private static boolean waits(EndpointEntry entry, ServingSpec spec, VersionName candidate) {
        return entry.lastIntent()
                .filter(intent -> intent.branch().isPresent())
                .filter(intent ->
                        intent.from().equals(spec.named()) && intent.to().equals(candidate))
                .isPresent();
    }
}
