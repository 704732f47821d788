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
import org.eclipse.jgit.errors.IncorrectObjectTypeException;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevCommit;
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
    private volatile Optional<String> error = Optional.empty();
    private volatile Optional<Instant> lastVouched = Optional.empty();

    LedgerCheckpoints(Mirror mirror, String branch, Committer committer, Clock clock) {
        this.mirror = mirror;
        this.repository = mirror.repository();
        this.branch = branch;
        this.ref = CheckpointHistory.ref(branch);
        this.committer = committer;
        this.clock = clock;
        this.history = new CheckpointHistory(repository, branch);
    }

    /** Why the ledger could not be vouched for when that was tried last; empty when it was, or nobody tried. Thread-safe. */
    Optional<String> error() {
        return error;
    }

    /** When the remote was last seen to hold a checkpoint of ours for all that it holds of the ledger. Thread-safe. */
    Optional<Instant> lastVouched() {
        return lastVouched;
    }

    private void succeeded() {
        error = Optional.empty();
        lastVouched = Optional.of(clock.instant());
    }

    private void failed(String why) {
        LOG.warn("The ledger could not be vouched for reason={}", why);
        error = Optional.of(why);
    }

    /** Whether there is a key to vouch with. */
    boolean signed() {
        return committer.signing().signs();
    }

    /**
     * Vouches for this record, which the remote holds, and sees to it that the remote holds every checkpoint of ours; what keeps
     * it from that is told by {@link #error}.
     */
    void vouch(ObjectId head) throws InterruptedException {
        try {
            Optional<Digest> link = link(head);
            if (link.isEmpty()) {
                return;
            }
            Optional<ObjectId> ours = history.head();
            Optional<ObjectId> there = history.fetch(mirror);
            boolean known = history.newest()
                    .filter(last -> last.head().equals(head.name()))
                    .isPresent();
            if (!known) {
                push(
                        commit(new Checkpoint(branch, head.name(), link.get(), clock.instant()), after(ours, there)),
                        there);
            } else if (!there.equals(ours)) {
                LOG.warn(
                        "The checkpoints at the remote are not those that were pushed, and are pushed again ref={}",
                        ref);
                push(ours.orElseThrow(), there);
            } else {
                succeeded();
            }
        } catch (IOException | Source.SourceException failed) {
            failed(String.valueOf(failed.getMessage()));
        }
    }

    private Optional<Digest> link(ObjectId head) throws IOException {
        try (RevWalk walk = new RevWalk(repository)) {
            return RecordChain.read(walk.parseCommit(head).getFullMessage()).link();
        }
    }

    private void push(ObjectId commit, Optional<ObjectId> there) throws Source.SourceException, InterruptedException {
        BranchPush push = new BranchPush(commit, ref, Optional.of(there.orElse(ObjectId.zeroId())), true);
        switch (mirror.push(List.of(push))) {
            case PushOutcome.Accepted accepted -> {
                mirror.setRef(ref, commit);
                succeeded();
            }
            case PushOutcome.Raced raced -> failed("Another control plane vouched for it at the same time.");
            case PushOutcome.Refused(String words) ->
                failed(mirror.remote().label() + " does not take " + ref + ": " + words);
            case PushOutcome.Unreachable(String message) -> failed(message);
        }
    }

    /**
     * What the next checkpoint follows: the remote's where they go on from ours, or where we have none; else ours, and beside
     * them the remote's, so that nobody's word is lost by ours. Who reads them follows the first.
     */
    private List<ObjectId> after(Optional<ObjectId> ours, Optional<ObjectId> there) throws IOException {
        if (there.isEmpty() || there.equals(ours)) {
            return ours.stream().toList();
        }
        try (RevWalk walk = new RevWalk(repository)) {
            RevCommit theirs = walk.parseCommit(there.get());
            if (ours.isEmpty() || walk.isMergedInto(walk.parseCommit(ours.get()), theirs)) {
                return List.of(there.get());
            }
            LOG.warn(
                    "The checkpoints at the remote are not those that were pushed ref={} there={}", ref, theirs.name());
            return List.of(ours.get(), there.get());
        } catch (IncorrectObjectTypeException odd) {
            LOG.warn(
                    "What the remote holds as checkpoints is none ref={} there={}",
                    ref,
                    there.get().name(),
                    odd);
            return ours.stream().toList();
        }
    }

    private ObjectId commit(Checkpoint checkpoint, List<ObjectId> after) throws IOException {
        Instant at = checkpoint.at();
        try (ObjectInserter inserter = mirror.newObjects()) {
            ObjectId file = inserter.insert(Constants.OBJ_BLOB, CheckpointHistory.file(checkpoint));
            LedgerTree tree = LedgerTree.empty()
                    .with(Map.of(CheckpointHistory.FILE, Optional.of(file)))
                    .write(inserter);
            ObjectId commit = committer.commit(
                    inserter,
                    after,
                    tree.id(),
                    "Vouch for " + checkpoint.ledger() + " at " + checkpoint.head() + " [skip ci]\n",
                    at);
            inserter.flush();
            return commit;
        }
    }
}
