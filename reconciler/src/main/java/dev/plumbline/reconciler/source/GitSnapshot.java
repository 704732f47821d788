package dev.plumbline.reconciler.source;

import dev.plumbline.schemas.model.Revision;
import java.io.IOException;
import java.io.InputStream;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.eclipse.jgit.errors.LargeObjectException;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectLoader;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.treewalk.TreeWalk;

/** A commit of the mirror: paths and blob ids are listed once, contents are read when they are asked for. */
final class GitSnapshot implements Snapshot {
    private static final int LARGEST_BLOB = 16 * 1024 * 1024;
    private static final int MOST_ENTRIES = 50_000;
    private static final int LONGEST_PATH = 4_096;

    private final Repository repository;
    private final Revision revision;
    private final String root;
    private final String tree;
    private final CommitHeader header;
    private final Map<String, String> blobs;
    private final Map<String, String> refused;

    private GitSnapshot(
            Repository repository,
            RevCommit commit,
            String root,
            Map<String, String> blobs,
            Map<String, String> refused) {
        this.repository = repository;
        this.root = root;
        this.revision = new Revision(commit.name());
        this.tree = commit.getTree().name();
        this.header = header(commit);
        this.blobs = Collections.unmodifiableMap(blobs);
        this.refused = Map.copyOf(refused);
    }

    /** Lists the commit, whose specs lie below a folder; what they name may lie anywhere. */
    static GitSnapshot of(Repository repository, ObjectId id, String root) throws IOException, Source.SourceException {
        try (RevWalk commits = new RevWalk(repository);
                TreeWalk files = new TreeWalk(repository)) {
            RevCommit commit = commits.parseCommit(id);
            commits.parseBody(commit);
            files.addTree(commit.getTree());
            Map<String, String> blobs = new LinkedHashMap<>();
            Map<String, String> refused = new HashMap<>();
            // Folders count as well: a few of them that hold each other many times are a tree without end.
            for (int entries = 0; files.next(); entries++) {
                if (entries >= MOST_ENTRIES || files.getPathLength() > LONGEST_PATH) {
                    throw new Source.SourceException(
                            "TooLarge",
                            "The repository holds more than " + MOST_ENTRIES
                                    + " files and folders, or a path longer than " + LONGEST_PATH + " bytes, at "
                                    + id.name() + ".");
                }
                if (files.isSubtree()) {
                    files.enterSubtree();
                } else {
                    sort(files, blobs, refused);
                }
            }
            return new GitSnapshot(repository, commit, root, blobs, refused);
        }
    }

    private static void sort(TreeWalk files, Map<String, String> blobs, Map<String, String> refused) {
        String path = files.getPathString();
        int mode = files.getRawMode(0);
        if (FileMode.REGULAR_FILE.equals(mode) || FileMode.EXECUTABLE_FILE.equals(mode)) {
            blobs.put(path, files.getObjectId(0).name());
        } else if (FileMode.SYMLINK.equals(mode)) {
            refused.put(path, "is a symbolic link, which is never followed: commit the file itself");
        } else if (FileMode.GITLINK.equals(mode)) {
            refused.put(path, "is a submodule, which is never fetched: commit the files themselves");
        } else {
            refused.put(path, "is no regular file");
        }
    }

    private static CommitHeader header(RevCommit commit) {
        Map<String, String> trailers = new LinkedHashMap<>();
        commit.getFooterLines().forEach(line -> trailers.putIfAbsent(line.getKey(), line.getValue()));
        var author = commit.getAuthorIdent();
        return new CommitHeader(
                author.getName() + " <" + author.getEmailAddress() + ">", commit.getShortMessage(), trailers);
    }

    @Override
    public Revision revision() {
        return revision;
    }

    @Override
    public String tree() {
        return tree;
    }

    @Override
    public String root() {
        return root;
    }

    @Override
    public CommitHeader header() {
        return header;
    }

    @Override
    public Map<String, String> blobs() {
        return blobs;
    }

    @Override
    public Map<String, String> refused() {
        return refused;
    }

    @Override
    public byte[] read(String blob) throws IOException {
        try {
            ObjectLoader loader = loader(blob);
            if (loader.getSize() > LARGEST_BLOB) {
                throw new IOException("the file is larger than " + LARGEST_BLOB / 1024 / 1024 + " MiB");
            }
            return loader.getBytes(LARGEST_BLOB);
        } catch (LargeObjectException tooLarge) {
            throw new IOException("the file is larger than memory allows", tooLarge);
        }
    }

    @Override
    public InputStream open(String blob) throws IOException {
        try {
            return loader(blob).openStream();
        } catch (IOException broken) {
            throw damaged(blob, broken);
        }
    }

    private ObjectLoader loader(String blob) throws IOException {
        try {
            return repository.open(ObjectId.fromString(blob), Constants.OBJ_BLOB);
        } catch (IOException broken) {
            throw damaged(blob, broken);
        }
    }

    private static DamagedException damaged(String blob, IOException broken) {
        return broken instanceof DamagedException known
                ? known
                : new DamagedException("the object " + blob + " of the mirror cannot be read", broken);
    }

    @Override
    public String toString() {
        return revision.id();
    }
}
