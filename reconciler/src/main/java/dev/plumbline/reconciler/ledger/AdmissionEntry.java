package dev.plumbline.reconciler.ledger;

import dev.plumbline.schemas.model.Digest;
import dev.plumbline.schemas.model.ResourceId;
import dev.plumbline.schemas.model.Revision;
import java.time.Instant;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;

/**
 * What was admitted of one revision.
 *
 * @param verdicts by resource whose content the revision changed
 * @param heldBack resources that stay at an earlier form, with where that form is; a resource that was never admitted has
 *     none and is absent here
 * @param data Datasets whose file the revision changed
 * @param problems how many errors the revision's files have
 * @param leaving Servings that no spec asks for any more, with when their grace period ends
 * @param policies by which policy data it was judged; empty in a ledger of an earlier form
 * @param unadmitted resources of the revision that are acted on in no form; empty in a ledger of an earlier form
 */
public record AdmissionEntry(
        Revision revision,
        String tree,
        Instant at,
        SortedMap<ResourceId, Digest> verdicts,
        SortedMap<ResourceId, Form> heldBack,
        SortedSet<ResourceId> changed,
        SortedSet<ResourceId> data,
        int problems,
        SortedMap<ResourceId, Instant> leaving,
        Optional<Policies> policies,
        Optional<SortedSet<ResourceId>> unadmitted)
        implements Entry {
    public AdmissionEntry {
        // A ledger of an earlier form does not say.
        data = data == null ? Collections.emptySortedSet() : data;
        leaving = leaving == null ? Collections.emptySortedMap() : leaving;
        policies = policies == null ? Optional.empty() : policies;
        unadmitted = unadmitted == null ? Optional.empty() : unadmitted;
    }

    /** An admission that took no endpoint's spec. */
    public AdmissionEntry(
            Revision revision,
            String tree,
            Instant at,
            SortedMap<ResourceId, Digest> verdicts,
            SortedMap<ResourceId, Form> heldBack,
            SortedSet<ResourceId> changed,
            SortedSet<ResourceId> data,
            int problems) {
        this(
                revision,
                tree,
                at,
                verdicts,
                heldBack,
                changed,
                data,
                problems,
                Collections.emptySortedMap(),
                Optional.empty(),
                Optional.empty());
    }

    /** An admission that changed no data. */
    public AdmissionEntry(
            Revision revision,
            String tree,
            Instant at,
            SortedMap<ResourceId, Digest> verdicts,
            SortedMap<ResourceId, Form> heldBack,
            SortedSet<ResourceId> changed,
            int problems) {
        this(revision, tree, at, verdicts, heldBack, changed, Collections.emptySortedSet(), problems);
    }

    /**
     * A document at an earlier revision.
     *
     * @param blob the Git blob that holds it
     * @param document its index in the file
     */
    public record Form(Revision revision, String file, String blob, int document) {}

    /**
     * The policy data by which a revision was judged, as Git blobs; empty where there is no such file.
     *
     * @param base the revision before it, whose data judged what the revision changed
     * @param before the data of the base
     * @param accepted the data that holds from this revision on: its own, unless that is broken
     */
    public record Policies(Revision base, Optional<String> before, Optional<String> accepted) {}
}
