package dev.plumbline.reconciler.report;

import dev.plumbline.reconciler.ledger.EventEntry;
import dev.plumbline.reconciler.ledger.LedgerView;
import dev.plumbline.schemas.json.Json;
import dev.plumbline.schemas.model.ResourceId;
import java.util.Optional;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What happened, as {@code plumb events} shows it. */
public final class EventReport {
    private EventReport() {}

    /** The newest events, newest first. */
    public static ObjectNode of(LedgerView ledger, Optional<ResourceId> resource, int limit) {
        ObjectNode json = Json.object();
        ArrayNode events = json.putArray("events");
        ledger.events(resource, limit).forEach(event -> events.add(of(event)));
        return json;
    }

    /** One event. */
    public static ObjectNode of(EventEntry event) {
        ObjectNode json = Json.object();
        json.put("at", event.at().toString());
        json.put("resource", event.resource().toString());
        json.put("reason", event.reason());
        json.put("message", event.message());
        event.revision().ifPresent(revision -> json.put("revision", revision.id()));
        event.version().ifPresent(version -> json.put("version", version.toString()));
        event.run().ifPresent(run -> json.put("run", run.toString()));
        event.actor().ifPresent(actor -> json.put("actor", actor));
        return json;
    }
}
