package dev.plumbline.reconciler.ledger.git;

import dev.plumbline.reconciler.ledger.audit.Checkpoint;
import dev.plumbline.reconciler.ledger.audit.RecordChain;
import dev.plumbline.reconciler.source.BranchPush;
import dev.plumbline.reconciler.source.Committer;
import dev.plumbline.reconciler.source.Source;
import dev.plumbline.reconciler.source.Writer.PushOutcome;
import dev.plumbline.reconciler.source.mirror.Mirror;
import dev.plumbline.schemas.model.Digest;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevWalk;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Vouches with the operator's key, now and then, for what the remote holds of the ledger. Without a key nothing is vouched for.
 * For one thread at a time.
 */
final class LedgerCheckpoints {
    private static final Logger LOG = LoggerFactory.getLogger(LedgerCheckpoints.class);

    private final Mirror mirror;
    private final Repository repository;
    private final String branch;
    private final String ref;
    private final Committer committer;
    private final Clock clock;
    private final CheckpointHistory history;

    LedgerCheckpoints(Mirror mirror, String branch, Committer committer, Clock clock) {
        this.mirror = mirror;
        this.repository = mirror.repository();
        this.branch = branch;
        this.ref = CheckpointHistory.ref(branch);
        this.committer = committer;
        this.clock = clock;
        this.history = new CheckpointHistory(repository, branch);
    }

    /** Whether there is a key to vouch with. */
    boolean signed() {
        return committer.signing().signs();
    }

    /** Vouches for this record, which the remote holds, unless that was done already; what keeps it from that is logged. */
    void vouch(ObjectId head) throws InterruptedException {
        try {
            Optional<Checkpoint> newest = history.newest();
            Optional<Digest> link = link(head);
            if (link.isPresent()
                    && newest.filter(known -> known.head().equals(head.name())).isEmpty()) {
                push(new Checkpoint(branch, head.name(), link.get(), clock.instant()));
            }
        } catch (IOException | Source.SourceException failed) {
            LOG.warn("The ledger could not be vouched for reason={}", failed.getMessage());
        }
    }

    private Optional<Digest> link(ObjectId head) throws IOException {
        try (RevWalk walk = new RevWalk(repository)) {
            return RecordChain.read(walk.parseCommit(head).getFullMessage()).link();
        }
    }

    private void push(Checkpoint checkpoint) throws IOException, Source.SourceException, InterruptedException {
        Optional<ObjectId> there = mirror.fetchOursByRef(ref, "refs/plumbline/incoming/checkpoints/" + branch);
        ObjectId commit = commit(checkpoint, base(there));
        BranchPush push = new BranchPush(commit, ref, Optional.of(there.orElse(ObjectId.zeroId())), true);
        switch (mirror.push(List.of(push))) {
            case PushOutcome.Accepted accepted -> mirror.setRef(ref, commit);
            case PushOutcome.Raced raced -> LOG.info("Another vouched for the ledger at the same time");
            case PushOutcome.Refused(String words) ->
                LOG.warn("The remote does not take checkpoints of the ledger ref={} reason={}", ref, words);
            case PushOutcome.Unreachable(String message) ->
                LOG.info("The ledger could not be vouched for reason={}", message);
        }
    }

    /** The checkpoint that is gone on from: the remote's where it follows ours, else ours, which somebody took away there. */
    private Optional<ObjectId> base(Optional<ObjectId> there) throws IOException {
        Optional<ObjectId> ours = history.head();
        if (there.isEmpty() || there.equals(ours)) {
            return ours;
        }
        try (ObjectReader objects = repository.newObjectReader();
                RevWalk walk = new RevWalk(objects)) {
            boolean follows =
                    ours.isEmpty() || walk.isMergedInto(walk.parseCommit(ours.get()), walk.parseCommit(there.get()));
            Optional<String> distrust = committer
                    .signing()
                    .distrust(objects.open(there.get(), Constants.OBJ_COMMIT).getBytes());
            if (follows && distrust.isEmpty()) {
                return there;
            }
            LOG.warn(
                    "The checkpoints of the ledger at the remote are not those that were pushed, and are pushed again ref={} there={} why={}",
                    ref,
                    there.get().name(),
                    distrust.orElse("it was moved"));
            return ours;
        }
    }

    private ObjectId commit(Checkpoint checkpoint, Optional<ObjectId> after) throws IOException {
        Instant at = checkpoint.at();
        try (ObjectInserter inserter = mirror.newObjects()) {
            ObjectId file = inserter.insert(Constants.OBJ_BLOB, CheckpointHistory.file(checkpoint));
            LedgerTree tree = LedgerTree.empty()
                    .with(Map.of(CheckpointHistory.FILE, Optional.of(file)))
                    .write(inserter);
            ObjectId commit = committer.commit(
                    inserter,
                    after.stream().toList(),
                    tree.id(),
                    "Vouch for " + checkpoint.ledger() + " at " + checkpoint.head() + " [skip ci]\n",
                    at);
            inserter.flush();
            return commit;
        }
    }
}
