package dev.plumbline.reconciler.plan;

import dev.plumbline.reconciler.catalog.AdmittedCatalog;
import dev.plumbline.reconciler.ledger.LedgerView;
import dev.plumbline.reconciler.ledger.VersionEntry;
import dev.plumbline.runtime.RunId;
import dev.plumbline.schemas.model.Resource;
import dev.plumbline.schemas.model.ServingSpec;
import dev.plumbline.schemas.model.VersionName;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The versions whose bytes an endpoint needs at hand: the one that it serves, and the one that a rollback leads to. */
public final class NeededArtifacts {
    private NeededArtifacts() {}

    /** The versions, the one that is named first. */
    public static List<VersionName> of(Resource serving, LedgerView ledger) {
        Optional<VersionName> named = ((ServingSpec) serving.spec()).named();
        Optional<VersionName> back = ledger.endpoint(serving.id().name())
                .map(entry -> new RollbackTarget(entry, named))
                .flatMap(RollbackTarget::version);
        return Stream.of(named, back).flatMap(Optional::stream).distinct().toList();
    }

    /** The runs that they came from. */
    static List<RunId> runs(Resource serving, LedgerView ledger) {
        return of(serving, ledger).stream()
                .flatMap(version -> ledger.version(version).stream())
                .map(VersionEntry::run)
                .toList();
    }

    /** The first of them that is lost and that no Training makes again by itself. */
    public static Optional<VersionEntry> toRestore(Resource serving, AdmittedCatalog catalog, ActualState actual) {
        Optional<VersionName> candidate = Candidate.of(((ServingSpec) serving.spec()).model(), catalog, actual);
        return of(serving, actual.ledger()).stream()
                .filter(actual.lostArtifacts()::contains)
                .filter(version -> catalog.policies().revoked(version).isEmpty())
                .filter(version -> !candidate.equals(Optional.of(version)))
                .flatMap(version -> actual.ledger().version(version).stream())
                .findFirst();
    }
}
