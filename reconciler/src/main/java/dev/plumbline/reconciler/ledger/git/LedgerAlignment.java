package dev.plumbline.reconciler.ledger.git;

import dev.plumbline.reconciler.ledger.Entry;
import dev.plumbline.reconciler.ledger.Holder;
import dev.plumbline.reconciler.ledger.Ledger.LedgerException;
import dev.plumbline.reconciler.ledger.Transition;
import dev.plumbline.reconciler.source.Writer.PushOutcome;
import java.util.List;
import java.util.Optional;
import org.eclipse.jgit.internal.storage.file.FileRepository;
import org.eclipse.jgit.lib.ObjectId;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds out why the remote is not where we left it. Another holder there fences us; a commit of our own, whose push we took
 * for failed, is taken in. For the ledger's one thread.
 */
final class LedgerAlignment {
    private static final Logger LOG = LoggerFactory.getLogger(LedgerAlignment.class);

    private final LedgerHead head;
    private final LedgerRemote remote;
    private final LedgerRewind rewind;
    private final Incarnation incarnation;
    private final LedgerLoader loader;
    private final LedgerHistory history;
    private final Runnable changed;

    /**
     * An alignment of this head with this remote.
     *
     * @param incarnation who we are
     * @param changed is told when there may be something to push
     */
    LedgerAlignment(
            FileRepository repository,
            LedgerHead head,
            LedgerRemote remote,
            LedgerRewind rewind,
            Incarnation incarnation,
            Runnable changed) {
        this.head = head;
        this.remote = remote;
        this.rewind = rewind;
        this.incarnation = incarnation;
        this.loader = new LedgerLoader(repository);
        this.history = new LedgerHistory(repository);
        this.changed = changed;
    }

    void align() throws LedgerException, InterruptedException {
        Optional<ObjectId> there = fetched();
        if (there.isEmpty()) {
            restore();
            return;
        }
        Optional<Holder> holds = loader.holder(there.get());
        if (holds.isEmpty() || !isOurs(holds.get(), there.get())) {
            LedgerException fenced = incarnation.displaced(holds.orElse(head.holder()), history.time(there.get()));
            head.fence(Optional.of(fenced));
            throw fenced;
        }
        if (history.contains(head.commit(), there.get())) {
            if (!there.get().equals(head.commit())) {
                // It was rewound: what it has lost is in the mirror.
                changed.run();
            }
            return;
        }
        if (history.contains(there.get(), head.commit())) {
            head.follow(there.get(), loader.load(there.get()), holds.get());
            return;
        }
        LedgerEdit edit = head.edit();
        List<Entry> missed = history.missed(head.commit(), there.get());
        if (!missed.isEmpty()) {
            edit.record(new Transition("Take in", missed));
        }
        head.advance(List.of(head.commit(), there.get()), edit, List.of("Take in what the remote already held"));
        changed.run();
    }

    /** Whether this start holds the ledger there, or the start that it goes on from and which has not been told. */
    private boolean isOurs(Holder holds, ObjectId there) throws LedgerException {
        return holds.sameStart(head.holder()) || history.startedIn(head.commit(), there, holds);
    }

    /** Where the remote stands; a head that nobody trusts, or that has lost records, stops us until it is gone. */
    private Optional<ObjectId> fetched() throws LedgerException, InterruptedException {
        try {
            boolean stopped = head.fence().filter(LedgerAlignment::ends).isPresent();
            if (stopped) {
                rewind.fetch();
            }
            Optional<ObjectId> there = remote.fetch();
            if (stopped) {
                remote.requireTrusted(head.commit());
                if (rewind.lost(there).isPresent()) {
                    rewind.check(Optional.of(head.commit()));
                }
                LOG.info("The ledger is a trusted one again remote={}", remote.name());
                if (!incarnation.is(head.holder())) {
                    head.hold(incarnation.after(Optional.of(head.holder())));
                }
                head.fence(Optional.empty());
                changed.run();
            }
            return there;
        } catch (LedgerException failed) {
            if (ends(failed)) {
                head.fence(Optional.of(failed));
            }
            throw failed;
        }
    }

    /** Whether what stops us ends when the remote holds another head. */
    private static boolean ends(LedgerException fence) {
        return fence.reason().equals(LedgerTrust.FOREIGN) || fence.reason().equals(LedgerRewind.REWOUND);
    }

    /** The remote lost the branch; the mirror has it. */
    private void restore() throws LedgerException, InterruptedException {
        LOG.warn("The remote has lost the ledger's branch, which is pushed again remote={}", remote.name());
        switch (remote.push(head.commit(), true)) {
            case PushOutcome.Accepted accepted -> changed.run();
            case PushOutcome.Raced raced ->
                throw new LedgerException("Unreachable", "The ledger's branch was pushed by another at the same time.");
            case PushOutcome.Refused(String words) -> throw new LedgerException("Refused", words);
            case PushOutcome.Unreachable(String message) -> throw new LedgerException("Unreachable", message);
        }
    }
}
