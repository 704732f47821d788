package dev.plumbline.reconciler.ledger.git;

import dev.plumbline.reconciler.ledger.Ledger.LedgerException;
import dev.plumbline.reconciler.source.Source;
import dev.plumbline.reconciler.source.git.GitSource;
import dev.plumbline.reconciler.source.mirror.Mirror;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Ref;

/**
 * Whether the remote is the repository that this mirror followed before, wherever it is now: it has a commit in common, of
 * the ledger or of a branch that was followed. A mirror that followed nothing yet belongs to none.
 */
final class LedgerKinship {
    private static final String CANDIDATE = "refs/plumbline/candidate";

    private final Mirror mirror;
    private final String ledger;
    private final LedgerHistory history;

    /** Kinship to this mirror, whose ledger is on this branch. */
    LedgerKinship(Mirror mirror, String ledger) {
        this.mirror = mirror;
        this.ledger = ledger;
        this.history = new LedgerHistory(mirror.repository());
    }

    /**
     * Lets through only a remote that nothing of another repository can be pushed to.
     *
     * @param there the head of the remote's ledger, which the mirror holds
     * @throws LedgerException {@code OtherRepository} when nothing there is of what was followed, {@code Unreachable} when
     *     there is nothing that could tell
     */
    void require(Optional<ObjectId> there) throws LedgerException, InterruptedException {
        try {
            SortedMap<String, ObjectId> followed = followed();
            Optional<ObjectId> own = mirror.ref(Constants.R_HEADS + ledger);
            if (followed.isEmpty()
                    || (there.isPresent() && own.isPresent() && history.related(own.get(), there.get()))) {
                return;
            }
            Map<String, ObjectId> branches = mirror.branches();
            for (String branch : branches.keySet()) {
                ObjectId before = followed.get(GitSource.plain(branch));
                if (before != null && related(branch, before)) {
                    return;
                }
            }
            Map.Entry<String, ObjectId> first = followed.firstEntry();
            String last =
                    first.getKey() + " at " + first.getValue().abbreviate(8).name();
            if (there.isEmpty() && branches.keySet().stream().allMatch(name -> name.startsWith("plumbline/"))) {
                throw new LedgerException(
                        "Unreachable",
                        mirror.remote() + " has lost its branches, so nothing tells that it is the repository that was"
                                + " followed here (" + last + "). What is recorded waits until that is back.");
            }
            throw new LedgerException(
                    "OtherRepository",
                    mirror.remote() + " is another repository than the one that this state folder belongs to: it has"
                            + " nothing of what was followed last (" + last + "), and nothing is pushed there.");
        } catch (Source.SourceException failed) {
            throw LedgerRemote.failure(failed);
        } catch (IOException broken) {
            throw new LedgerException("Storage", "The refs of the mirror cannot be read.", broken);
        }
    }

    private SortedMap<String, ObjectId> followed() throws IOException {
        SortedMap<String, ObjectId> followed = new TreeMap<>();
        for (Ref ref : mirror.repository().getRefDatabase().getRefsByPrefix(GitSource.ACCEPTED)) {
            followed.put(ref.getName().substring(GitSource.ACCEPTED.length()), ref.getObjectId());
        }
        return followed;
    }

    private boolean related(String branch, ObjectId followed)
            throws Source.SourceException, LedgerException, InterruptedException {
        try {
            return history.related(followed, mirror.fetch(branch, CANDIDATE));
        } finally {
            mirror.removeRef(CANDIDATE);
        }
    }
}
