package dev.plumbline.reconciler.ledger;

import dev.plumbline.reconciler.source.Mirror;
import java.time.Clock;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;
import java.util.random.RandomGenerator;

/**
 * The ledger as a branch of the followed repository. Transitions that arrive while a commit is being written are written
 * together by the next one (group commit); commits are pushed in batches behind. A {@code record} whose thread is
 * interrupted may or may not have been recorded.
 */
public final class GitLedger implements Ledger {
    private final LedgerWriter writer;
    private final LedgerPusher pusher;

    private GitLedger(LedgerWriter writer, LedgerPusher pusher) {
        this.writer = writer;
        this.pusher = pusher;
    }

    /**
     * Opens the ledger of the mirror's repository, making it when there is none, and takes it when nobody holds it.
     *
     * @param takeOver whether to take it from another holder
     * @throws LedgerException {@code Fenced} when another control plane holds it, {@code Unreachable} when the remote is
     *     needed for taking it and does not answer, {@code Refused} when the remote will not have it
     */
    public static GitLedger open(
            Mirror mirror, LedgerSettings settings, boolean takeOver, Clock clock, RandomGenerator random)
            throws LedgerException, InterruptedException {
        return open(mirror, settings, takeOver, clock, random, HeadLimits.standard());
    }

    static GitLedger open(
            Mirror mirror,
            LedgerSettings settings,
            boolean takeOver,
            Clock clock,
            RandomGenerator random,
            HeadLimits limits)
            throws LedgerException, InterruptedException {
        LedgerRemote remote = new LedgerRemote(mirror, settings.branch());
        LedgerCommits commits =
                new LedgerCommits(mirror, LedgerRemote.ref(settings.branch()), settings.committer(), clock);
        LedgerOpening.Opened opened = new LedgerOpening(mirror, settings, remote, commits, clock).open(takeOver);
        LedgerWriter writer = new LedgerWriter(mirror.repository(), remote, commits, settings, limits, opened);
        LedgerPusher pusher =
                new LedgerPusher(mirror.repository(), remote, writer, settings.pushDelay(), clock, random);
        writer.start(pusher::changed);
        pusher.start();
        return new GitLedger(writer, pusher);
    }

    @Override
    public LedgerView view() {
        return writer.state();
    }

    /** How the record stands with the remote. */
    public LedgerHealth health() {
        return pusher.health();
    }

    @Override
    public void record(Transition transition) throws LedgerException, InterruptedException {
        await(writer.submit(new LedgerWriter.Work.Recording(transition, new CompletableFuture<>())));
    }

    @Override
    public void recordUnique(Function<LedgerView, Transition> decide) throws LedgerException, InterruptedException {
        await(writer.submit(new LedgerWriter.Work.Unique(decide, new CompletableFuture<>())));
    }

    @Override
    public void forgetEndpoint(String serving) throws LedgerException, InterruptedException {
        await(writer.submit(new LedgerWriter.Work.Forgetting(serving, new CompletableFuture<>())));
    }

    private static void await(LedgerWriter.Work work) throws LedgerException, InterruptedException {
        try {
            work.done().get();
        } catch (ExecutionException failed) {
            if (failed.getCause() instanceof LedgerException known) {
                throw new LedgerException(known.reason(), known.getMessage(), known);
            }
            if (failed.getCause() instanceof RuntimeException wrong) {
                throw wrong;
            }
            throw new LedgerException("Storage", "The ledger could not record it.", failed);
        }
    }

    @Override
    public void close() {
        writer.close();
        pusher.close();
    }
}
