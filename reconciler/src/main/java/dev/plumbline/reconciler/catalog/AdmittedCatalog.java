package dev.plumbline.reconciler.catalog;

import dev.plumbline.reconciler.ledger.AdmissionEntry.Form;
import dev.plumbline.schemas.model.DatasetSpec;
import dev.plumbline.schemas.model.Kind;
import dev.plumbline.schemas.model.ModelSpec;
import dev.plumbline.schemas.model.MonitoringSpec;
import dev.plumbline.schemas.model.Resource;
import dev.plumbline.schemas.model.ResourceId;
import dev.plumbline.schemas.model.Revision;
import dev.plumbline.schemas.policies.PolicyData;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The specs that are acted on: those of the revision, but for what is held back at an earlier form. Who refers to whom is
 * worked out once. Immutable.
 */
public final class AdmittedCatalog {
    /** Nothing was admitted yet. */
    public static final AdmittedCatalog EMPTY = new AdmittedCatalog(Optional.empty(), new TreeMap<>(), new TreeMap<>());

    private final Optional<Revision> revision;
    private final SortedMap<ResourceId, Admitted> specs;
    private final SortedMap<ResourceId, Held> held;
    private final CatalogIndex index;
    private final SortedMap<ResourceId, String> outdated;
    private final PoliciesInForce policies;

    /**
     * A catalog of these specs.
     *
     * @param revision that was admitted; empty before the first one
     * @param held why a resource is not acted on in the form that the revision gives it; a resource that was never
     *     admitted is only here
     */
    public AdmittedCatalog(
            Optional<Revision> revision, SortedMap<ResourceId, Admitted> specs, SortedMap<ResourceId, Held> held) {
        this(revision, specs, held, new CatalogIndex(specs.values()), new TreeMap<>(), PoliciesInForce.NONE);
    }

    private AdmittedCatalog(
            Optional<Revision> revision,
            SortedMap<ResourceId, Admitted> specs,
            SortedMap<ResourceId, Held> held,
            CatalogIndex index,
            SortedMap<ResourceId, String> outdated,
            PoliciesInForce policies) {
        this.revision = revision;
        this.specs = Collections.unmodifiableSortedMap(new TreeMap<>(specs));
        this.held = Collections.unmodifiableSortedMap(new TreeMap<>(held));
        this.index = index;
        this.outdated = Collections.unmodifiableSortedMap(new TreeMap<>(outdated));
        this.policies = policies;
    }

    /** The catalog of a revision, which shares with the one before it what both have. */
    static AdmittedCatalog after(
            AdmittedCatalog before,
            Revision revision,
            SortedMap<ResourceId, Admitted> specs,
            SortedMap<ResourceId, Held> held,
            SortedMap<ResourceId, String> outdated) {
        return new AdmittedCatalog(
                Optional.of(revision),
                specs,
                held,
                sameResources(before.specs, specs) ? before.index : new CatalogIndex(specs.values()),
                outdated,
                before.policies);
    }

    @SuppressWarnings("ReferenceEquality") // what was not read again is the very same object
    private static boolean sameResources(SortedMap<ResourceId, Admitted> before, SortedMap<ResourceId, Admitted> now) {
        boolean same = before.size() == now.size();
        Iterator<Admitted> formers = before.values().iterator();
        Iterator<Admitted> others = now.values().iterator();
        while (same && others.hasNext()) {
            same = formers.next().resource() == others.next().resource();
        }
        return same;
    }

    /**
     * A spec and where the form that is acted on stands.
     *
     * @param card the blob of the card that it was let in with
     */
    public record Admitted(Resource resource, Form form, Optional<String> card) {
        /** Of a spec without a card, or with one that is not known any more. */
        public Admitted(Resource resource, Form form) {
            this(resource, form, Optional.empty());
        }
    }

    /**
     * Why a spec is held back.
     *
     * @param reason fixed code: {@code Invalid}, {@code AdmissionDenied}, {@code DependencyHeldBack}, {@code Unreadable},
     *     {@code StillReferenced}, {@code MassRemoval}
     * @param file where the form that is held back stands
     */
    public record Held(String reason, String message, String file) {}

    /** The same specs under these policies. */
    public AdmittedCatalog under(PoliciesInForce inForce) {
        return new AdmittedCatalog(revision, specs, held, index, outdated, inForce);
    }

    /**
     * Why a spec that is acted on would not be admitted by the rules of now, in the words of the gate. It is acted on still:
     * rules move no traffic.
     */
    public SortedMap<ResourceId, String> outdated() {
        return outdated;
    }

    /** What the organisation adds to the rules. */
    public PolicyData policies() {
        return policies.data();
    }

    /** By what gates judge. */
    public PoliciesInForce inForce() {
        return policies;
    }

    /** The revision that was admitted; empty before the first one. */
    public Optional<Revision> revision() {
        return revision;
    }

    /** Every spec that is acted on. */
    public SortedMap<ResourceId, Admitted> specs() {
        return specs;
    }

    /** Why a resource is not acted on in the form that the revision gives it. */
    public SortedMap<ResourceId, Held> held() {
        return held;
    }

    /** Whether the revision no longer holds the spec, which is acted on all the same. */
    public boolean unnamed(ResourceId id) {
        Held why = held.get(id);
        return why != null
                && (why.reason().equals(MassRemoval.REASON) || why.reason().equals("StillReferenced"));
    }

    /** The spec of this resource. */
    public Optional<Resource> resource(ResourceId id) {
        return Optional.ofNullable(specs.get(id)).map(Admitted::resource);
    }

    /** All of them. */
    public List<Resource> resources() {
        return specs.values().stream().map(Admitted::resource).toList();
    }

    /** Every spec of a kind, by name. */
    public List<Resource> all(Kind kind) {
        return index.all(kind);
    }

    /** The Model of this name. */
    public Optional<ModelSpec> model(String name) {
        return resource(new ResourceId(Kind.MODEL, name)).map(each -> (ModelSpec) each.spec());
    }

    /** The Dataset of this name. */
    public Optional<DatasetSpec> dataset(String name) {
        return resource(new ResourceId(Kind.DATASET, name)).map(each -> (DatasetSpec) each.spec());
    }

    /** The Training that fits this model; there is one at most. */
    public Optional<Resource> trainingOf(String model) {
        return index.trainingsOf(model).stream().findFirst();
    }

    /** The Trainings that learn from this dataset. */
    public List<Resource> trainingsOn(String dataset) {
        return index.trainingsOn(dataset);
    }

    /** The Servings of this model. */
    public List<Resource> servingsOf(String model) {
        return index.servingsOf(model);
    }

    /** What watches this endpoint. */
    public List<Resource> monitoringsOf(String serving) {
        return index.monitoringsOf(serving);
    }

    /** How this endpoint is watched; there is one Monitoring at most. */
    public Optional<MonitoringSpec> monitoringOf(String serving) {
        return monitoringsOf(serving).stream()
                .map(each -> (MonitoringSpec) each.spec())
                .findFirst();
    }
}
