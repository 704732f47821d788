package dev.plumbline.reconciler.apply;

import dev.plumbline.schemas.model.Revision;
import java.util.LinkedHashSet;

/**
 * The commits of ours that stand on one admitted revision with nothing of anybody else between. Whatever was planned on one
 * of them may be written on the last: they differ in the versions of other Servings only. Not thread-safe.
 */
final class PromotionLine {
    private static final int LONGEST = 1_000;

    private final LinkedHashSet<Revision> members = new LinkedHashSet<>();

    /** On what a change that was planned on this revision is to be written. */
    Revision tip(Revision base) {
        return members.contains(base) ? members.getLast() : base;
    }

    /**
     * A commit of ours was taken.
     *
     * @param planned the revision that it was planned on
     * @param parent what it stands on
     */
    void grow(Revision planned, Revision parent, Revision commit) {
        if (members.isEmpty() || !members.getLast().equals(parent) || members.size() >= LONGEST) {
            members.clear();
            members.add(planned);
        }
        members.add(commit);
    }
}
