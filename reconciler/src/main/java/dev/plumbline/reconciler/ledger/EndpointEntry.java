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
 * @param removals the times without a spec, oldest first, at most {@value #KEPT_REMOVALS}; the last one without an end goes
 *     on: what is kept of a removed endpoint is for who looks back, and for the day on which it is asked for again
 */
public record EndpointEntry(
        String serving,
        String model,
        Optional<Revision> observed,
        Optional<VersionName> named,
        List<Service> history,
        SortedMap<VersionName, HeldBack> heldBack,
        List<Intent> intents,
        List<Removal> removals)
        implements Entry {
    static final int KEPT_INTENTS = 20;
    static final int KEPT_REMOVALS = 20;

    public EndpointEntry {
        history = List.copyOf(history);
        heldBack = Collections.unmodifiableSortedMap(new TreeMap<>(heldBack));
        intents = newest(intents, KEPT_INTENTS);
        // A ledger of an earlier form has none.
        removals = removals == null ? List.of() : newest(removals, KEPT_REMOVALS);
    }

    /** An endpoint whose spec was never removed. */
    public EndpointEntry(
            String serving,
            String model,
            Optional<Revision> observed,
            Optional<VersionName> named,
            List<Service> history,
            SortedMap<VersionName, HeldBack> heldBack,
            List<Intent> intents) {
        this(serving, model, observed, named, history, heldBack, intents, List.of());
    }

    private static <T> List<T> newest(List<T> all, int most) {
        return List.copyOf(all.subList(Math.max(0, all.size() - most), all.size()));
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
        return new EndpointEntry(serving, model, observed, named, history, heldBack, all, removals);
    }

    /** The same with the spec as it was found at a revision, for which an endpoint that was removed is there again. */
    public EndpointEntry seen(
            String ofModel,
            Revision revision,
            Optional<VersionName> version,
            SortedMap<VersionName, HeldBack> held,
            Instant at) {
        return new EndpointEntry(serving, ofModel, Optional.of(revision), version, history, held, intents, backAt(at));
    }

    /** The same where another version serves as stable from now on, or none. */
    public EndpointEntry serving(Optional<Service> next, Instant at) {
        List<Service> all = endedAt(at);
        next.ifPresent(all::add);
        return new EndpointEntry(serving, model, observed, named, all, heldBack, intents, backAt(at));
    }

    /** What is kept once its spec is gone and nothing of it serves any more. */
    public EndpointEntry removed(Instant at, Optional<Revision> commit) {
        if (removed()) {
            return this;
        }
        List<Removal> all = new ArrayList<>(removals);
        all.add(new Removal(at, commit, Optional.empty()));
        return new EndpointEntry(
                serving, model, Optional.empty(), Optional.empty(), endedAt(at), heldBack, intents, all);
    }

    /** Whether its spec is gone. */
    public boolean removed() {
        return !removals.isEmpty() && removals.getLast().back().isEmpty();
    }

    private List<Service> endedAt(Instant at) {
        List<Service> all = new ArrayList<>(history);
        stable().ifPresent(last -> {
            all.removeLast();
            all.add(new Service(
                    last.version(),
                    last.digest(),
                    last.from(),
                    Optional.of(at.isBefore(last.from()) ? last.from() : at),
                    last.commit(),
                    last.verdict()));
        });
        return all;
    }

    private List<Removal> backAt(Instant at) {
        if (!removed()) {
            return removals;
        }
        List<Removal> all = new ArrayList<>(removals);
        Removal last = all.removeLast();
        all.add(new Removal(last.at(), last.commit(), Optional.of(at)));
        return all;
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
     * A time during which no spec asked for the endpoint.
     *
     * @param commit the revision at which its spec was gone
     * @param back when a spec asked for it again
     */
    public record Removal(Instant at, Optional<Revision> commit, Optional<Instant> back) {}

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
