package dev.plumbline.reconciler.catalog;

import dev.plumbline.schemas.model.Digest;
import dev.plumbline.schemas.model.ResourceId;
import dev.plumbline.schemas.model.Revision;
import dev.plumbline.schemas.policies.PolicyData;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * The policy data that gates judge by. Immutable.
 *
 * @param digest of the data
 * @param former what has a say, too, where the revision that is acted on changed the data
 */
public record PoliciesInForce(PolicyData data, Digest digest, Optional<Former> former) {
    /** Of an organisation that adds nothing. */
    public static final PoliciesInForce NONE = new PoliciesInForce(PolicyData.NONE, Optional.empty());

    /** This data, and what held before it. */
    public PoliciesInForce(PolicyData data, Optional<Former> former) {
        this(data, data.digest(), former);
    }

    /**
     * What held before the revision that is acted on.
     *
     * @param base the revision before
     * @param changed the specs that were changed together with the data
     */
    public record Former(Revision base, PolicyData data, Digest digest, NavigableSet<ResourceId> changed) {
        public Former {
            changed = Collections.unmodifiableNavigableSet(new TreeSet<>(changed));
        }

        /** What a denial by it says to people. */
        public String explained(String denial) {
            return PoliciesInForce.explained(base, denial);
        }
    }

    /** What a denial by the data of this revision says to people. */
    static String explained(Revision base, String denial) {
        return "by the policies of " + base.shortened()
                + ", since a commit that changes policies/ is judged by those before it, too: " + denial;
    }

    /** What held before, if it has a say in one of these. */
    public Optional<Former> former(Collection<ResourceId> about) {
        return former.filter(before -> about.stream().anyMatch(before.changed()::contains));
    }

    /** The digests of all the data that has a say in these. */
    public Set<Digest> digests(Collection<ResourceId> about) {
        Set<Digest> digests = new HashSet<>(Set.of(digest));
        former(about).map(Former::digest).ifPresent(digests::add);
        return digests;
    }
}
