package dev.plumbline.reconciler.ledger.git;

import dev.plumbline.reconciler.ledger.Holder;
import dev.plumbline.reconciler.ledger.Ledger.LedgerException;
import dev.plumbline.reconciler.ledger.state.LedgerState;
import dev.plumbline.reconciler.signing.SigningException;
import dev.plumbline.reconciler.source.Source;
import dev.plumbline.reconciler.source.Writer.PushOutcome;
import dev.plumbline.reconciler.source.mirror.Mirror;
import dev.plumbline.schemas.fault.Failpoint;
import java.io.IOException;
import java.util.Optional;
import org.eclipse.jgit.lib.ObjectId;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Opens a ledger: brings mirror and remote together and settles who holds it. Taking it is what waits for the remote; a
 * holder that comes back goes on without.
 */
final class LedgerOpening {
    private static final Logger LOG = LoggerFactory.getLogger(LedgerOpening.class);

    /** A holder that still works writes on while it is displaced: whoever takes over must win one race only. */
    private static final int TRIES = 30;

    private static final String LAST_START = "refs/plumbline/last-start";

    private final Mirror mirror;
    private final LedgerSettings settings;
    private final LedgerRemote remote;
    private final LedgerCommits commits;
    private final LedgerTrust trust;
    private final LedgerRewind rewind;
    private final LedgerLoader loader;
    private final LedgerHistory history;
    private final Incarnation incarnation;

    LedgerOpening(
            Mirror mirror,
            LedgerSettings settings,
            LedgerRemote remote,
            LedgerCommits commits,
            LedgerTrust trust,
            LedgerRewind rewind,
            Incarnation incarnation) {
        this.mirror = mirror;
        this.settings = settings;
        this.remote = remote;
        this.commits = commits;
        this.trust = trust;
        this.rewind = rewind;
        this.loader = new LedgerLoader(mirror.repository());
        this.history = new LedgerHistory(mirror.repository());
        this.incarnation = incarnation;
    }

    /**
     * A ledger that is ours, as it is.
     *
     * @param fence why nothing is to be recorded for now, though it is
     * @param unannounced whether the remote answers, and has not been told of this start
     */
    record Opened(
            ObjectId head,
            LedgerTree tree,
            LedgerState state,
            Holder holder,
            Optional<LedgerException> fence,
            boolean unannounced) {}

    Opened open(boolean takeOver) throws LedgerException, InterruptedException {
        Optional<ObjectId> local = local();
        Optional<ObjectId> there;
        try {
            rewind.fetch();
            there = remote.fetch();
        } catch (LedgerException failed) {
            return fromMirror(local, failed);
        }
        for (int attempt = 1; ; attempt++) {
            try {
                return settle(local, there, takeOver);
            } catch (Moved moved) {
                if (attempt == TRIES) {
                    throw moved.busy()
                            .orElseGet(() -> new LedgerException(
                                    "Fenced",
                                    "Others keep writing the ledger of " + remote.name() + "; try again.",
                                    moved));
                }
                there = remote.fetch();
            }
        }
    }

    /** Without a remote that can be followed the ledger is what the mirror holds, if that is ours. */
    private Opened fromMirror(Optional<ObjectId> local, LedgerException failed) throws LedgerException {
        boolean foreign = failed.reason().equals(LedgerTrust.FOREIGN);
        if (local.isEmpty()
                || !(foreign || failed.reason().equals("Unreachable"))
                || !isOurs(loader.holder(local.get()))) {
            throw failed;
        }
        LOG.warn("The ledger goes on from the mirror until its remote can be followed reason={}", failed.getMessage());
        return started(local, local.get(), foreign ? Optional.of(failed) : Optional.empty(), false);
    }

