package dev.plumbline.reconciler.source.mirror;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Collection;
import java.util.List;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.treewalk.EmptyTreeIterator;
import org.eclipse.jgit.treewalk.TreeWalk;
import org.eclipse.jgit.treewalk.filter.TreeFilter;

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

    /** Reads all that leads to this commit and to none of the others, which are here. */
    void read(ObjectId commit, Collection<ObjectId> others) throws IOException {
        try (RevWalk walk = new RevWalk(repository)) {
            walk.markStart(walk.parseCommit(commit));
            for (ObjectId each : others) {
                walk.markUninteresting(walk.parseCommit(each));
            }
            for (RevCommit each = walk.next(); each != null; each = walk.next()) {
                readChanges(walk, each);
            }
        }
    }

    private void readChanges(RevWalk walk, RevCommit commit) throws IOException {
        try (TreeWalk changes = new TreeWalk(repository, walk.getObjectReader())) {
            changes.addTree(commit.getTree());
            for (RevCommit parent : commit.getParents()) {
                changes.addTree(walk.parseCommit(parent).getTree());
            }
            if (commit.getParentCount() == 0) {
                changes.addTree(new EmptyTreeIterator());
            }
            changes.setFilter(TreeFilter.ANY_DIFF);
            changes.setRecursive(true);
            while (changes.next()) {
                readFile(changes);
            }
        }
    }

    private static void readFile(TreeWalk changes) throws IOException {
        boolean here = changes.getRawMode(0) != FileMode.TYPE_MISSING && changes.getRawMode(0) != FileMode.TYPE_GITLINK;
        for (int parent = 1; here && parent < changes.getTreeCount(); parent++) {
            here = !changes.idEqual(0, parent);
        }
        if (here) {
            ObjectReader reader = changes.getObjectReader();
            reader.open(changes.getObjectId(0)).copyTo(OutputStream.nullOutputStream());
        }
    }
}
