package dev.plumbline.reconciler.ledger.git;

import dev.plumbline.reconciler.ledger.Holder;
import dev.plumbline.reconciler.ledger.Ledger.LedgerException;
import dev.plumbline.reconciler.ledger.state.HeadLimits;
import dev.plumbline.reconciler.ledger.state.LedgerState;
import dev.plumbline.reconciler.signing.SigningException;
import dev.plumbline.schemas.fault.Failpoint;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.eclipse.jgit.lib.ObjectId;

/** Where the ledger stands here, and why it may not go on. The ledger's one thread moves it; any thread may read it. */
final class LedgerHead {
    private final LedgerCommits commits;
    private final HeadLimits limits;
    private volatile Current current;
    private volatile Optional<LedgerException> fence;

    LedgerHead(LedgerCommits commits, HeadLimits limits, LedgerOpening.Opened opened) {
        this.commits = commits;
        this.limits = limits;
        this.current = new Current(opened.head(), opened.tree(), opened.state(), opened.holder());
        this.fence = opened.fence();
    }

    private record Current(ObjectId head, LedgerTree tree, LedgerState state, Holder holder) {}

    /** A commit that is on the disk and does not count yet. */
    record Prepared(LedgerCommits.Written written, LedgerState state) {}

    LedgerState state() {
        return current.state();
    }

    ObjectId commit() {
        return current.head();
    }

    Holder holder() {
        return current.holder();
    }

    /** Why nothing is recorded any more: another control plane has taken over. */
    Optional<LedgerException> fence() {
        return fence;
    }

    void fence(Optional<LedgerException> why) {
        fence = why;
    }

    LedgerEdit edit() {
        return new LedgerEdit(current.state(), limits);
    }

    /** Commits the edit over the head and moves nothing. */
    Prepared prepare(LedgerEdit edit, List<String> subjects) throws LedgerException {
        return prepare(List.of(current.head()), edit, subjects);
    }

    private Prepared prepare(List<ObjectId> parents, LedgerEdit edit, List<String> subjects) throws LedgerException {
        try {
            LedgerEdit.Result result = edit.finish();
            return new Prepared(commits.write(parents, current.tree(), result.files(), subjects), result.state());
        } catch (IOException broken) {
            throw storage(broken);
        }
    }

    /** From now on the commit counts. */
    void take(Prepared prepared) throws LedgerException {
        try {
            commits.advance(Optional.of(current.head()), prepared.written().commit());
            current = new Current(
                    prepared.written().commit(), prepared.written().tree(), prepared.state(), current.holder());
        } catch (IOException broken) {
            throw storage(broken);
        }
    }

    /** Commits the edit over these parents, and makes it count. */
    void advance(List<ObjectId> parents, LedgerEdit edit, List<String> subjects) throws LedgerException {
        Prepared prepared = prepare(parents, edit, subjects);
        Failpoint.LEDGER_COMMITTED.hit();
        take(prepared);
        Failpoint.LEDGER_MOVED.hit();
    }

    /** From now on this start holds the ledger. */
    void hold(Holder holder) throws LedgerException {
        try {
            LedgerCommits.Written written = commits.goOn(current.head(), current.tree(), holder);
            commits.advance(Optional.of(current.head()), written.commit());
            current = new Current(written.commit(), written.tree(), current.state(), holder);
        } catch (IOException broken) {
            throw storage(broken);
        }
    }

    /** Another commit counts, which holds ours. */
    void follow(ObjectId commit, LedgerLoader.Loaded loaded, Holder holder) throws LedgerException {
        try {
            commits.advance(Optional.of(current.head()), commit);
            current = new Current(commit, loaded.tree(), loaded.state(), holder);
        } catch (IOException broken) {
            throw storage(broken);
        }
    }

    private static LedgerException storage(IOException cause) {
        if (cause instanceof SigningException) {
            return new LedgerException("Signing", cause.getMessage() + " Nothing was recorded.", cause);
        }
        return LedgerStorage.failure(
                "Nothing was recorded, as the ledger cannot be written into the state folder", cause);
    }
}