    /**
     * Why nothing is to be recorded after this head, though it is ours: it was written before there was a key, or records are
     * missing from it.
     */
    private Optional<LedgerException> distrusted(ObjectId head) throws LedgerException {
        try {
            trust.check(head, Optional.empty());
            return rewind.lost(Optional.of(head));
        } catch (LedgerException untrusted) {
            if (!untrusted.reason().equals(LedgerTrust.FOREIGN)) {
                throw untrusted;
            }
            return Optional.of(untrusted);
        }
    }

    private Opened settle(Optional<ObjectId> local, Optional<ObjectId> there, boolean takeOver)
            throws LedgerException, InterruptedException, Moved {
        rewind.requireKin(local, there);
        Optional<ObjectId> base = there.or(() -> local);
        Optional<Holder> holder = base.isPresent() ? loader.holder(base.get()) : Optional.empty();
        if (base.isPresent() && isOurs(holder)) {
            return trust.accepts(base.get())
                    ? take(local, ahead(there, local) ? there : local, there.isEmpty(), holder)
                    : resume(local, there, takeOver, holder.get());
        }
        if (holder.isPresent() && !takeOver) {
            throw incarnation.held(holder.get(), history.time(base.get()));
        }
        if (base.isPresent()) {
            trust.check(base.get(), Optional.empty());
        }
        rewind.check(base);
        return take(local, base, there.isEmpty(), holder);
    }

    /**
     * Ours already: whichever line is ahead, and ours where they parted, which is brought together later. What a copy of this
     * folder wrote is not ours.
     */
    private Opened resume(Optional<ObjectId> local, Optional<ObjectId> there, boolean takeOver, Holder holder)
            throws LedgerException, InterruptedException, Moved {
        if (there.isEmpty() || local.isEmpty() || history.startedIn(local.get(), there.get(), holder)) {
            boolean ahead = there.isPresent() && (local.isEmpty() || history.contains(there.get(), local.get()));
            ObjectId head = ahead ? there.get() : local.orElseThrow();
            return rewind.accepts(head)
                    ? take(local, Optional.of(head), there.isEmpty(), loader.holder(head))
                    : started(local, head, Optional.empty(), true);
        }
        if (!takeOver && !isOurLast(holder)) {
            throw incarnation.held(holder, history.time(there.get()));
        }
        rewind.check(there);
        return take(local, there, false, Optional.of(holder));
    }

    /** Whether the start that holds the ledger is the last that was begun here, and ended before the mirror followed. */
    private boolean isOurLast(Holder holder) throws LedgerException {
        try {
            Optional<ObjectId> last = mirror.ref(LAST_START);
            return last.isPresent()
                    && loader.holder(last.get()).filter(holder::sameStart).isPresent();
        } catch (Source.SourceException broken) {
            throw LedgerStorage.failure("The mirror's last start cannot be read", broken);
        }
    }

    /** Goes on after a head of ours, by a commit that says which start does, unless nothing may be written after it. */
    private Opened started(
            Optional<ObjectId> local, ObjectId head, Optional<LedgerException> fence, boolean unannounced)
            throws LedgerException {
        Optional<LedgerException> distrust = distrusted(head);
        if (distrust.isPresent()) {
            if (!local.equals(Optional.of(head))) {
                advance(local, head);
            }
            return opened(head, fence.or(() -> distrust), false);
        }
        try {
            LedgerLoader.Loaded loaded = loader.load(head);
            Holder holder = incarnation.after(loaded.holder());
            LedgerCommits.Written written = commits.goOn(head, loaded.tree(), holder);
            advance(local, written.commit());
            return new Opened(written.commit(), written.tree(), loaded.state(), holder, fence, unannounced);
        } catch (SigningException unsigned) {
            throw new LedgerException("Signing", unsigned.getMessage() + " The ledger was not opened.", unsigned);
        } catch (IOException broken) {
            throw LedgerStorage.failure("The ledger cannot be written into the mirror", broken);
        }
    }

    /** Whether the remote holds something that the mirror does not. */
    private boolean ahead(Optional<ObjectId> there, Optional<ObjectId> local) throws LedgerException {
        return there.isPresent() && (local.isEmpty() || !history.contains(local.get(), there.get()));
    }

