package dev.plumbline.reconciler.source.git;

import dev.plumbline.reconciler.source.Snapshot;
import dev.plumbline.reconciler.source.Source;
import dev.plumbline.schemas.model.Revision;
import java.io.IOException;
import java.io.InputStream;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import org.eclipse.jgit.errors.LargeObjectException;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectLoader;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;

/** A commit of the mirror: paths and blob ids are listed once, contents are read when they are asked for. */
final class GitSnapshot implements Snapshot {
    private static final int LARGEST_BLOB = 16 * 1024 * 1024;

    private final Repository repository;
    private final Revision revision;
    private final String root;
    private final String tree;
    private final CommitHeader header;
    private final SortedMap<String, String> blobs;
    private final Map<String, String> refused;
    private final TreeListing listing;

    private GitSnapshot(Repository repository, RevCommit commit, String root, TreeListing listing) {
        this.repository = repository;
        this.root = root;
        this.revision = new Revision(commit.name());
        this.tree = commit.getTree().name();
        this.header = header(commit);
        this.listing = listing;
        this.blobs = listing.blobs();
        this.refused = listing.refused();
    }

    /**
     * Lists the commit, whose specs lie below a folder; what they name may lie anywhere.
     *
     * @param near a commit that was listed before: only the folders in which this one differs from it are read
     */
    static GitSnapshot of(Repository repository, ObjectId id, String root, Optional<GitSnapshot> near)
            throws IOException, Source.SourceException {
        try (RevWalk commits = new RevWalk(repository)) {
            RevCommit commit = commits.parseCommit(id);
            commits.parseBody(commit);
            TreeListing listing =
                    TreeListing.of(repository, commit.getTree(), near.map(each -> each.listing), id.name());
            return new GitSnapshot(repository, commit, root, listing);
        }
    }

    /** Lists the commit as a whole. */
    static GitSnapshot of(Repository repository, ObjectId id, String root) throws IOException, Source.SourceException {
        return of(repository, id, root, Optional.empty());
    }

    /** Header of a commit, of which nothing is listed. */
    static CommitHeader header(Repository repository, ObjectId id) throws IOException {
        try (RevWalk commits = new RevWalk(repository)) {
            RevCommit commit = commits.parseCommit(id);
            commits.parseBody(commit);
            return header(commit);
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
