package dev.plumbline.reconciler.catalog;

import dev.plumbline.schemas.model.Kind;
import dev.plumbline.schemas.model.ResourceId;
import java.util.Collection;
import java.util.Optional;
import java.util.stream.Collectors;

/** Tells a removal that is so large that it looks like a mistake: of the last endpoint, or of much at once. Pure. */
final class MassRemoval {
    static final String REASON = "MassRemoval";

    /** Up to this many are never too many. */
    private static final int FEW = 3;

    /** Up to one of this many is never too much. */
    private static final int SHARE = 5;

    private static final int NAMED = 3;

    private MassRemoval() {}

    /**
     * What is too much about a removal, with what to do; empty when it is none too large.
     *
     * @param removed what would be removed
     * @param before how many specs were acted on until now
     * @param endpoints how many endpoints would be left
     * @param trailer by which a commit confirms it
     */
    static Optional<String> of(Collection<ResourceId> removed, int before, long endpoints, RemovalTrailer trailer) {
        boolean last = endpoints == 0 && removed.stream().anyMatch(id -> id.kind() == Kind.SERVING);
        boolean many = removed.size() > FEW && removed.size() * SHARE > before;
        if (!last && !many) {
            return Optional.empty();
        }
        String names =
                removed.stream().sorted().limit(NAMED).map(ResourceId::toString).collect(Collectors.joining(", "));
        String more = removed.size() > NAMED ? " and " + (removed.size() - NAMED) + " more" : "";
        return Optional.of(
                "the revision would remove " + removed.size() + " of " + before + " resources (" + names + more
                        + ")" + (last ? ", the last endpoint among them" : "")
                        + ". All of them stay as they were admitted last. If that is meant, push a commit with the trailer"
                        + " `" + trailer + "`, which may be empty; if not, bring their files back");
    }
}
