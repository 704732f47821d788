package dev.plumbline.reconciler.api;

import io.vertx.core.http.HttpServerRequest;
import java.util.Optional;

/** Refuses what was meant for the control plane of another environment, before it is answered from this one's ledger. */
final class Addressee {
    static final String HEADER = "X-Plumbline-Environment";

    private final Optional<String> environment;

    /** The check of a control plane of this environment; empty for the one without a name. */
    Addressee(Optional<String> environment) {
        this.environment = environment;
    }

    /** Lets a request through that names this environment, or none. */
    void check(HttpServerRequest request) throws ApiError {
        String meant = request.getHeader(HEADER);
        if (meant == null || environment.equals(Optional.of(meant))) {
            return;
        }
        throw new ApiError(
                409,
                "other-environment",
                "this control plane is "
                        + environment.map(own -> "of the environment " + own).orElse("of no named environment")
                        + ", and " + Guard.printable(meant) + " was asked for",
                Optional.of(
                        "name its control plane with --server; without one, `--repo DIR` of runs, versions, lineage,"
                                + " events and history reads its ledger, and `logs --state DIR` its output"));
    }
}
