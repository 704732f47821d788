package dev.plumbline.reconciler.source;

import dev.plumbline.schemas.model.Revision;

/** Writes commits of ours to the remote. Blocking, thread-safe. */
public interface Writer {
    /**
     * Makes the commit in the mirror without pushing it, so that its id can be recorded first. The same change over the
     * same base gives the same commit when its time is the same.
     *
     * @throws Source.SourceException {@code Stale} when the line no longer reads what the change expects
     */
    Revision prepare(VersionChange change) throws Source.SourceException;

    /** Pushes a prepared commit to the watched branch. */
    PushOutcome push(Revision commit) throws InterruptedException;

    /** Pushes a prepared commit to {@code plumbline/promote/SERVING}, replacing what an earlier try left there. */
    PushOutcome pushAside(Revision commit, String serving) throws InterruptedException;

    /** What the remote said. */
    sealed interface PushOutcome {
        /** It is there. */
        record Accepted() implements PushOutcome {}

        /** Somebody else pushed first: fetch, admit and plan again. */
        record Raced() implements PushOutcome {}

        /** The remote will not take it, in its own words: a protected branch, a hook, missing rights. */
        record Refused(String words) implements PushOutcome {}

        /** The remote did not answer. */
        record Unreachable(String message) implements PushOutcome {}
    }
}
