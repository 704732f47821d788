package dev.plumbline.reconciler.plan;

import dev.plumbline.reconciler.catalog.AdmittedCatalog;
import dev.plumbline.reconciler.ledger.EndpointEntry;
import dev.plumbline.reconciler.ledger.LedgerView;
import dev.plumbline.reconciler.ledger.VersionEntry;
import dev.plumbline.runtime.EndpointConfiguration;
import dev.plumbline.runtime.EndpointConfiguration.ServedVersion;
import dev.plumbline.schemas.model.MonitoringSpec;
import dev.plumbline.schemas.model.Resource;
import dev.plumbline.schemas.model.ServingSpec;
import dev.plumbline.schemas.model.VersionName;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;

/** The one place that says what an endpoint should be. */
public final class WantedEndpoint {
    private WantedEndpoint() {}

    /**
     * The configuration that the spec asks for with this version.
     *
     * @param version what it names, where the ledger holds it
     */
    public static EndpointConfiguration of(
            Resource serving, Optional<VersionEntry> version, AdmittedCatalog catalog, LedgerView ledger) {
        ServingSpec spec = (ServingSpec) serving.spec();
        String name = serving.id().name();
        return new EndpointConfiguration(
                name,
                version.map(each -> new ServedVersion(each.version(), each.digest())),
                version.isPresent() ? "" : reason(spec, catalog, ledger.endpoint(name)),
                spec.limits(),
                catalog.monitoringOf(name).map(MonitoringSpec::window));
    }

    private static String reason(ServingSpec spec, AdmittedCatalog catalog, Optional<EndpointEntry> endpoint) {
        return spec.named()
                .filter(version -> catalog.policies().revoked(version).isPresent())
                .map(version -> version + " was revoked")
                .or(() -> endpoint.flatMap(WantedEndpoint::takenOff))
                .orElse("no version has been promoted yet");
    }

    private static Optional<String> takenOff(EndpointEntry endpoint) {
        return Optional.of(endpoint)
                .flatMap(entry -> entry.heldBack().entrySet().stream()
                        .max(Comparator.comparing(held -> held.getValue().since()))
                        .map(WantedEndpoint::reverted));
    }

    private static String reverted(Map.Entry<VersionName, EndpointEntry.HeldBack> held) {
        return held.getKey() + " was taken off by commit "
                + held.getValue().commit().shortened();
    }
}
