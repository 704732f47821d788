package dev.plumbline.reconciler.source;

import dev.plumbline.schemas.model.Revision;
import java.util.Optional;

/** Writes commits of ours to the remote. Blocking, thread-safe. */
public interface Writer {
    /** The branch that {@link #pushAside} writes to. */
    default String asideBranch(String serving) {
        return "plumbline/promote/" + serving;
    }

    /**
     * Makes the commit in the mirror without pushing it, so that its id can be recorded first. The same change over the
     * same base gives the same commit when its time is the same.
     *
     * @throws Source.SourceException {@code Stale} when the line no longer reads what the change expects
     */
    Revision prepare(VersionChange change) throws Source.SourceException;

    /**
     * Pushes a prepared commit to the watched branch.
     *
     * @param record a push of the record that belongs to it: both happen or neither, where the remote has atomic pushes
     */
    PushOutcome push(Revision commit, Optional<BranchPush> record) throws InterruptedException;

    /**
     * Pushes a prepared commit to {@code plumbline/promote/SERVING}, replacing what an earlier try left there.
     *
     * @param record as for {@link #push}
     */
    PushOutcome pushAside(Revision commit, String serving, Optional<BranchPush> record) throws InterruptedException;

    /** What the remote said. */
    sealed interface PushOutcome {
        /** It is there. */
        record Accepted() implements PushOutcome {}

        /** Somebody else pushed to this branch first. */
        record Raced(String branch) implements PushOutcome {}

        /** The remote will not take it, in its own words: a protected branch, a hook, missing rights. */
        record Refused(String words) implements PushOutcome {}

        /** The remote did not answer. */
        record Unreachable(String message) implements PushOutcome {}
    }
}
