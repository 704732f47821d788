package dev.plumbline.reconciler.oncall;

import dev.plumbline.reconciler.catalog.AdmittedCatalog;
import dev.plumbline.reconciler.plan.RunSpecs;
import dev.plumbline.reconciler.status.Outcome;
import dev.plumbline.reconciler.status.Reason;
import dev.plumbline.schemas.model.DatasetSpec;
import dev.plumbline.schemas.model.Digest;
import dev.plumbline.schemas.model.Kind;
import dev.plumbline.schemas.model.ModelSpec;
import dev.plumbline.schemas.model.MonitoringSpec;
import dev.plumbline.schemas.model.Resource;
import dev.plumbline.schemas.model.ResourceId;
import dev.plumbline.schemas.model.ServingSpec;
import dev.plumbline.schemas.model.TrainingSpec;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * Stops trying what keeps failing by its own fault. What fails because a neighbour does not answer is tried for ever: it
 * heals by itself. Failed attempts at runs are counted in the ledger, by the same rule, and outlast a restart; what is
 * counted here does not.
 * Thread-safe; one resource is noted by one thread at a time.
 */
public final class Breaker {
    private final Map<ResourceId, Failures> failures = new ConcurrentHashMap<>();

    /**
     * Failures in a row.
     *
     * @param form what the resource and those it refers to were then
     */
    private record Failures(SortedMap<ResourceId, Digest> form, int count, Outcome last) {}

    /** Why the resource is not tried any more; empty while it is. */
    public Optional<Outcome> open(ResourceId id, AdmittedCatalog catalog) {
        return Optional.ofNullable(failures.get(id))
                .filter(each -> each.count() >= RunSpecs.MOST_FAILURES)
                .filter(each -> each.form().equals(form(id, catalog)))
                .map(each -> stalled(id, each.last()));
    }

    /** What came of a look, counted: the last of too many failures is the end of it. */
    public Outcome after(ResourceId id, AdmittedCatalog catalog, Outcome outcome) {
        if (!(outcome instanceof Outcome.Failed)) {
            if (!(outcome instanceof Outcome.Waiting)) {
                failures.remove(id);
            }
            return outcome;
        }
        if (Reason.named(outcome.reason())
                .filter(each -> each.sort() == Reason.Sort.OUTSIDE)
                .isPresent()) {
            return outcome;
        }
        SortedMap<ResourceId, Digest> form = form(id, catalog);
        int before = Optional.ofNullable(failures.get(id))
                .filter(each -> each.form().equals(form))
                .map(Failures::count)
                .orElse(0);
        failures.put(id, new Failures(form, before + 1, outcome));
        return open(id, catalog).orElse(outcome);
    }

    /** A person asks for it: it may fail as often again. */
    public void reset(ResourceId id) {
        failures.remove(id);
    }

    /** What says that it is over for now, and how it goes on. */
    public static Outcome stalled(ResourceId id, Outcome last) {
        return new Outcome.Stalled(
                Reason.BREAKER_OPEN.label(),
                RunSpecs.MOST_FAILURES + " tries in a row failed, the last one with " + last.reason() + ": "
                        + last.message().strip()
                        + "; it is tried again once a commit changes it or what it refers to, or"
                        + " after `plumb reconcile " + Suspension.name(id) + "`");
    }

    private static SortedMap<ResourceId, Digest> form(ResourceId id, AdmittedCatalog catalog) {
        SortedMap<ResourceId, Digest> form = new TreeMap<>();
        Optional<Resource> resource = catalog.resource(id);
        Stream.concat(Stream.of(id), resource.stream().flatMap(Breaker::refersTo))
                .forEach(each -> catalog.resource(each).ifPresent(known -> form.put(each, known.digest())));
        return form;
    }

    private static Stream<ResourceId> refersTo(Resource resource) {
        return switch (resource.spec()) {
            case TrainingSpec training ->
                Stream.of(
                        new ResourceId(Kind.MODEL, training.model()), new ResourceId(Kind.DATASET, training.dataset()));
            case ServingSpec serving -> Stream.of(new ResourceId(Kind.MODEL, serving.model()));
            case MonitoringSpec monitoring -> Stream.of(new ResourceId(Kind.SERVING, monitoring.serving()));
            case ModelSpec model -> Stream.empty();
            case DatasetSpec dataset -> Stream.empty();
        };
    }
}
