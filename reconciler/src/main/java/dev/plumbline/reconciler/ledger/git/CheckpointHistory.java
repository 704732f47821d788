package dev.plumbline.reconciler.ledger.git;

import dev.plumbline.reconciler.ledger.audit.Checkpoint;
import dev.plumbline.reconciler.ledger.audit.RecordVerification;
import dev.plumbline.reconciler.signing.CommitSigning;
import dev.plumbline.reconciler.source.Source;
import dev.plumbline.reconciler.source.mirror.Mirror;
import dev.plumbline.schemas.json.Json;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.eclipse.jgit.errors.IncorrectObjectTypeException;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevSort;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.treewalk.TreeWalk;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.node.ObjectNode;

/** The checkpoints of a ledger: a ref of their own, with a signed commit for each, whose tree is the checkpoint's file. */
final class CheckpointHistory {
    private static final Logger LOG = LoggerFactory.getLogger(CheckpointHistory.class);

    static final String FILE = "checkpoint.json";

    private final Repository repository;
    private final String branch;
    private final String ref;

    /** The checkpoints of this ledger, given by its branch. */
    CheckpointHistory(Repository repository, String branch) {
        this.repository = repository;
        this.branch = branch;
        this.ref = ref(branch);
    }

    static String ref(String branch) {
        return "refs/plumbline/checkpoints/" + branch;
    }

    /** Where those of the remote are taken in. */
    private String incoming() {
        return "refs/plumbline/incoming/checkpoints/" + branch;
    }

    /** Takes in those of the remote, and says where they stand; empty when it has none. */
    Optional<ObjectId> fetch(Mirror mirror) throws Source.SourceException, InterruptedException {
        Optional<ObjectId> there = mirror.fetchOursByRef(ref, incoming());
        if (there.isEmpty()) {
            mirror.removeRef(incoming());
        }
        return there;
    }

    /**
     * Those that a trusted key signed and none of the others follows, of ours and of the remote's as it was fetched last. What
     * is no checkpoint of this ledger is passed over.
     */
    List<Checkpoint> newestTrusted(CommitSigning trust) throws IOException {
        List<Checkpoint> newest = new ArrayList<>();
        Set<ObjectId> followed = new HashSet<>();
        try (RevWalk walk = new RevWalk(repository);
                ObjectReader objects = repository.newObjectReader()) {
            walk.sort(RevSort.TOPO);
            for (String each : List.of(ref, incoming())) {
                start(walk, each);
            }
            for (RevCommit commit : walk) {
                Optional<Checkpoint> trusted =
                        followed.contains(commit) ? Optional.empty() : trusted(objects, commit, trust);
                trusted.ifPresent(newest::add);
                if (trusted.isPresent() || followed.contains(commit)) {
                    followed.addAll(List.of(commit.getParents()));
                }
            }
        }
        return newest;
    }

    /** Anybody who may push can put there what is no commit, and vouches for nothing by it. */
    private void start(RevWalk walk, String from) throws IOException {
        Ref found = repository.exactRef(from);
        if (found != null) {
            try {
                walk.markStart(walk.parseCommit(found.getObjectId()));
            } catch (IncorrectObjectTypeException odd) {
                LOG.warn("What stands for checkpoints is none ref={}", from, odd);
            }
        }
    }

    private Optional<Checkpoint> trusted(ObjectReader objects, RevCommit commit, CommitSigning trust)
            throws IOException {
        Instant at = commit.getCommitterIdent().getWhenAsInstant();
        if (trust.distrustThen(commit.getRawBuffer(), at).isPresent()) {
            return Optional.empty();
        }
        try {
            return Optional.of(read(objects, commit))
                    .filter(checkpoint -> checkpoint.ledger().equals(branch));
        } catch (NoCheckpoint none) {
            LOG.warn("What stands for a checkpoint is none commit={} reason={}", commit.name(), none.getMessage());
            return Optional.empty();
        }
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
