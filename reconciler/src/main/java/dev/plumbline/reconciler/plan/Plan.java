package dev.plumbline.reconciler.plan;

import dev.plumbline.schemas.json.Json;
import dev.plumbline.schemas.model.Digest;
import dev.plumbline.schemas.model.ResourceId;
import java.util.List;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What would change, in the order in which it would be done.
 *
 * @param from what is live, or a revision
 * @param to the revision or tree that is desired
 */
public record Plan(String from, String to, List<Action> actions) {
    public Plan {
        actions = List.copyOf(actions);
    }

    /** Whether nothing is left to do. */
    public boolean isEmpty() {
        return actions.isEmpty();
    }

    /** The part of the plan that acts on this resource. */
    public Plan only(ResourceId resource) {
        return new Plan(
                from,
                to,
                actions.stream()
                        .filter(each -> each.resource().equals(resource))
                        .toList());
    }

    /** Digest of the actions: the same actions for the same reasons have the same digest. */
    public Digest digest() {
        return Json.digest(actionsJson());
    }

    /** The plan with its digest, as interfaces show it. */
    public ObjectNode json() {
        ObjectNode json = Json.object();
        json.put("from", from);
        json.put("to", to);
        json.put("digest", digest().value());
        json.set("actions", actionsJson());
        return json;
    }

    private ArrayNode actionsJson() {
        ArrayNode array = Json.array();
        for (Action action : actions) {
            array.addObject()
                    .put("action", action.name())
                    .put("resource", action.resource().toString())
                    .put("reason", action.reason());
        }
        return array;
    }
}