    private Opened take(Optional<ObjectId> local, Optional<ObjectId> base, boolean fresh, Optional<Holder> former)
            throws LedgerException, InterruptedException, Moved {
        Holder holder = incarnation.after(former);
        try {
            if (local.isPresent() && !local.equals(base)) {
                mirror.setRef("refs/plumbline/kept/" + local.get().name(), local.get());
            }
            LedgerTree tree = base.isPresent() ? loader.load(base.get()).tree() : LedgerTree.empty();
            LedgerCommits.Written written = commits.hold(base, tree, holder, subject(holder, base));
            mirror.setRef(LAST_START, written.commit());
            Failpoint.TAKEOVER_COMMITTED.hit();
            publish(written.commit(), fresh);
            Failpoint.TAKEOVER_PUSHED.hit();
            advance(local, written.commit());
            if (base.isPresent() && rewind.accepts(base.get())) {
                rewind.settled(written.commit());
            }
            return opened(written.commit(), Optional.empty(), false);
        } catch (SigningException unsigned) {
            throw new LedgerException("Signing", unsigned.getMessage() + " The ledger was not taken.", unsigned);
        } catch (IOException | Source.SourceException broken) {
            throw LedgerStorage.failure("The ledger cannot be written into the mirror", broken);
        }
    }

    private String subject(Holder holder, Optional<ObjectId> base) throws LedgerException {
        String taken = "Take epoch " + holder.epoch() + " for " + holder.name();
        return base.isPresent() && (trust.accepts(base.get()) || rewind.accepts(base.get()))
                ? taken + " and accept the record at " + base.get().name()
                : taken;
    }

    private void publish(ObjectId commit, boolean fresh) throws LedgerException, InterruptedException, Moved {
        switch (remote.push(commit, fresh)) {
            case PushOutcome.Accepted accepted -> LOG.info("The ledger is held by this control plane");
            case PushOutcome.Raced raced -> throw new Moved(Optional.empty());
            case PushOutcome.Refused(String words) ->
                throw new LedgerException(
                        "Refused",
                        remote.name() + " does not take the ledger (branch " + settings.branch() + "): " + words);
            // It was read a moment ago: who is displaced may hold the branch's lock while it pushes. A remote that went
            // away is found away by the next fetch.
            case PushOutcome.Unreachable(String message) ->
                throw new Moved(Optional.of(new LedgerException("Unreachable", message)));
        }
    }

    private Opened opened(ObjectId head, Optional<LedgerException> fence, boolean unannounced) throws LedgerException {
        LedgerLoader.Loaded loaded = loader.load(head);
        return new Opened(
                head,
                loaded.tree(),
                loaded.state(),
                loaded.holder().orElseThrow(() -> new LedgerException("Damaged", "The ledger names no holder.")),
                fence,
                unannounced);
    }

    private void advance(Optional<ObjectId> from, ObjectId to) throws LedgerException {
        try {
            commits.advance(from, to);
        } catch (IOException broken) {
            throw LedgerStorage.failure("The ledger's branch in the mirror cannot move", broken);
        }
    }

    private Optional<ObjectId> local() throws LedgerException {
        try {
            return mirror.ref(LedgerRemote.ref(settings.branch()));
        } catch (Source.SourceException broken) {
            throw LedgerStorage.failure("The ledger's branch in the mirror cannot be read", broken);
        }
    }

    private boolean isOurs(Optional<Holder> holder) {
        return holder.map(incarnation::isOfThisFolder).orElse(false);
    }

    /** The remote's ledger moved while it was being taken, or could not be moved just then. */
    private static final class Moved extends Exception {
        private final transient Optional<LedgerException> busy;

        Moved(Optional<LedgerException> busy) {
            super("the remote's ledger moved");
            this.busy = busy;
        }

        Optional<LedgerException> busy() {
            return busy;
        }
    }
}
