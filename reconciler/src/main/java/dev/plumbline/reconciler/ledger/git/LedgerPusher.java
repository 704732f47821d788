package dev.plumbline.reconciler.ledger.git;

import dev.plumbline.reconciler.ledger.Ledger.LedgerException;
import dev.plumbline.reconciler.ledger.LedgerHealth;
import dev.plumbline.reconciler.source.Writer.PushOutcome;
import dev.plumbline.schemas.fault.Failpoint;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.random.RandomGenerator;
import org.eclipse.jgit.internal.storage.file.FileRepository;
import org.eclipse.jgit.lib.ObjectId;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Pushes what was committed, many commits at a time, and tries again while the remote is away. Thread-safe. */
final class LedgerPusher implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LedgerPusher.class);
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(60);

    /** A holder that still works writes on until it looks: whoever starts from a copy must win one race only. */
    private static final int TRIES = 30;

    private static final Duration FIRST_WAIT = Duration.ofSeconds(1);
    private static final Duration QUIET = Duration.ofSeconds(10);
    private static final Duration FIRST_CHECKPOINT = Duration.ofMinutes(1);
    private static final Duration CHECKPOINTS = Duration.ofHours(1);

    private final LedgerRemote remote;
    private final LedgerWriter writer;
    private final LedgerHistory history;
    private final LedgerCheckpoints checkpoints;
    private final Duration delay;
    private final Clock clock;
    private final RandomGenerator random;
    private final ScheduledExecutorService timer;
    private final ReentrantLock pushing = new ReentrantLock();
    private volatile Optional<Instant> lastPushed = Optional.empty();
    private volatile Optional<String> error = Optional.empty();
    private Optional<ScheduledFuture<?>> next = Optional.empty();
    private Optional<ScheduledFuture<?>> rest = Optional.empty();
    private Optional<ScheduledFuture<?>> checkpoint = Optional.empty();
    private boolean closing;
    private int failures;

    LedgerPusher(
            FileRepository repository,
            LedgerRemote remote,
            LedgerWriter writer,
            LedgerCheckpoints checkpoints,
            Duration delay,
            Clock clock,
            RandomGenerator random,
            ScheduledExecutorService timer) {
        this.remote = remote;
        this.writer = writer;
        this.history = new LedgerHistory(repository);
        this.checkpoints = checkpoints;
        this.delay = delay;
        this.clock = clock;
        this.random = random;
        this.timer = timer;
        checkpointIn(FIRST_CHECKPOINT);
    }

    private synchronized void checkpointIn(Duration wait) {
        if (checkpoints.signed() && !closing) {
            checkpoint = Optional.of(timer.schedule(this::checkpoint, wait.toNanos(), TimeUnit.NANOSECONDS));
        }
    }

    private void checkpoint() {
        pushing.lock();
        try {
            vouch();
        } catch (InterruptedException stopped) {
            LOG.debug("The ledger's pusher was stopped");
            Thread.currentThread().interrupt();
        } catch (RuntimeException bug) {
            LOG.error("Vouching for the ledger failed by a bug", bug);
        } finally {
            checkpointIn(CHECKPOINTS);
            pushing.unlock();
        }
    }

    /** For what the remote holds, as long as the ledger is ours. */
    private void vouch() throws InterruptedException {
        try {
            Optional<ObjectId> there = remote.known();
            if (checkpoints.signed() && there.isPresent() && writer.fence().isEmpty()) {
                checkpoints.vouch(there.get());
            }
        } catch (LedgerException unreadable) {
            LOG.warn("The ledger could not be vouched for reason={}", unreadable.getMessage());
        }
    }

    /** There may be something to push: others may join it, and after a failure the remote is left alone for a while. */
    synchronized void changed() {
        if (next.isPresent() || closing) {
            return;
        }
        Duration wait = failures == 0 ? delay : backoff();
        next = Optional.of(timer.schedule(this::run, wait.toNanos(), TimeUnit.NANOSECONDS));
    }

    /**
     * Tells the remote of this start before anything else is done, unless it does not take that now: whoever acts from a copy
     * of the same state folder knows at its next look.
     *
     * @throws LedgerException {@code Fenced} when another has told it first
     */
    void announce() throws LedgerException, InterruptedException {
        pushing.lockInterruptibly();
        try {
            for (int attempt = 1; push() && attempt < TRIES; attempt++) {
                LOG.debug("The ledger moved while it was told of this start attempt={}", attempt);
            }
        } finally {
            pushing.unlock();
        }
        Optional<LedgerException> fenced =
                writer.fence().filter(fence -> fence.reason().equals("Fenced"));
        if (fenced.isPresent()) {
            throw fenced.get();
        }
    }

    LedgerHealth health() {
        return new LedgerHealth(
                lastPushed, pending(), remote.slowness().or(() -> error), checkpoints.lastVouched(), writer.holder());
    }

    /** Why the ledger could not be vouched for when that was tried last. */
    Optional<String> unvouched() {
        return checkpoints.error();
    }

    private long pending() {
        try {
            return history.distance(writer.head(), remote.known());
        } catch (LedgerException unreadable) {
            LOG.warn("What waits to be pushed cannot be counted", unreadable);
            return 0;
        }
    }

    private void run() {
        synchronized (this) {
            next = Optional.empty();
            if (closing) {
                return;
            }
        }
        pushing.lock();
        try {
            push();
            remote.maintain(false);
            rest();
        } catch (InterruptedException stopped) {
            LOG.debug("The ledger's pusher was stopped");
            Thread.currentThread().interrupt();
        } catch (RuntimeException bug) {
            LOG.error("Pushing the ledger failed by a bug", bug);
            failed("Plumbline failed while it pushed the ledger: its log says how");
        } finally {
            pushing.unlock();
        }
    }

    /** What can wait is done once nothing was pushed for a while. */
    private synchronized void rest() {
        rest.ifPresent(each -> each.cancel(false));
        rest = closing
                ? Optional.empty()
                : Optional.of(timer.schedule(this::maintain, QUIET.toNanos(), TimeUnit.NANOSECONDS));
    }

    private void maintain() {
        pushing.lock();
        try {
            remote.maintain(true);
        } finally {
            pushing.unlock();
        }
    }

    private Duration backoff() {
        long full = Math.min(LONGEST_WAIT.toMillis(), FIRST_WAIT.toMillis() << Math.min(failures - 1, 10));
        return Duration.ofMillis(full / 2 + random.nextLong(full / 2 + 1));
    }

    /** Returns whether it is worth to push again at once. */
    private boolean push() throws InterruptedException {
        try {
            if (writer.fence().isPresent()) {
                return false;
            }
            ObjectId head = writer.head();
            if (remote.known().equals(Optional.of(head))) {
                succeeded();
                return false;
            }
            Failpoint.LEDGER_BEFORE_PUSH.hit();
            switch (remote.push(head, false)) {
                case PushOutcome.Accepted accepted -> succeeded();
                case PushOutcome.Raced raced -> {
                    return align();
                }
                case PushOutcome.Refused(String words) -> failed(remote.name() + " refuses the ledger: " + words);
                case PushOutcome.Unreachable(String message) -> failed(message);
            }
        } catch (LedgerException broken) {
            failed(broken.getMessage());
        }
        return false;
    }

    /** The writer finds out; whether to push again follows from what it finds. */
    private boolean align() throws InterruptedException {
        try {
            writer.submit(new LedgerWork.Aligning(new CompletableFuture<>())).get();
            recovered();
            changed();
            return true;
        } catch (ExecutionException failed) {
            failed(String.valueOf(
                    failed.getCause() == null
                            ? failed.getMessage()
                            : failed.getCause().getMessage()));
            return false;
        }
    }

    private synchronized void recovered() {
        failures = 0;
    }

    private void succeeded() {
        recovered();
        error = Optional.empty();
        lastPushed = Optional.of(clock.instant());
    }

    private void failed(String message) {
        synchronized (this) {
            failures++;
        }
        if (!error.equals(Optional.of(message))) {
            LOG.warn("The ledger could not be pushed and waits in the mirror reason={}", message);
        }
        error = Optional.of(message);
        changed();
    }

    /** Ends with a last push, and a word for what it has pushed. */
    @Override
    public void close() {
        synchronized (this) {
            closing = true;
            // What is being pushed now may end.
            next.ifPresent(each -> each.cancel(false));
            rest.ifPresent(each -> each.cancel(false));
            checkpoint.ifPresent(each -> each.cancel(false));
        }
        timer.shutdown();
        try {
            pushing.lockInterruptibly();
            try {
                push();
                if (error.isEmpty()) {
                    // A remote that did not answer just now is not waited for once more.
                    vouch();
                }
            } finally {
                pushing.unlock();
            }
        } catch (InterruptedException stopped) {
            timer.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }
}
