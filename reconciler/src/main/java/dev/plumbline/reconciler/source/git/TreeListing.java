package dev.plumbline.reconciler.source.git;

import dev.plumbline.reconciler.source.Source;
import java.io.IOException;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.eclipse.jgit.errors.MissingObjectException;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.treewalk.EmptyTreeIterator;
import org.eclipse.jgit.treewalk.TreeWalk;
import org.eclipse.jgit.treewalk.filter.TreeFilter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The paths of a tree. One that is listed beside another takes from it every folder that both have, so that a small change
 * costs little in a repository of any size. Immutable.
 *
 * @param tree whose paths these are
 * @param entries how many files and folders there are
 */
record TreeListing(ObjectId tree, SortedMap<String, String> blobs, SortedMap<String, String> refused, int entries) {
    private static final int MOST_ENTRIES = 50_000;
    private static final int LONGEST_PATH = 4_096;

    private static final Logger LOG = LoggerFactory.getLogger(TreeListing.class);
    private static final TreeListing EMPTY = new TreeListing(ObjectId.zeroId(), new TreeMap<>(), new TreeMap<>(), 0);

    private static final int BEFORE = 0;
    private static final int NOW = 1;

    /**
     * Lists a tree.
     *
     * @param near another listing, which only saves time
     * @param commit to name it by
     * @throws Source.SourceException {@code TooLarge}
     */
    static TreeListing of(Repository repository, ObjectId tree, Optional<TreeListing> near, String commit)
            throws IOException, Source.SourceException {
        if (near.isPresent() && near.get().tree().equals(tree)) {
            return near.get();
        }
        if (near.isPresent()) {
            try {
                return beside(repository, tree, near.get(), commit);
            } catch (MissingObjectException lost) {
                LOG.debug(
                        "A tree that was listed before is no longer there tree={}",
                        near.get().tree(),
                        lost);
            }
        }
        return beside(repository, tree, EMPTY, commit);
    }

    private static TreeListing beside(Repository repository, ObjectId tree, TreeListing before, String commit)
            throws IOException, Source.SourceException {
        try (TreeWalk walk = new TreeWalk(repository)) {
            if (before.tree().equals(ObjectId.zeroId())) {
                walk.addTree(new EmptyTreeIterator());
            } else {
                walk.addTree(before.tree());
            }
            walk.addTree(tree);
            walk.setFilter(TreeFilter.ANY_DIFF);
            return changed(walk, before, tree, commit);
        }
    }

    private static TreeListing changed(TreeWalk walk, TreeListing before, ObjectId tree, String commit)
            throws IOException, Source.SourceException {
        SortedMap<String, String> blobs = new TreeMap<>(before.blobs());
        SortedMap<String, String> refused = new TreeMap<>(before.refused());
        // Folders count as well: a few of them that hold each other many times are a tree without end.
        int entries = before.entries();
        int read = 0;
        while (walk.next()) {
            String path = walk.getPathString();
            int was = walk.getRawMode(BEFORE);
            int is = walk.getRawMode(NOW);
            entries += count(is) - count(was);
            read += count(is);
            if (read > MOST_ENTRIES || (count(is) == 1 && walk.getPathLength() > LONGEST_PATH)) {
                throw tooLarge(commit);
            }
            if (walk.isSubtree()) {
                walk.enterSubtree();
            }
            if (count(was) == 1 && !FileMode.TREE.equals(was)) {
                blobs.remove(path);
                refused.remove(path);
            }
            if (count(is) == 1 && !FileMode.TREE.equals(is)) {
                sort(path, is, walk.getObjectId(NOW), blobs, refused);
            }
        }
        if (entries > MOST_ENTRIES) {
            throw tooLarge(commit);
        }
        return new TreeListing(
                tree, Collections.unmodifiableSortedMap(blobs), Collections.unmodifiableSortedMap(refused), entries);
    }

    private static Source.SourceException tooLarge(String commit) {
        return new Source.SourceException(
                "TooLarge",
                "The repository holds more than " + MOST_ENTRIES + " files and folders, or a path longer than "
                        + LONGEST_PATH + " bytes, at " + commit + ".");
    }

    private static int count(int mode) {
        return FileMode.MISSING.equals(mode) ? 0 : 1;
    }

    private static void sort(
            String path, int mode, ObjectId object, Map<String, String> blobs, Map<String, String> refused) {
        if (FileMode.REGULAR_FILE.equals(mode) || FileMode.EXECUTABLE_FILE.equals(mode)) {
            blobs.put(path, object.name());
        } else if (FileMode.SYMLINK.equals(mode)) {
            refused.put(path, "is a symbolic link, which is never followed: commit the file itself");
        } else if (FileMode.GITLINK.equals(mode)) {
            refused.put(path, "is a submodule, which is never fetched: commit the files themselves");
        } else {
            refused.put(path, "is no regular file");
        }
    }
}
