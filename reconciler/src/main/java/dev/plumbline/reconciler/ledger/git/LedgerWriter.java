package dev.plumbline.reconciler.ledger.git;

import dev.plumbline.reconciler.ledger.Entry;
import dev.plumbline.reconciler.ledger.Holder;
import dev.plumbline.reconciler.ledger.Ledger;
import dev.plumbline.reconciler.ledger.Ledger.LedgerException;
import dev.plumbline.reconciler.ledger.LedgerView;
import dev.plumbline.reconciler.ledger.Transition;
import dev.plumbline.reconciler.ledger.state.HeadLimits;
import dev.plumbline.reconciler.ledger.state.LedgerState;
import dev.plumbline.reconciler.signing.SigningException;
import dev.plumbline.reconciler.source.Writer.PushOutcome;
import dev.plumbline.schemas.fault.Failpoint;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Function;
import org.eclipse.jgit.internal.storage.file.FileRepository;
import org.eclipse.jgit.lib.ObjectId;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The one thread that commits to the ledger: it takes all that waits and writes it as one commit. */
final class LedgerWriter implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LedgerWriter.class);
    private static final int LARGEST_GROUP = 256;
    private static final int TRIES = 3;

    private final LinkedBlockingQueue<Work<?>> queue = new LinkedBlockingQueue<>();
    private final LedgerRemote remote;
    private final LedgerCommits commits;
    private final LedgerSettings settings;
    private final HeadLimits limits;
    private final LedgerLoader loader;
    private final LedgerHistory history;
    private final Thread thread = Thread.ofPlatform().name("ledger-writer").unstarted(this::run);
    private volatile Current current;
    private volatile Optional<LedgerException> fence = Optional.empty();
    private volatile boolean closed;
    private Runnable changed = () -> {};

    LedgerWriter(
            FileRepository repository,
            LedgerRemote remote,
            LedgerCommits commits,
            LedgerSettings settings,
            HeadLimits limits,
            LedgerOpening.Opened opened) {
        this.remote = remote;
        this.commits = commits;
        this.settings = settings;
        this.limits = limits;
        this.loader = new LedgerLoader(repository);
        this.history = new LedgerHistory(repository);
        this.current = new Current(opened.head(), opened.tree(), opened.state(), opened.holder());
        this.fence = opened.fence();
    }

    private record Current(ObjectId head, LedgerTree tree, LedgerState state, Holder holder) {}

    /** Something to do for a waiting caller. */
    sealed interface Work<T> {
        CompletableFuture<T> done();

        record Recording(Transition transition, CompletableFuture<Void> done) implements Work<Void> {}

        /** Alone, and pushed before it counts. */
        record Moving(Function<LedgerView, Transition> decide, Ledger.Move move, CompletableFuture<PushOutcome> done)
                implements Work<PushOutcome> {}

        /** The remote is not where we left it: find out why. */
        record Aligning(CompletableFuture<Void> done) implements Work<Void> {}

        record Ending(CompletableFuture<Void> done) implements Work<Void> {}
    }

    void start(Runnable whenChanged) {
        changed = whenChanged;
        thread.start();
    }

    LedgerState state() {
        return current.state();
    }

    ObjectId head() {
        return current.head();
    }

    Holder holder() {
        return current.holder();
    }

    /** Why nothing is recorded any more: another control plane has taken over. */
    Optional<LedgerException> fence() {
        return fence;
    }

    <T> CompletableFuture<T> submit(Work<T> work) {
        if (closed) {
            work.done().completeExceptionally(new LedgerException("Storage", "The ledger is closed."));
        } else {
            queue.add(work);
        }
        return work.done();
    }

    private void run() {
        try {
            while (true) {
                List<Work<?>> group = new ArrayList<>(List.of(queue.take()));
                queue.drainTo(group, LARGEST_GROUP - 1);
                if (!handle(group)) {
                    return;
                }
            }
        } catch (InterruptedException stopped) {
            LOG.debug("The ledger's writer was stopped");
        } finally {
            closed = true;
            List<Work<?>> rest = new ArrayList<>();
            queue.drainTo(rest);
            fail(rest, new LedgerException("Storage", "The ledger is closed."));
        }
    }

    /** Writes the group in the order in which it came; what stands alone splits it. */
    private boolean handle(List<Work<?>> group) throws InterruptedException {
        List<Work<?>> together = new ArrayList<>();
        for (Work<?> work : group) {
            switch (work) {
                case Work.Recording recording -> together.add(recording);
                case Work.Moving moving -> {
                    commit(together);
                    attempt(moving, () -> move(moving));
                }
                case Work.Aligning aligning -> {
                    commit(together);
                    attempt(aligning, () -> {
                        align();
                        return null;
                    });
                }
                case Work.Ending ending -> {
                    commit(together);
                    ending.done().complete(null);
                    return false;
                }
            }
        }
        commit(together);
        return true;
    }

    private interface Step<T extends @Nullable Object> {
        T run() throws LedgerException, InterruptedException;
    }

    private static <T> void attempt(Work<T> work, Step<? extends @Nullable T> step) throws InterruptedException {
        try {
            work.done().complete(step.run());
        } catch (LedgerException | RuntimeException failed) {
            work.done().completeExceptionally(failed);
        }
    }

    private void commit(List<Work<?>> group) {
        if (group.isEmpty()) {
            return;
        }
        List<Work<?>> waiting = List.copyOf(group);
        group.clear();
        if (fence.isPresent()) {
            fail(waiting, fence.get());
            return;
        }
        LedgerEdit edit = new LedgerEdit(current.state(), limits);
        List<Work<?>> taken = new ArrayList<>();
        List<String> subjects = new ArrayList<>();
        for (Work<?> work : waiting) {
            try {
                subjects.add(apply(edit, work));
                taken.add(work);
            } catch (RuntimeException wrong) {
                work.done().completeExceptionally(wrong);
            }
        }
        if (taken.isEmpty()) {
            return;
        }
        try {
            advance(List.of(current.head()), edit, subjects);
            taken.forEach(work -> work.done().complete(null));
            changed.run();
        } catch (LedgerException failed) {
            fail(taken, failed);
        }
    }

    private static String apply(LedgerEdit edit, Work<?> work) {
        return switch (work) {
            case Work.Recording recording -> {
                edit.record(recording.transition());
                yield recording.transition().subject();
            }
            case Work.Moving moving -> throw new IllegalStateException("stands alone");
            case Work.Aligning aligning -> throw new IllegalStateException("stands alone");
            case Work.Ending ending -> throw new IllegalStateException("stands alone");
        };
    }

    private void advance(List<ObjectId> parents, LedgerEdit edit, List<String> subjects) throws LedgerException {
        try {
            LedgerEdit.Result result = edit.finish();
            LedgerCommits.Written written = commits.write(parents, current.tree(), result.files(), subjects);
            Failpoint.LEDGER_COMMITTED.hit();
            commits.advance(Optional.of(current.head()), written.commit());
            Failpoint.LEDGER_MOVED.hit();
            current = new Current(written.commit(), written.tree(), result.state(), current.holder());
        } catch (IOException broken) {
            throw storage(broken);
        }
    }

    private PushOutcome move(Work.Moving moving) throws LedgerException, InterruptedException {
        for (int attempt = 1; ; attempt++) {
            if (fence.isPresent()) {
                throw fence.get();
            }
            LedgerEdit edit = new LedgerEdit(current.state(), limits);
            Transition transition = moving.decide().apply(current.state());
            edit.record(transition);
            PushOutcome outcome = publish(edit, transition, moving.move());
            boolean moved = outcome instanceof PushOutcome.Raced(String branch) && branch.equals(settings.branch());
            if (!moved || attempt == TRIES) {
                return outcome;
            }
            align();
        }
    }

    /** Commits, pushes, and only then makes it ours. */
    private PushOutcome publish(LedgerEdit edit, Transition transition, Ledger.Move move)
            throws LedgerException, InterruptedException {
        try {
            LedgerEdit.Result result = edit.finish();
            LedgerCommits.Written written = commits.write(
                    List.of(current.head()), current.tree(), result.files(), List.of(transition.subject()));
            Failpoint.LEDGER_MOVE_COMMITTED.hit();
            PushOutcome outcome = remote.push(written.commit(), false, move);
            if (outcome instanceof PushOutcome.Accepted) {
                Failpoint.LEDGER_MOVE_PUSHED.hit();
                commits.advance(Optional.of(current.head()), written.commit());
                current = new Current(written.commit(), written.tree(), result.state(), current.holder());
                changed.run();
            }
            return outcome;
        } catch (IOException broken) {
            throw storage(broken);
        }
    }

    /**
     * The remote is not where we left it. Another holder there fences us; a commit of our own, whose push we took for
     * failed, is taken in.
     */
    private void align() throws LedgerException, InterruptedException {
        Optional<ObjectId> there = fetched();
        if (there.isEmpty()) {
            restore();
            return;
        }
        Optional<Holder> holder = loader.holder(there.get());
        if (holder.isEmpty()
                || !holder.get().holder().equals(settings.holder())
                || holder.get().epoch() != current.holder().epoch()) {
            LedgerException fenced = LedgerOpening.fenced(holder.orElse(current.holder()), history.time(there.get()));
            fence = Optional.of(fenced);
            throw fenced;
        }
        if (history.contains(current.head(), there.get())) {
            return;
        }
        try {
            if (history.contains(there.get(), current.head())) {
                LedgerLoader.Loaded loaded = loader.load(there.get());
                commits.advance(Optional.of(current.head()), there.get());
                current = new Current(there.get(), loaded.tree(), loaded.state(), holder.get());
                return;
            }
        } catch (IOException broken) {
            throw storage(broken);
        }
        LedgerEdit edit = new LedgerEdit(current.state(), limits);
        List<Entry> missed = history.missed(current.head(), there.get());
        if (!missed.isEmpty()) {
            edit.record(new Transition("Take in", missed));
        }
        advance(List.of(current.head(), there.get()), edit, List.of("Take in what the remote already held"));
        changed.run();
    }

    /** Where the remote stands; a head that nobody trusts stops us until it is gone. */
    private Optional<ObjectId> fetched() throws LedgerException, InterruptedException {
        try {
            Optional<ObjectId> there = remote.fetch();
            if (fence.filter(known -> known.reason().equals(LedgerTrust.FOREIGN))
                    .isPresent()) {
                LOG.info("The ledger at the remote is a trusted one again remote={}", remote.name());
                fence = Optional.empty();
                changed.run();
            }
            return there;
        } catch (LedgerException failed) {
            if (failed.reason().equals(LedgerTrust.FOREIGN)) {
                fence = Optional.of(failed);
            }
            throw failed;
        }
    }

    /** The remote lost the branch; the mirror has it. */
    private void restore() throws LedgerException, InterruptedException {
        LOG.warn("The remote has lost the ledger's branch, which is pushed again remote={}", remote.name());
        switch (remote.push(current.head(), true)) {
            case PushOutcome.Accepted accepted -> changed.run();
            case PushOutcome.Raced raced ->
                throw new LedgerException("Unreachable", "The ledger's branch was pushed by another at the same time.");
            case PushOutcome.Refused(String words) -> throw new LedgerException("Refused", words);
            case PushOutcome.Unreachable(String message) -> throw new LedgerException("Unreachable", message);
        }
    }

    private static LedgerException storage(IOException cause) {
        if (cause instanceof SigningException) {
            return new LedgerException("Signing", cause.getMessage() + " Nothing was recorded.", cause);
        }
        return new LedgerException(
                "Storage",
                "The ledger cannot be written into the state folder (" + cause.getMessage()
                        + "). Nothing was recorded; make room or mend the disk.",
                cause);
    }

    private static void fail(List<? extends Work<?>> works, Exception failure) {
        works.forEach(work -> work.done().completeExceptionally(failure));
    }

    @Override
    public void close() {
        CompletableFuture<Void> ending = submit(new Work.Ending(new CompletableFuture<>()));
        try {
            thread.join();
        } catch (InterruptedException stopped) {
            thread.interrupt();
            Thread.currentThread().interrupt();
        }
        LOG.debug("The ledger's writer ended orderly={}", !ending.isCompletedExceptionally());
    }
}
