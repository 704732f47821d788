package dev.plumbline.reconciler.ledger;

import dev.plumbline.schemas.model.Digest;
import dev.plumbline.schemas.model.ResourceId;
import dev.plumbline.schemas.model.Revision;
import java.time.Instant;
import java.util.Collections;
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
        SortedMap<ResourceId, Instant> leaving)
        implements Entry {
    public AdmissionEntry {
        // A ledger of an earlier form does not say.
        data = data == null ? Collections.emptySortedSet() : data;
        leaving = leaving == null ? Collections.emptySortedMap() : leaving;
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
        this(revision, tree, at, verdicts, heldBack, changed, data, problems, Collections.emptySortedMap());
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
}
