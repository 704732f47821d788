package dev.plumbline.reconciler.api;

import dev.plumbline.policy.PolicyBundle;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What an OPA server is given and what it tells: our signed policies, and the log of what it decided by them. */
final class PolicyServer {
    private static final String BUNDLE_TYPE = "application/vnd.openpolicyagent.bundles";

    private final Optional<PolicyBundle> bundle;
    private final MeterRegistry metrics;

    PolicyServer(Optional<PolicyBundle> bundle, MeterRegistry metrics) {
        this.bundle = bundle;
        this.metrics = metrics;
    }

    List<Endpoint> endpoints() {
        return List.of(
                Endpoint.get("/policy/bundle.tar.gz", this::bundle), Endpoint.post("/policy/logs", this::decisions));
    }

    private Reply bundle(Call call) throws ApiError {
        PolicyBundle policies = bundle.orElseThrow(() -> new ApiError(
                404,
                "not-found",
                "no key signs policies here",
                Optional.of("configure policy.signingKeyFile, and restart")));
        String tag = "\"" + policies.digest().hex() + "\"";
        boolean known = List.of(call.header("if-none-match").split(" *, *")).contains(tag);
        return new Reply.Binary(
                known ? 304 : 200,
                BUNDLE_TYPE,
                new Body(known ? new byte[0] : policies.bytes()),
                // It may be kept, as long as it is asked for again each time.
                Map.of("ETag", tag, "Cache-Control", "no-cache"));
    }

    private Reply decisions(Call call) throws ApiError {
        List<LoggedDecision> decisions = LoggedDecision.read(
                call.body().bytes(), call.header("content-encoding").equals("gzip"));
        decisions.forEach(decision -> {
            decision.log();
            Counter.builder("plumbline.policy.logged")
                    .description("Decisions that an OPA server reported, by what came of them")
                    .tag("outcome", decision.outcome())
                    .register(metrics)
                    .increment();
        });
        return new Reply.Whole(204, "application/json", "", Map.of());
    }
}
