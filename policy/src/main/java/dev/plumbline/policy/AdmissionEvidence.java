package dev.plumbline.policy;

import dev.plumbline.schemas.json.Json;
import dev.plumbline.schemas.model.Resource;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/**
 * One spec of a commit, as the admission rules see it. It holds nothing of the commit itself, so that a verdict
 * survives the next one.
 *
 * @param card the text of the model card that a Model names, where it could be read
 */
public record AdmissionEvidence(Resource resource, Optional<String> card) implements Evidence {
    @Override
    public Gate gate() {
        return Gate.ADMISSION;
    }

    @Override
    public ObjectNode toInput() {
        ObjectNode input = Json.object();
        ObjectNode shown = input.putObject("resource");
        shown.put("kind", resource.id().kind().label());
        shown.set("metadata", Json.tree(resource.metadata()));
        shown.set("spec", Json.tree(resource.spec()));
        card.ifPresent(text -> input.put("card", text));
        return input;
    }
}
