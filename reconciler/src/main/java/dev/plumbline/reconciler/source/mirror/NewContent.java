package dev.plumbline.reconciler.source.mirror;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Collection;
import java.util.List;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.ObjectWalk;
import org.eclipse.jgit.revwalk.RevObject;

/**
 * What commits of the mirror bring that the remote does not hold. It is read before it is pushed: a sender that cannot read an
 * object in the middle of a pack, and a receiver that waits for the rest of it, would wait for each other.
 */
final class NewContent {
    /** Where the mirror keeps in mind what the remote holds. */
    private static final List<String> HELD = List.of("refs/plumbline/fetched/", "refs/plumbline/remote/");

    private final Repository repository;

    NewContent(Repository repository) {
        this.repository = repository;
    }

    /**
     * Reads all that leads to this commit and is not known to be at the remote.
     *
     * @throws IOException when something of it cannot be read
     */
    void read(ObjectId commit) throws IOException {
        read(
                commit,
                repository.getRefDatabase().getRefsByPrefix(HELD.toArray(String[]::new)).stream()
                        .map(Ref::getObjectId)
                        .toList());
    }

    /**
     * Reads all that leads to this commit and to none of the others, which are here. Of those the folders are read, too: whoever
     * packs what is new compares it with them.
     */
    void read(ObjectId commit, Collection<ObjectId> others) throws IOException {
        try (ObjectWalk walk = new ObjectWalk(repository);
                ObjectReader reader = repository.newObjectReader()) {
            walk.markStart(walk.parseCommit(commit));
            for (ObjectId each : others) {
                walk.markUninteresting(walk.parseCommit(each));
            }
            while (walk.next() != null) {
                // To walk over the commits is to read them.
            }
            for (RevObject each = walk.nextObject(); each != null; each = walk.nextObject()) {
                reader.open(each).copyTo(OutputStream.nullOutputStream());
            }
        }
    }
}
