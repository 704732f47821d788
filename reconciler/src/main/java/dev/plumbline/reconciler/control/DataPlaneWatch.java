package dev.plumbline.reconciler.control;

import dev.plumbline.reconciler.catalog.AdmittedCatalog;
import dev.plumbline.reconciler.status.StatusBoard;
import dev.plumbline.runtime.EndpointConfiguration;
import dev.plumbline.runtime.EndpointObservation;
import dev.plumbline.runtime.Endpoints;
import dev.plumbline.schemas.model.Kind;
import dev.plumbline.schemas.model.Resource;
import dev.plumbline.schemas.model.ResourceId;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeSet;

/**
 * Notices, by one observation of the whole data plane, which endpoints are other than at the last one, and passes on the
 * traffic of those that are watched. Not thread-safe: the loop owns it.
 */
final class DataPlaneWatch {
    private final Endpoints endpoints;
    private final StatusBoard board;
    private Map<String, EndpointConfiguration> last = Map.of();

    DataPlaneWatch(Endpoints endpoints, StatusBoard board) {
        this.endpoints = endpoints;
        this.board = board;
    }

    /** The Servings whose endpoint came, went or changed; all of them while the data plane does not answer. */
    NavigableSet<ResourceId> moved(AdmittedCatalog catalog) throws InterruptedException {
        NavigableSet<ResourceId> moved = new TreeSet<>();
        try {
            Map<String, EndpointConfiguration> now = new HashMap<>();
            for (Map.Entry<String, EndpointObservation> each :
                    endpoints.observe().entrySet()) {
                now.put(each.getKey(), each.getValue().configuration());
                window(each.getKey(), each.getValue(), catalog);
            }
            now.forEach((name, configuration) -> {
                if (!configuration.equals(last.get(name))) {
                    moved.add(new ResourceId(Kind.SERVING, name));
                }
            });
            last.keySet().stream()
                    .filter(name -> !now.containsKey(name))
                    .forEach(name -> moved.add(new ResourceId(Kind.SERVING, name)));
            last = now;
        } catch (Endpoints.Unreachable silent) {
            catalog.all(Kind.SERVING).stream().map(Resource::id).forEach(moved::add);
        }
        return moved;
    }

    private void window(String name, EndpointObservation observation, AdmittedCatalog catalog) {
        if (observation.window().isPresent()) {
            board.window(new ResourceId(Kind.SERVING, name), observation.window());
            catalog.monitoringsOf(name).forEach(each -> board.window(each.id(), observation.window()));
        }
    }
}
