package dev.plumbline.reconciler.ledger.git;

import dev.plumbline.reconciler.ledger.audit.Checkpoint;
import dev.plumbline.reconciler.ledger.audit.RecordVerification;
import dev.plumbline.reconciler.signing.CommitSigning;
import dev.plumbline.schemas.json.Json;
import java.io.IOException;
import java.time.Instant;
import java.util.Optional;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevSort;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.treewalk.TreeWalk;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.node.ObjectNode;

/** The checkpoints of a ledger: a ref of their own, with a signed commit for each, whose tree is the checkpoint's file. */
final class CheckpointHistory {
    static final String FILE = "checkpoint.json";

    private final Repository repository;
    private final String ref;

    /** The checkpoints of this ledger, given by its branch. */
    CheckpointHistory(Repository repository, String branch) {
        this.repository = repository;
        this.ref = ref(branch);
    }

    static String ref(String branch) {
        return "refs/plumbline/checkpoints/" + branch;
    }

    /** Gives each of them to the verification, oldest first. */
    void verify(RecordVerification verification, CommitSigning trust) throws IOException {
        Optional<ObjectId> head = head();
        if (head.isEmpty()) {
            return;
        }
        try (RevWalk walk = new RevWalk(repository);
                ObjectReader objects = repository.newObjectReader()) {
            walk.setFirstParent(true);
            walk.sort(RevSort.TOPO);
            walk.sort(RevSort.REVERSE, true);
            walk.markStart(walk.parseCommit(head.get()));
            for (RevCommit commit : walk) {
                Instant at = commit.getCommitterIdent().getWhenAsInstant();
                Optional<String> distrust = trust.distrustThen(commit.getRawBuffer(), at);
                try {
                    verification.take(commit.name(), read(objects, commit), distrust);
                } catch (NoCheckpoint none) {
                    verification.takeBroken(commit.name(), String.valueOf(none.getMessage()));
                }
            }
        }
    }

    /** A commit stands where a checkpoint should. */
    private static final class NoCheckpoint extends IOException {
        NoCheckpoint(String message) {
            super(message);
        }

        NoCheckpoint(String message, RuntimeException cause) {
            super(message, cause);
        }
    }

    /** The newest one; empty when there is none. */
    Optional<Checkpoint> newest() throws IOException {
        Optional<ObjectId> head = head();
        if (head.isEmpty()) {
            return Optional.empty();
        }
        try (RevWalk walk = new RevWalk(repository);
                ObjectReader objects = repository.newObjectReader()) {
            return Optional.of(read(objects, walk.parseCommit(head.get())));
        }
    }

    Optional<ObjectId> head() throws IOException {
        return Optional.ofNullable(repository.exactRef(ref)).map(Ref::getObjectId);
    }

    private static Checkpoint read(ObjectReader objects, RevCommit commit) throws IOException {
        try (TreeWalk file = TreeWalk.forPath(objects, FILE, commit.getTree())) {
            if (file == null) {
                throw new NoCheckpoint("holds no " + FILE);
            }
            return Json.convert(
                    Json.read(objects.open(file.getObjectId(0), Constants.OBJ_BLOB)
                            .getBytes()),
                    Checkpoint.class);
        } catch (JacksonException | IllegalArgumentException broken) {
            throw new NoCheckpoint("is not what Plumbline writes there", broken);
        }
    }

    /** Its file. */
    static byte[] file(Checkpoint checkpoint) {
        return Json.canonical(((ObjectNode) Json.tree(checkpoint)).put("format", LedgerFiles.FORMAT));
    }
}
