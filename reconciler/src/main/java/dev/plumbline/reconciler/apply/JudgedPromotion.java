package dev.plumbline.reconciler.apply;

import dev.plumbline.policy.Verdict;
import dev.plumbline.reconciler.ledger.EndpointEntry;
import dev.plumbline.reconciler.ledger.EndpointEntry.Intent;
import dev.plumbline.reconciler.ledger.LedgerView;
import dev.plumbline.reconciler.ledger.VersionEntry;
import dev.plumbline.reconciler.source.VersionChange;
import dev.plumbline.schemas.model.PromotionMode;
import dev.plumbline.schemas.model.Resource;
import dev.plumbline.schemas.model.Revision;
import dev.plumbline.schemas.model.ServingSpec;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** A promotion that policy allows, and what is written of it: its commit, and the record that the commit is ours. */
record JudgedPromotion(Promotion.Order order, Verdict verdict) {
    String serving() {
        return order.serving().id().name();
    }

    Revision plannedOn() {
        return order.base();
    }

    /** Whether its spec lets no automation write to the watched branch. */
    boolean byBranch() {
        return spec().promotion().mode() == PromotionMode.BRANCH
                && order.requestedBy().isEmpty();
    }

    String verb() {
        return order.rollback() ? "rollback" : "promote";
    }

    /** What it does, in a few words. */
    String words() {
        return serving() + " to " + order.to().version();
    }

    Intent intent(Instant now, Revision commit, Optional<String> branch, Optional<String> refusal) {
        return new Intent(
                verb(),
                order.from(),
                order.to().version(),
                order.requestedBy(),
                verdict.id(),
                now,
                commit,
                branch,
                refusal);
    }

    /** The record of the endpoint with this intent. */
    EndpointEntry intended(Intent intent, LedgerView view) {
        return view.endpoint(serving())
                .orElseGet(() -> EndpointEntry.fresh(serving(), spec().model()))
                .with(intent);
    }

    /** The one line of the spec that its commit changes, and what that commit says. */
    VersionChange change(Revision base) {
        Resource serving = order.serving();
        String name = serving();
        VersionEntry to = order.to();
        Map<String, String> trailers = new LinkedHashMap<>();
        trailers.put("Plumbline-Action", verb());
        trailers.put("Plumbline-Serving", name);
        trailers.put("Plumbline-Version", to.version().toString());
        trailers.put("Plumbline-Run", to.run().toString());
        trailers.put("Plumbline-Digest", to.digest().value());
        trailers.put("Plumbline-Verdict", verdict.id().value());
        order.requestedBy().ifPresent(person -> trailers.put("Plumbline-Requested-By", person));
        String verb = order.rollback() ? "Roll back" : "Promote";
        return new VersionChange(
                base,
                serving.file(),
                serving.document(),
                name,
                spec().version(),
                to.version().label(),
                verb + " " + name + " to " + to.version(),
                order.why() + "\n\n" + Measures.line(to.evaluation()) + Verdicts.warnings(verdict),
                trailers,
                order.requestedBy());
    }

    private ServingSpec spec() {
        return (ServingSpec) order.serving().spec();
    }
}
