package dev.plumbline.reconciler.property;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.treewalk.TreeWalk;

/** Reads files of a commit. */
final class GitFiles {
    private GitFiles() {}

    static Optional<String> read(Repository repository, ObjectId commit, String path) throws IOException {
        try (RevWalk walk = new RevWalk(repository);
                TreeWalk found = TreeWalk.forPath(
                        repository, path, walk.parseCommit(commit).getTree())) {
            return found == null
                    ? Optional.empty()
                    : Optional.of(
                            new String(repository.open(found.getObjectId(0)).getBytes(), StandardCharsets.UTF_8));
        }
    }
}
