package dev.plumbline.reconciler.plan;

import dev.plumbline.runtime.EndpointObservation;
import dev.plumbline.schemas.model.MonitoringSpec;
import dev.plumbline.schemas.model.Resource;
import java.util.List;
import java.util.Optional;

/** An endpoint is watched over the window that its Monitoring asks for. */
final class MonitoringPlanner {
    List<Action> plan(Resource monitoring, ActualState actual) {
        MonitoringSpec spec = (MonitoringSpec) monitoring.spec();
        return Optional.ofNullable(actual.endpoints().get(spec.serving()))
                .map(EndpointObservation::configuration)
                .filter(live -> !live.window().equals(Optional.of(spec.window())))
                .map(live -> List.<Action>of(new Action.Watch(
                        monitoring.id(),
                        spec.serving(),
                        spec.window(),
                        "the endpoint is not watched over this window")))
                .orElse(List.of());
    }
}
