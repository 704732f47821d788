package dev.plumbline.reconciler.ledger;

import dev.plumbline.schemas.model.Digest;
import dev.plumbline.schemas.model.Revision;
import dev.plumbline.schemas.model.VersionName;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/**
 * What the loop knows of one endpoint.
 *
 * @param named the version that the spec named when it was last looked at; empty for {@code none}
 * @param history what served as stable, oldest first; the last one without an end serves now
 * @param heldBack versions that automation does not promote again, with the reason
 * @param intent the promotion or rollback being written, or the last one written
 */
public record EndpointEntry(
        String serving,
        String model,
        Optional<VersionName> named,
        List<Service> history,
        SortedMap<VersionName, HeldBack> heldBack,
        Optional<Intent> intent)
        implements Entry {
    public EndpointEntry {
        history = List.copyOf(history);
    }

    /** What serves now. */
    public Optional<Service> stable() {
        return history.isEmpty() || history.getLast().to().isPresent()
                ? Optional.empty()
                : Optional.of(history.getLast());
    }

    /** Whether this version once served here as stable. */
    public boolean served(VersionName version) {
        return history.stream().anyMatch(service -> service.version().equals(version));
    }

    /**
     * A time during which one version was stable.
     *
     * @param commit the revision that named it
     */
    public record Service(
            VersionName version, Digest digest, Instant from, Optional<Instant> to, Revision commit, Digest verdict) {}

    /**
     * Why automation leaves a version alone.
     *
     * @param by who moved the endpoint away from it
     * @param commit the commit that did
     */
    public record HeldBack(Instant since, String by, Revision commit) {}

    /**
     * A commit of ours: a commit is ours because it is listed here, never because of its author or trailers.
     *
     * @param action {@code promote} or {@code rollback}
     * @param requestedBy a person; empty when the loop itself decided
     * @param commit the commit as it was made, before it was pushed
     * @param branch where it was pushed when the watched branch would not take it
     */
    public record Intent(
            String action,
            Optional<VersionName> from,
            VersionName to,
            Optional<String> requestedBy,
            Digest verdict,
            Instant at,
            Optional<Revision> commit,
            Optional<String> branch,
            Optional<String> refusal) {}
}
