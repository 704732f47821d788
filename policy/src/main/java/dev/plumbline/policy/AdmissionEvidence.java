package dev.plumbline.policy;

import dev.plumbline.schemas.card.ModelCard;
import dev.plumbline.schemas.json.Json;
import dev.plumbline.schemas.model.Resource;
import java.util.Optional;
import java.util.SortedMap;
import tools.jackson.databind.node.ObjectNode;

/**
 * One spec of a commit, as the admission rules see it. It holds nothing of the commit itself, so that a verdict
 * survives the next one.
 *
 * @param card the model card that a Model names, where there is one; one that says nothing counts as none
 * @param measured by version, what the ledger knows of the numbers that the card states; empty where no ledger is at hand,
 *     and the rules do not compare them
 */
public record AdmissionEvidence(
        Resource resource, Optional<ModelCard> card, Optional<SortedMap<String, VersionNumbers>> measured)
        implements Evidence {
    /** Of somebody who has no ledger. */
    public AdmissionEvidence(Resource resource, Optional<ModelCard> card) {
        this(resource, card, Optional.empty());
    }

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
        card.filter(said -> !said.blank()).ifPresent(said -> input.set(ModelCard.FIELD, said.toInput()));
        measured.filter(versions -> !versions.isEmpty()).ifPresent(versions -> {
            ObjectNode numbers = input.putObject("measured");
            versions.forEach((version, known) -> numbers.set(version, known.toInput()));
        });
        return input;
    }
}
