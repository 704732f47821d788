package dev.plumbline.reconciler.report;

import dev.plumbline.reconciler.ledger.EndpointEntry;
import dev.plumbline.reconciler.ledger.LedgerView;
import dev.plumbline.schemas.json.Json;
import dev.plumbline.schemas.model.VersionName;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What an endpoint served and serves, as {@code plumb history} shows it. */
public final class HistoryReport {
    private HistoryReport() {}

    /** Newest first; the one without an end serves now. */
    public static ObjectNode of(EndpointEntry endpoint, LedgerView ledger) {
        ObjectNode json = Json.object();
        json.put("serving", endpoint.serving());
        json.put("model", endpoint.model());
        json.put("named", endpoint.named().map(VersionName::label).orElse(VersionName.NONE));
        ArrayNode history = json.putArray("history");
        endpoint.history().reversed().forEach(service -> {
            ObjectNode each = history.addObject()
                    .put("version", service.version().label())
                    .put("digest", service.digest().value())
                    .put("from", service.from().toString())
                    .put("to", service.to().map(Object::toString).orElse(null))
                    .put("commit", service.commit().id())
                    .put("verdict", service.verdict().value());
            each.set("warnings", Json.tree(VerdictReport.warnings(ledger, service.verdict())));
        });
        ArrayNode heldBack = json.putArray("heldBack");
        endpoint.heldBack()
                .forEach((version, held) -> heldBack.addObject()
                        .put("version", version.label())
                        .put("since", held.since().toString())
                        .put("by", held.by())
                        .put("commit", held.commit().id()));
        ArrayNode removals = json.putArray("removals");
        endpoint.removals().reversed().forEach(removal -> {
            ObjectNode each = removals.addObject().put("at", removal.at().toString());
            each.put("back", removal.back().map(Object::toString).orElse(null));
            removal.commit().ifPresent(commit -> each.put("commit", commit.id()));
        });
        endpoint.lastIntent().ifPresent(intent -> json.set("lastChange", of(intent)));
        return json;
    }

    private static ObjectNode of(EndpointEntry.Intent intent) {
        ObjectNode json = Json.object();
        json.put("action", intent.action());
        json.put("from", intent.from().map(VersionName::label).orElse(VersionName.NONE));
        json.put("to", intent.to().label());
        json.put("at", intent.at().toString());
        json.put("commit", intent.commit().id());
        intent.requestedBy().ifPresent(person -> json.put("requestedBy", person));
        intent.branch().ifPresent(branch -> json.put("branch", branch));
        intent.refusal().ifPresent(refusal -> json.put("refusal", refusal));
        return json;
    }
}
