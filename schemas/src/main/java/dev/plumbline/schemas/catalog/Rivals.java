package dev.plumbline.schemas.catalog;

import dev.plumbline.schemas.model.Kind;
import dev.plumbline.schemas.model.Resource;
import dev.plumbline.schemas.model.ResourceId;
import java.util.List;
import java.util.stream.Collectors;

/** A Model has one Training, and a Serving one Monitoring: of several, nobody could tell which one holds. */
final class Rivals {
    private final Surroundings around;

    Rivals(Surroundings around) {
        this.around = around;
    }

    /** Reports the other specs of the same kind that claim what the field at the pointer names. */
    void check(Resource resource, String pointer, Findings findings) {
        Kind kind = resource.id().kind();
        ResourceId claimed = Reference.of(resource.spec()).getFirst().target();
        List<Resource> others = around.rivals(resource).stream()
                .filter(each -> !each.id().equals(resource.id()))
                .toList();
        if (!others.isEmpty()) {
            findings.error(
                    pointer,
                    "several-claim-one",
                    claimed + " has more than one " + kind.label() + ": also "
                            + others.stream()
                                    .map(other -> other.id() + " (" + other.file() + ":" + other.line() + ")")
                                    .collect(Collectors.joining(", ")),
                    "keep one of them");
        }
    }
}
