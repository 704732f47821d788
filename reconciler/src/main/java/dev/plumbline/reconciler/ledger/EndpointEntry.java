package dev.plumbline.reconciler.ledger;

import dev.plumbline.schemas.model.Digest;
import dev.plumbline.schemas.model.Revision;
import dev.plumbline.schemas.model.VersionName;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What the loop knows of one endpoint.
 *
 * @param observed the revision at which the spec was last looked at
 * @param named the version that the spec named then; empty for {@code none}
 * @param history what served as stable, oldest first; the last one without an end serves now
 * @param heldBack versions that automation does not promote again, with the reason
 * @param intents the promotions and rollbacks of ours, oldest first, at most {@value #KEPT_INTENTS}
 */
public record EndpointEntry(
        String serving,
        String model,
        Optional<Revision> observed,
        Optional<VersionName> named,
        List<Service> history,
        SortedMap<VersionName, HeldBack> heldBack,
        List<Intent> intents)
        implements Entry {
    static final int KEPT_INTENTS = 20;

    public EndpointEntry {
        history = List.copyOf(history);
        heldBack = Collections.unmodifiableSortedMap(new TreeMap<>(heldBack));
        intents = List.copyOf(intents.subList(Math.max(0, intents.size() - KEPT_INTENTS), intents.size()));
    }

    /** An endpoint that was never looked at. */
    public static EndpointEntry fresh(String serving, String model) {
        return new EndpointEntry(
                serving, model, Optional.empty(), Optional.empty(), List.of(), new TreeMap<>(), List.of());
    }

    /** The promotion or rollback written last. */
    public Optional<Intent> lastIntent() {
        return intents.isEmpty() ? Optional.empty() : Optional.of(intents.getLast());
    }

    /** The same with one more intent; one of the same commit is replaced. */
    public EndpointEntry with(Intent intent) {
        List<Intent> all = new ArrayList<>(intents);
        all.removeIf(each -> each.commit().equals(intent.commit()));
        all.add(intent);
        return new EndpointEntry(serving, model, observed, named, history, heldBack, all);
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
     * @param commit the commit as it was made; recorded before it is pushed
     * @param branch where it was pushed when the watched branch would not take it
     */
    public record Intent(
            String action,
            Optional<VersionName> from,
            VersionName to,
            Optional<String> requestedBy,
            Digest verdict,
            Instant at,
            Revision commit,
            Optional<String> branch,
            Optional<String> refusal) {}
}
