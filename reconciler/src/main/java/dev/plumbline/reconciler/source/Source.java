package dev.plumbline.reconciler.source;

import dev.plumbline.schemas.model.Revision;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The watched branch. Blocking, thread-safe. */
public interface Source {
    /**
     * Looks at the remote now.
     *
     * @return the branch as it is; empty when the branch or the whole repository is empty
     * @throws SourceException when the remote cannot be read; what was fetched before stays
     */
    Optional<Snapshot> fetch() throws SourceException, InterruptedException;

    /** Why the last fetch found no commit, with what to do; empty when it found one. */
    default Optional<String> absence() {
        return Optional.empty();
    }

    /**
     * A revision that was fetched before.
     *
     * @throws SourceException when the mirror does not hold it
     */
    Snapshot at(Revision revision) throws SourceException;

    /**
     * Who made a revision that was fetched before, and what it says; its files are not listed for that.
     *
     * @throws SourceException when the mirror does not hold it
     */
    default Snapshot.CommitHeader header(Revision revision) throws SourceException {
        return at(revision).header();
    }

    /** The commits of the first-parent line that changed a file, newest first, from one revision (excluded) to another. */
    List<Revision> changes(String file, Optional<Revision> from, Revision to) throws SourceException;

    /**
     * The commits of the branch itself that carry a trailer: those of the first-parent line, newest first, from the newest
     * of some revisions (excluded) to another. When the line holds none of those, only its end is asked.
     *
     * @param name compared without regard to case, as Git does
     * @throws SourceException when the mirror is damaged
     */
    default List<Revision> saying(String name, String value, Set<Revision> from, Revision to) throws SourceException {
        return List.of();
    }

    /**
     * Whether a revision is another one or comes before it; false when the mirror does not hold both. A source that
     * cannot tell knows only that a revision includes itself.
     *
     * @throws SourceException when the mirror is damaged
     */
    default boolean includes(Revision later, Revision earlier) throws SourceException {
        return later.equals(earlier);
    }

    /**
     * Says what was followed last, by whoever followed the branch before. A source that remembers nothing of its own
     * takes a branch that does not contain it for a rewritten history.
     */
    default void followed(Revision last) {}

    /** Why nothing is to be written to the branch now, with what to do: its history was rewritten. */
    default Optional<String> frozen() {
        return Optional.empty();
    }

    /**
     * Whether a rewritten history that holds the revision was fetched and waits to be accepted.
     *
     * @throws SourceException when the mirror is damaged
     */
    default boolean awaits(Revision revision) throws SourceException {
        return false;
    }

    /**
     * Takes a rewritten history as it is, up to this revision of it. What was followed before is kept.
     *
     * @throws SourceException {@code NotFound} when no rewritten history that holds it was fetched
     */
    default void acceptHistory(Revision revision) throws SourceException {
        throw new SourceException("NotFound", "There is no rewritten history to accept.");
    }

    /**
     * Makes the local copy whole again after something of it could not be read: what is damaged is put aside, and what the
     * remote holds is fetched anew.
     *
     * @throws SourceException when it cannot be mended now; what could be saved was
     */
    default void repair() throws SourceException, InterruptedException {}

    /** What was mended since this was asked last, for people. */
    default List<String> repairs() {
        return List.of();
    }

    /** The remote cannot be read, or does not hold what was asked for. */
    final class SourceException extends CodedException {
        /**
         * Why, for people; never with credentials.
         *
         * @param reason fixed code: {@code Unreachable}, {@code NotFound}, {@code Unauthorized}, {@code HistoryRewritten},
         *     {@code TooLarge}, {@code Unsafe}, {@code Damaged}, {@code Storage}, {@code Signing}
         */
        public SourceException(String reason, String message, Throwable cause) {
            super(reason, message, cause);
        }

        /** Why, without a cause. */
        public SourceException(String reason, String message) {
            super(reason, message);
        }
    }
}
