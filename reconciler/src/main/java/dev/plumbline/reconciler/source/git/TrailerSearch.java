package dev.plumbline.reconciler.source.git;

import dev.plumbline.reconciler.source.Source;
import dev.plumbline.schemas.model.Revision;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;

/** Finds trailers on the commits of a branch itself; what a merge brought in is another branch's. */
final class TrailerSearch {
    /** A longer line than a branch can have grown by since it was last admitted. */
    private static final int LONGEST = 10_000;

    private TrailerSearch() {}

    /** As {@link Source#saying}. */
    static List<Revision> search(Repository repository, String name, String value, Set<Revision> from, Revision to)
            throws IOException {
        try (RevWalk walk = new RevWalk(repository)) {
            RevCommit end = walk.parseCommit(ObjectId.fromString(to.id()));
            List<Revision> found = new ArrayList<>();
            RevCommit commit = end;
            for (int seen = 0; seen < LONGEST; seen++) {
                if (from.contains(new Revision(commit.name()))) {
                    return found;
                }
                if (says(commit, name, value)) {
                    found.add(new Revision(commit.name()));
                }
                if (commit.getParentCount() == 0) {
                    break;
                }
                commit = walk.parseCommit(commit.getParent(0));
            }
            return says(end, name, value) ? List.of(to) : List.of();
        }
    }

    private static boolean says(RevCommit commit, String name, String value) {
        return commit.getFooterLines().stream()
                .anyMatch(line -> line.getKey().equalsIgnoreCase(name)
                        && line.getValue().strip().equals(value));
    }
}
