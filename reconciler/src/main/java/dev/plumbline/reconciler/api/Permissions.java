package dev.plumbline.reconciler.api;

import java.util.Map;
import java.util.Optional;

/** Who may ask what, once there are tokens: every route on one page. A route that is missing here answers nobody. */
final class Permissions {
    private static final String WEBHOOKS = "/webhooks/";

    private static final Map<String, Access> ROUTES = Map.ofEntries(
            Map.entry("GET /", Access.READ),
            Map.entry("GET /metrics", Access.READ),
            Map.entry("GET /health/live", Access.OPEN),
            Map.entry("GET /health/ready", Access.OPEN),
            Map.entry("GET /api/v1/openapi.json", Access.READ),
            Map.entry("GET /api/v1/serving", Access.READ),
            Map.entry("GET /api/v1/status", Access.READ),
            Map.entry("GET /api/v1/revisions/{revision}", Access.READ),
            Map.entry("GET /api/v1/resources", Access.READ),
            Map.entry("GET /api/v1/resources/{kind}", Access.READ),
            Map.entry("GET /api/v1/resources/{kind}/{name}", Access.READ),
            Map.entry("GET /api/v1/runs", Access.READ),
            Map.entry("GET /api/v1/runs/{run}", Access.READ),
            Map.entry("GET /api/v1/runs/{run}/output", Access.READ),
            Map.entry("GET /api/v1/versions", Access.READ),
            Map.entry("GET /api/v1/lineage/{model}/{version}", Access.READ),
            Map.entry("GET /api/v1/verdicts/{id}", Access.READ),
            Map.entry("GET /api/v1/history/{serving}", Access.READ),
            Map.entry("GET /api/v1/events", Access.READ),
            Map.entry("GET /api/v1/plans", Access.READ),
            Map.entry("GET /policy/bundle.tar.gz", Access.POLICY),
            Map.entry("POST /policy/logs", Access.POLICY),
            Map.entry("POST /api/v1/hint", Access.READ),
            Map.entry("POST /api/v1/reconcile", Access.OPERATE),
            Map.entry("POST /api/v1/suspend", Access.OPERATE),
            Map.entry("POST /api/v1/resume", Access.OPERATE),
            Map.entry("POST /api/v1/runs/{run}/cancel", Access.OPERATE),
            Map.entry("POST /api/v1/accept-history", Access.APPROVE),
            Map.entry("POST /api/v1/servings/{name}/promote", Access.OPERATE),
            Map.entry("POST /api/v1/servings/{name}/rollback", Access.OPERATE));

    private Permissions() {}

    /** What the route asks; empty when nobody has said, which no caller can satisfy. */
    static Optional<Access> of(Endpoint endpoint) {
        if (endpoint.path().startsWith(WEBHOOKS)) {
            return Optional.of(Access.SIGNED);
        }
        return Optional.ofNullable(ROUTES.get(endpoint.method() + " " + endpoint.path()));
    }

    /** Whether requests for this path may come without a token; whatever is not known here needs one. */
    static boolean tokenless(String path) {
        return path.startsWith(WEBHOOKS) || ROUTES.get("GET " + path) == Access.OPEN;
    }

    /** Every route that is named, for comparison with those that there are. */
    static Map<String, Access> routes() {
        return ROUTES;
    }
}
