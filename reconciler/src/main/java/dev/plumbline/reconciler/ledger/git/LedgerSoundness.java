package dev.plumbline.reconciler.ledger.git;

import dev.plumbline.reconciler.ledger.Ledger.LedgerException;
import dev.plumbline.reconciler.source.Source;
import dev.plumbline.reconciler.source.mirror.Mirror;
import dev.plumbline.schemas.fault.StorageFailure;
import java.io.IOException;
import java.util.Optional;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sees to it that what the mirror holds of a ledger, and the remote does not, can be read whole. A mirror that cannot is
 * mended; where that does not help, the ledger goes on from the newest commit that is whole, and says so.
 */
final class LedgerSoundness {
    private static final Logger LOG = LoggerFactory.getLogger(LedgerSoundness.class);

    private static final String RESTART =
            "Entries of the ledger were damaged in the mirror before they were pushed. What"
                    + " serves goes on serving, and nothing is decided or recorded. Restart plumb up: it goes on from the newest"
                    + " entry that can be read.";

    private final Mirror mirror;
    private final Repository repository;
    private final LedgerRemote remote;
    private final LedgerCommits commits;
    private final String ref;

    LedgerSoundness(Mirror mirror, LedgerRemote remote, LedgerCommits commits, String branch) {
        this.mirror = mirror;
        this.repository = mirror.repository();
        this.remote = remote;
        this.commits = commits;
        this.ref = LedgerRemote.ref(branch);
        mirror.followOurs(branch);
    }

    /** Opens the ledger, once more after a mirror that cannot be read was mended. */
    LedgerOpening.Opened open(LedgerOpening opening, boolean takeOver) throws LedgerException, InterruptedException {
        try {
            if (sound()) {
                return opening.open(takeOver);
            }
        } catch (LedgerException failed) {
            boolean damage =
                    failed.reason().equals("Damaged") || failed.reason().equals("Storage");
            if (!damage || StorageFailure.in(failed).isPresent()) {
                throw failed;
            }
            LOG.warn("The ledger cannot be read from the mirror reason={}", failed.getMessage());
        }
        mend();
        return opening.open(takeOver);
    }

    /** That entries were lost before they were pushed: what is recorded after them could never be pushed. */
    Optional<LedgerException> lost() {
        try {
            return sound() ? Optional.empty() : Optional.of(new LedgerException("Damaged", RESTART));
        } catch (LedgerException unreadable) {
            boolean refused = StorageFailure.in(unreadable).isPresent();
            return Optional.of(refused ? unreadable : new LedgerException("Damaged", RESTART, unreadable));
        }
    }

    private boolean sound() throws LedgerException {
        Optional<ObjectId> local = local();
        return local.isEmpty() || whole(local.get(), remote.known());
    }

    private void mend() throws LedgerException, InterruptedException {
        try {
            mirror.repair();
        } catch (Source.SourceException unable) {
            LOG.warn("The mirror cannot be mended whole now reason={}", unable.getMessage());
        }
        Optional<ObjectId> local = local();
        if (local.isEmpty() || whole(local.get(), remote.known())) {
            return;
        }
        Optional<ObjectId> newest = newestWhole(local.get());
        String lost = "the newest entries of the record, from "
                + newest.map(ObjectId::name).orElse("its beginning") + " to "
                + local.get().name() + ", were damaged before they were pushed, and are lost";
        LOG.error("{}", lost);
        try {
            if (newest.isPresent()) {
                commits.advance(local, newest.get());
            } else {
                mirror.removeRef(ref);
            }
        } catch (IOException | Source.SourceException broken) {
            throw LedgerStorage.failure("The ledger's branch in the mirror cannot move", broken);
        }
        mirror.note(lost);
    }

    private Optional<ObjectId> local() throws LedgerException {
        try {
            return mirror.ref(ref);
        } catch (Source.SourceException broken) {
            throw new LedgerException("Damaged", "The ledger's branch in the mirror cannot be read.", broken);
        }
    }

    private Optional<ObjectId> newestWhole(ObjectId head) throws LedgerException {
        Optional<ObjectId> pushed = remote.known();
        Optional<ObjectId> next = parent(head);
        while (next.isPresent() && !next.equals(pushed) && !whole(next.get(), pushed)) {
            next = parent(next.get());
        }
        Optional<ObjectId> found = next.or(() -> pushed);
        return found.isPresent() && whole(found.get(), Optional.empty()) ? found : Optional.empty();
    }

    private Optional<ObjectId> parent(ObjectId commit) {
        try (RevWalk walk = new RevWalk(repository)) {
            RevCommit parsed = walk.parseCommit(commit);
            return parsed.getParentCount() == 0
                    ? Optional.empty()
                    : Optional.of(parsed.getParent(0).copy());
        } catch (IOException lost) {
            LOG.debug("A commit of the ledger is lost commit={}", commit.name(), lost);
            return Optional.empty();
        }
    }

    /** Whether everything can be read that leads to a commit, from another one on; what may not be read is not damaged. */
    private boolean whole(ObjectId head, Optional<ObjectId> from) throws LedgerException {
        try {
            mirror.read(head, from);
            return true;
        } catch (IOException damaged) {
            if (StorageFailure.in(damaged).isPresent()) {
                throw LedgerStorage.failure("The ledger cannot be read from the mirror", damaged);
            }
            LOG.warn("The ledger at {} cannot be read whole: {}", head.name(), damaged.getMessage());
            return false;
        }
    }
}
