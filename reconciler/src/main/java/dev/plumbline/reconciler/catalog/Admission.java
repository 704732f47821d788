package dev.plumbline.reconciler.catalog;

import dev.plumbline.reconciler.catalog.AdmittedCatalog.Admitted;
import dev.plumbline.reconciler.catalog.AdmittedCatalog.Held;
import dev.plumbline.reconciler.ledger.AdmissionEntry.Form;
import dev.plumbline.reconciler.source.Snapshot;
import dev.plumbline.schemas.catalog.CatalogReading;
import dev.plumbline.schemas.catalog.Declaration;
import dev.plumbline.schemas.catalog.DependencyGraph;
import dev.plumbline.schemas.model.Kind;
import dev.plumbline.schemas.model.Resource;
import dev.plumbline.schemas.model.ResourceId;
import dev.plumbline.schemas.problem.Problem;
import dev.plumbline.schemas.problem.Severity;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Decides which form of every spec is acted on. A spec with an error, or that policy denies, stays at its last admitted
 * form together with what depends on it; the rest of the revision goes on. A file that nobody can read removes nothing,
 * nothing is removed while others still refer to it, and not very much at once. Pure.
 */
final class Admission {
    private static final int MOST_NAMED = 3;

    private final Snapshot snapshot;
    private final CatalogReading reading;
    private final AdmittedCatalog before;
    private final Set<ResourceId> confirmed;
    private final RemovalTrailer trailer;
    private final SortedMap<ResourceId, Held> held = new TreeMap<>();
    private final SortedMap<ResourceId, String> outdated = new TreeMap<>();

    private Admission(
            Snapshot snapshot,
            CatalogReading reading,
            AdmittedCatalog before,
            Set<ResourceId> confirmed,
            RemovalTrailer trailer) {
        this.snapshot = snapshot;
        this.reading = reading;
        this.before = before;
        this.confirmed = confirmed;
        this.trailer = trailer;
    }

    /**
     * The catalog to act on.
     *
     * @param denied what policy denies, with its words
     * @param before what was acted on until now
     * @param confirmed what may go however much goes with it
     * @param trailer by which a commit confirms what may not
     */
    static AdmittedCatalog of(
            Snapshot snapshot,
            CatalogReading reading,
            Map<ResourceId, String> denied,
            AdmittedCatalog before,
            Set<ResourceId> confirmed,
            RemovalTrailer trailer) {
        return new Admission(snapshot, reading, before, confirmed, trailer).decide(denied);
    }

    private AdmittedCatalog decide(Map<ResourceId, String> denied) {
        reading.problemsByResource().forEach(this::holdInvalid);
        denied.forEach((id, why) -> {
            if (acted(id)) {
                outdated.put(id, why);
            } else {
                held.putIfAbsent(id, new Held("AdmissionDenied", why, fileOf(id)));
            }
        });
        holdDependents();
        NavigableMap<ResourceId, Admitted> specs = new TreeMap<>();
        for (Resource resource : reading.catalog().resources()) {
            if (!held.containsKey(resource.id())) {
                specs.put(
                        resource.id(),
                        new Admitted(resource, formOf(resource), PolicyAdmission.cardBlob(resource, snapshot)));
            }
        }
        held.keySet().forEach(id -> keep(id, specs));
        keepUnreadable(specs);
        keepReferred(specs);
        keepManyRemoved(specs);
        return AdmittedCatalog.after(before, snapshot.revision(), specs, held, outdated);
    }

    /**
     * Whether this very form is acted on already, with this very card: rules that changed since, or an exception that ended,
     * move nothing.
     */
    private boolean acted(ResourceId id) {
        Optional<Resource> now =
                Optional.ofNullable(reading.declarations().get(id)).map(Declaration::resource);
        Admitted former = before.specs().get(id);
        return !held.containsKey(id)
                && !before.held().containsKey(id)
                && former != null
                && now.filter(resource -> resource.digest()
                                        .equals(former.resource().digest())
                                && PolicyAdmission.cardBlob(resource, snapshot).equals(former.card()))
                        .isPresent();
    }

    private void holdInvalid(ResourceId id, List<Problem> problems) {
        List<Problem> errors = problems.stream()
                .filter(problem -> problem.severity() == Severity.ERROR)
                .toList();
        if (!errors.isEmpty()) {
            Problem first = errors.getFirst();
            String more = errors.size() > 1 ? " (and " + (errors.size() - 1) + " more)" : "";
            held.put(
                    id,
                    new Held(
                            "Invalid",
                            first.file() + ":" + first.line() + ":" + first.column() + ": " + first.message() + more,
                            first.file()));
        }
    }

