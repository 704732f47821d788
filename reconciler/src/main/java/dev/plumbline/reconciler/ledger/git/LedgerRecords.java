package dev.plumbline.reconciler.ledger.git;

import dev.plumbline.reconciler.ledger.Ledger.LedgerException;
import dev.plumbline.reconciler.ledger.audit.LedgerRecord;
import dev.plumbline.reconciler.ledger.audit.RecordChain;
import dev.plumbline.reconciler.ledger.audit.RecordReader;
import dev.plumbline.reconciler.signing.CommitSigning;
import dev.plumbline.schemas.model.Digest;
import java.io.IOException;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.eclipse.jgit.errors.MissingObjectException;
import org.eclipse.jgit.lib.AnyObjectId;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevSort;
import org.eclipse.jgit.revwalk.RevTree;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.treewalk.AbstractTreeIterator;
import org.eclipse.jgit.treewalk.CanonicalTreeParser;
import org.eclipse.jgit.treewalk.EmptyTreeIterator;
import org.eclipse.jgit.treewalk.TreeWalk;
import org.eclipse.jgit.treewalk.filter.TreeFilter;
import org.jspecify.annotations.Nullable;

/** Reads the whole history of a ledger, oldest first. */
final class LedgerRecords {
    private final Repository repository;
    private final ObjectId head;
    private final CommitSigning trust;
    private final Repository followed;

    /**
     * The history up to this commit, whose signatures are held against what is trusted.
     *
     * @param followed may have commits that the records speak of, beside the repository of the ledger
     */
    LedgerRecords(Repository repository, ObjectId head, CommitSigning trust, Repository followed) {
        this.repository = repository;
        this.head = head;
        this.trust = trust;
        this.followed = followed;
    }

    /** Gives every record to the reader. */
    void each(RecordReader reader) throws LedgerException {
        String reading = head.name();
        try (RevWalk walk = new RevWalk(repository);
                ObjectReader objects = repository.newObjectReader()) {
            walk.setRetainBody(false);
            walk.sort(RevSort.TOPO);
            walk.sort(RevSort.REVERSE, true);
            walk.markStart(walk.parseCommit(head));
            long number = 0;
            for (RevCommit commit = walk.next(); commit != null; commit = walk.next()) {
                reading = commit.name();
                number++;
                walk.parseBody(commit);
                RevTree before = commit.getParentCount() == 0 ? null : walk.parseTree(commit.getParent(0));
                reader.take(record(objects, number, commit, before), files(objects, commit.getTree(), before));
                commit.disposeBody();
            }
        } catch (IOException broken) {
            throw new LedgerException(
                    "Damaged", "The record " + reading + ", or one before it, cannot be read.", broken);
        }
    }

    private LedgerRecord record(ObjectReader objects, long number, RevCommit commit, @Nullable RevTree before)
            throws IOException {
        RecordChain.Sealed sealed = RecordChain.read(commit.getFullMessage());
        return new LedgerRecord(
                number,
                commit.name(),
                Stream.of(commit.getParents()).map(AnyObjectId::name).toList(),
                commit.getCommitterIdent().getWhenAsInstant(),
                sealed.message(),
                changes(objects, commit.getTree(), before),
                sealed.link(),
                trust.distrustThen(
                        commit.getRawBuffer(), commit.getCommitterIdent().getWhenAsInstant()));
    }

    private static SortedMap<String, Optional<Digest>> changes(
            ObjectReader objects, RevTree tree, @Nullable RevTree before) throws IOException {
        SortedMap<String, Optional<Digest>> changes = new TreeMap<>();
        try (TreeWalk walk = new TreeWalk(objects)) {
            walk.addTree(files(objects, before));
            walk.addTree(tree);
            walk.setFilter(TreeFilter.ANY_DIFF);
            walk.setRecursive(true);
            while (walk.next()) {
                changes.put(walk.getPathString(), digest(objects, walk));
            }
        }
        return changes;
    }

    /** Of a submodule, which no ledger has, it is that of the commit that it names. */
    private static Optional<Digest> digest(ObjectReader objects, TreeWalk walk) throws IOException {
        ObjectId object = walk.getObjectId(1);
        if (object.equals(ObjectId.zeroId())) {
            return Optional.empty();
        }
        return Optional.of(Digest.of(
                FileMode.GITLINK.equals(walk.getRawMode(1))
                        ? Constants.encodeASCII(object.name())
                        : objects.open(object, Constants.OBJ_BLOB).getBytes()));
    }

    private static AbstractTreeIterator files(ObjectReader objects, @Nullable RevTree tree) throws IOException {
        return tree == null ? new EmptyTreeIterator() : new CanonicalTreeParser(null, objects, tree);
    }

    private RecordReader.Contents files(ObjectReader objects, RevTree tree, @Nullable RevTree before) {
        return new RecordReader.Contents() {
            @Override
            public Optional<byte[]> before(String path) throws IOException {
                return before == null ? Optional.empty() : content(objects, before, path);
            }

            @Override
            public Optional<byte[]> after(String path) throws IOException {
                return content(objects, tree, path);
            }

            @Override
            public Optional<Commit> commit(String id) throws IOException {
                return authored(ObjectId.fromString(id));
            }
        };
    }

    private Optional<RecordReader.Contents.Commit> authored(ObjectId id) throws IOException {
        Optional<RecordReader.Contents.Commit> known = authored(followed, id);
        return known.isPresent() ? known : authored(repository, id);
    }

    private static Optional<RecordReader.Contents.Commit> authored(Repository where, ObjectId id) throws IOException {
        try (RevWalk walk = new RevWalk(where)) {
            RevCommit commit = walk.parseCommit(id);
            return Optional.of(new RecordReader.Contents.Commit(
                    commit.getAuthorIdent().getName() + " <"
                            + commit.getAuthorIdent().getEmailAddress() + ">",
                    commit.getShortMessage()));
        } catch (MissingObjectException elsewhere) {
            return Optional.empty();
        }
    }

    private static Optional<byte[]> content(ObjectReader objects, RevTree tree, String path) throws IOException {
        try (TreeWalk found = TreeWalk.forPath(objects, path, tree)) {
            return found == null
                    ? Optional.empty()
                    : Optional.of(objects.open(found.getObjectId(0), Constants.OBJ_BLOB)
                            .getBytes());
        }
    }
}
