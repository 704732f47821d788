package dev.plumbline.reconciler.source.git;

import dev.plumbline.schemas.model.Revision;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.treewalk.TreeWalk;

/** Which commits come before which, and which of them changed a file. Thread-safe. */
final class CommitHistory {
    private final Repository repository;

    CommitHistory(Repository repository) {
        this.repository = repository;
    }

    /** What cannot be looked for is not had. */
    boolean has(ObjectId commit) {
        try {
            return repository.getObjectDatabase().has(commit);
        } catch (IOException unreadable) {
            return false;
        }
    }

    /** Whether a commit is the other or comes after it; one that is not known comes before none. */
    boolean descends(ObjectId ancestor, ObjectId descendant) throws IOException {
        if (!has(ancestor)) {
            return false;
        }
        try (RevWalk walk = new RevWalk(repository)) {
            return walk.isMergedInto(walk.parseCommit(ancestor), walk.parseCommit(descendant));
        }
    }

    /** As {@link dev.plumbline.reconciler.source.Source#changes}. */
    List<Revision> changes(String file, Optional<Revision> from, Revision to) throws IOException {
        try (RevWalk walk = new RevWalk(repository)) {
            RevCommit newest = walk.parseCommit(ObjectId.fromString(to.id()));
            Set<ObjectId> between = between(from, newest);
            List<Revision> changes = new ArrayList<>();
            RevCommit commit = newest;
            while (between.contains(commit)) {
                boolean first = commit.getParentCount() == 0;
                ObjectId before = first ? ObjectId.zeroId() : blob(walk.parseCommit(commit.getParent(0)), file);
                if (!blob(commit, file).equals(before)) {
                    changes.add(new Revision(commit.name()));
                }
                if (first) {
                    break;
                }
                commit = walk.parseCommit(commit.getParent(0));
            }
            return changes;
        }
    }

    /** What is reachable from the newest and not from the other, on any line: a merge may have put that one aside. */
    private Set<ObjectId> between(Optional<Revision> from, RevCommit newest) throws IOException {
        try (RevWalk walk = new RevWalk(repository)) {
            walk.setRetainBody(false);
            walk.markStart(walk.parseCommit(newest));
            if (from.isPresent()) {
                walk.markUninteresting(
                        walk.parseCommit(ObjectId.fromString(from.get().id())));
            }
            Set<ObjectId> between = new HashSet<>();
            walk.forEach(commit -> between.add(commit.copy()));
            return between;
        }
    }

    private ObjectId blob(RevCommit commit, String file) throws IOException {
        try (TreeWalk found = TreeWalk.forPath(repository, file, commit.getTree())) {
            return found == null ? ObjectId.zeroId() : found.getObjectId(0);
        }
    }
}
