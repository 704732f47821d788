package dev.plumbline.reconciler.ledger.git;

import dev.plumbline.reconciler.ledger.Holder;
import dev.plumbline.reconciler.ledger.Ledger.LedgerException;
import dev.plumbline.reconciler.ledger.state.LedgerState;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import org.eclipse.jgit.internal.storage.file.FileRepository;
import org.eclipse.jgit.lib.ObjectId;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The one thread that commits to the ledger: it takes all that waits and writes it as one commit. */
final class LedgerWriter implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LedgerWriter.class);
    private static final int LARGEST_GROUP = 256;

    private final LinkedBlockingQueue<LedgerWork<?>> queue = new LinkedBlockingQueue<>();
    private final LedgerHead head;
    private final LedgerAlignment alignment;
    private final LedgerPublishing publishing;
    private final Thread thread = Thread.ofPlatform().name("ledger-writer").unstarted(this::run);
    private volatile boolean closed;
    private volatile Runnable changed = () -> {};

    LedgerWriter(
            FileRepository repository,
            LedgerHead head,
            LedgerRemote remote,
            LedgerRewind rewind,
            String branch,
            Incarnation incarnation) {
        this.head = head;
        this.alignment = new LedgerAlignment(repository, head, remote, rewind, incarnation, this::changed);
        this.publishing = new LedgerPublishing(head, remote, alignment, branch, this::changed);
    }

    void start(Runnable whenChanged) {
        changed = whenChanged;
        thread.start();
    }

    private void changed() {
        changed.run();
    }

    LedgerState state() {
        return head.state();
    }

    ObjectId head() {
        return head.commit();
    }

    Holder holder() {
        return head.holder();
    }

    /** Why nothing is recorded any more: another control plane has taken over. */
    Optional<LedgerException> fence() {
        return head.fence();
    }

    <T> CompletableFuture<T> submit(LedgerWork<T> work) {
        if (closed) {
            work.done().completeExceptionally(new LedgerException("Storage", "The ledger is closed."));
        } else {
            queue.add(work);
        }
        return work.done();
    }

    private void run() {
        List<LedgerWork<?>> group = new ArrayList<>();
        try {
            do {
                group.clear();
                group.add(queue.take());
                queue.drainTo(group, LARGEST_GROUP - 1);
            } while (handle(group));
        } catch (InterruptedException stopped) {
            LOG.debug("The ledger's writer was stopped");
        } finally {
            closed = true;
            queue.drainTo(group);
            LedgerWork.fail(group, new LedgerException("Storage", "The ledger is closed."));
        }
    }

    /**
     * Does all that waits. Nobody who waits knows of the others, so their order is ours to choose: what is recorded here
     * alone waits for no remote, and what needs the remote goes there together.
     */
    private boolean handle(List<LedgerWork<?>> group) throws InterruptedException {
        commit(only(LedgerWork.Recording.class, group));
        List<LedgerWork.Numbering> numbering = only(LedgerWork.Numbering.class, group);
        if (!numbering.isEmpty()) {
            publishing.together(numbering);
        }
        for (LedgerWork.Moving moving : only(LedgerWork.Moving.class, group)) {
            publishing.alone(moving);
        }
        for (LedgerWork.Aligning aligning : only(LedgerWork.Aligning.class, group)) {
            align(aligning);
        }
        List<LedgerWork.Ending> ending = only(LedgerWork.Ending.class, group);
        ending.forEach(each -> each.done().complete(null));
        return ending.isEmpty();
    }

    private static <W extends LedgerWork<?>> List<W> only(Class<W> kind, List<LedgerWork<?>> group) {
        return group.stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    private void align(LedgerWork.Aligning aligning) throws InterruptedException {
        try {
            alignment.align();
            aligning.done().complete(null);
        } catch (LedgerException | RuntimeException failed) {
            aligning.done().completeExceptionally(failed);
        }
    }

    private void commit(List<LedgerWork.Recording> waiting) {
        if (waiting.isEmpty()) {
            return;
        }
        Optional<LedgerException> fence = head.fence();
        if (fence.isPresent()) {
            LedgerWork.fail(waiting, fence.get());
            return;
        }
        LedgerEdit edit = head.edit();
        List<LedgerWork.Recording> taken = new ArrayList<>();
        List<String> subjects = new ArrayList<>();
        for (LedgerWork.Recording recording : waiting) {
            try {
                edit.record(recording.transition());
                subjects.add(recording.transition().subject());
                taken.add(recording);
            } catch (RuntimeException wrong) {
                recording.done().completeExceptionally(wrong);
            }
        }
        if (taken.isEmpty()) {
            return;
        }
        try {
            head.advance(List.of(head.commit()), edit, subjects);
            taken.forEach(recording -> recording.done().complete(null));
            changed();
        } catch (LedgerException failed) {
            LedgerWork.fail(taken, failed);
        }
    }

    @Override
    public void close() {
        CompletableFuture<Void> ending = submit(new LedgerWork.Ending(new CompletableFuture<>()));
        try {
            thread.join();
        } catch (InterruptedException stopped) {
            thread.interrupt();
            Thread.currentThread().interrupt();
        }
        LOG.debug("The ledger's writer ended orderly={}", !ending.isCompletedExceptionally());
    }
}