    private void holdDependents() {
        if (held.isEmpty()) {
            return;
        }
        DependencyGraph graph = reading.catalog().graph();
        Deque<ResourceId> open = new ArrayDeque<>(held.keySet());
        while (!open.isEmpty()) {
            ResourceId cause = open.pop();
            for (ResourceId dependent : graph.dependents(cause)) {
                if (!held.containsKey(dependent)) {
                    held.put(
                            dependent,
                            new Held(
                                    "DependencyHeldBack",
                                    "it depends on " + cause + ", which is held back",
                                    fileOf(dependent)));
                    open.push(dependent);
                }
            }
        }
    }

    private void keepUnreadable(NavigableMap<ResourceId, Admitted> specs) {
        if (reading.unreadable().isEmpty()) {
            return;
        }
        before.specs().forEach((id, admitted) -> {
            String file = admitted.resource().file();
            if (!specs.containsKey(id)
                    && !reading.named().contains(id)
                    && reading.unreadable().contains(file)) {
                held.put(id, new Held("Unreadable", file + " cannot be read, so what it declared before holds", file));
                specs.put(id, admitted);
            }
        });
    }

    /** What a kept form refers to must be kept as well, though the revision removes it. */
    private void keepReferred(NavigableMap<ResourceId, Admitted> specs) {
        if (removed(specs).isEmpty()) {
            return;
        }
        Map<ResourceId, List<ResourceId>> kept = new TreeMap<>();
        Deque<ResourceId> open = new ArrayDeque<>(specs.keySet());
        while (!open.isEmpty()) {
            Resource referring = Objects.requireNonNull(specs.get(open.pop())).resource();
            for (ResourceId target : DependencyGraph.of(List.of(referring)).dependencies(referring.id())) {
                Admitted former = before.specs().get(target);
                if (!specs.containsKey(target) && former != null) {
                    kept.put(target, new ArrayList<>());
                    specs.put(target, former);
                    open.push(target);
                }
                if (kept.containsKey(target)) {
                    kept.get(target).add(referring.id());
                }
            }
        }
        kept.forEach((target, referring) -> held.put(
                target,
                new Held(
                        "StillReferenced",
                        "it was removed while " + named(referring) + " still "
                                + (referring.size() == 1
                                        ? "refers to it: remove or change that first"
                                        : "refer to it: remove or change those first"),
                        Objects.requireNonNull(before.specs().get(target))
                                .resource()
                                .file())));
    }

    private static String named(List<ResourceId> ids) {
        String first = ids.stream()
                .sorted()
                .limit(MOST_NAMED)
                .map(ResourceId::toString)
                .collect(Collectors.joining(", "));
        return ids.size() > MOST_NAMED ? first + " and " + (ids.size() - MOST_NAMED) + " more" : first;
    }

    /** What was acted on until now and is not among these. */
    private Set<ResourceId> removed(NavigableMap<ResourceId, Admitted> specs) {
        Set<ResourceId> removed = new TreeSet<>();
        for (ResourceId id : before.specs().keySet()) {
            if (!specs.containsKey(id)) {
                removed.add(id);
            }
        }
        return removed;
    }

    private void keepManyRemoved(NavigableMap<ResourceId, Admitted> specs) {
        Set<ResourceId> removed = removed(specs);
        removed.removeAll(confirmed);
        if (removed.isEmpty()) {
            return;
        }
        long endpoints =
                specs.keySet().stream().filter(id -> id.kind() == Kind.SERVING).count();
        Optional<String> tooMuch = MassRemoval.of(removed, before.specs().size(), endpoints, trailer);
        boolean kept = false;
        for (ResourceId id : removed) {
            Optional<String> why = tooMuch.or(() -> heldBefore(id));
            if (why.isPresent()) {
                Admitted former = Objects.requireNonNull(before.specs().get(id));
                held.put(
                        id,
                        new Held(
                                MassRemoval.REASON, why.get(), former.resource().file()));
                specs.put(id, former);
                kept = true;
            }
        }
        if (kept) {
            keepReferred(specs);
        }
    }

    /** What waits for a confirmation goes on waiting, though what came since would make its removal a small one. */
    private Optional<String> heldBefore(ResourceId id) {
        return Optional.ofNullable(before.held().get(id))
                .filter(former -> former.reason().equals(MassRemoval.REASON))
                .map(Held::message);
    }

    private void keep(ResourceId id, NavigableMap<ResourceId, Admitted> specs) {
        Admitted former = before.specs().get(id);
        if (former != null) {
            specs.put(id, former);
        }
    }

    private Form formOf(Resource resource) {
        String blob = snapshot.blobs().get(resource.file());
        return new Form(snapshot.revision(), resource.file(), Objects.requireNonNull(blob), resource.document());
    }

    private String fileOf(ResourceId id) {
        return Optional.ofNullable(reading.declarations().get(id))
                .map(Declaration::resource)
                .or(() -> before.resource(id))
                .map(Resource::file)
                .orElse("");
    }
}
