package dev.plumbline.schemas.catalog;

import dev.plumbline.schemas.model.Algorithm;
import dev.plumbline.schemas.model.ResourceId;
import dev.plumbline.schemas.yaml.Places;
import java.util.List;
import java.util.Optional;

/**
 * A document of ours that does not fit its schema: what it says of other specs can be judged all the same, so that
 * everything that is wrong with it is told at once.
 *
 * @param id what it is called, or is most likely meant to be, if that can be told
 * @param references those of its references that are well-formed
 * @param algorithm what a training says that it fits the model with, if there is such an algorithm
 */
public record Misfit(
        String file,
        Optional<ResourceId> id,
        Places places,
        List<Reference> references,
        Optional<Algorithm> algorithm) {
    public Misfit {
        references = List.copyOf(references);
    }
}
