package dev.plumbline.reconciler.plan;

import dev.plumbline.reconciler.ledger.LedgerView;
import dev.plumbline.runtime.EndpointObservation;
import dev.plumbline.runtime.RunId;
import dev.plumbline.schemas.model.ResourceId;
import dev.plumbline.schemas.model.VersionName;
import java.util.Map;
import java.util.Set;

/**
 * What is, as one value.
 *
 * @param endpoints what serves now, by Serving
 * @param asked the run that each Training's specs ask for; one whose data cannot be read is absent
 * @param running the attempts of this process, by the Training that asked for them
 * @param lostArtifacts registered versions whose artifact is no longer stored whole
 */
public record ActualState(
        LedgerView ledger,
        Map<String, EndpointObservation> endpoints,
        Map<ResourceId, RunId> asked,
        Map<ResourceId, RunId> running,
        Set<VersionName> lostArtifacts) {
    public ActualState {
        endpoints = Map.copyOf(endpoints);
        asked = Map.copyOf(asked);
        running = Map.copyOf(running);
        lostArtifacts = Set.copyOf(lostArtifacts);
    }
}
