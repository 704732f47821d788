package dev.plumbline.reconciler.ledger;

import dev.plumbline.reconciler.ledger.Ledger.LedgerException;
import dev.plumbline.reconciler.source.Writer.PushOutcome;
import dev.plumbline.schemas.fault.Failpoint;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.random.RandomGenerator;
import org.eclipse.jgit.internal.storage.file.FileRepository;
import org.eclipse.jgit.lib.ObjectId;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The thread that pushes what was committed, many commits at a time, and tries again while the remote is away. */
final class LedgerPusher implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LedgerPusher.class);
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(60);
    private static final Duration FIRST_WAIT = Duration.ofSeconds(1);

    private final LedgerRemote remote;
    private final LedgerWriter writer;
    private final LedgerHistory history;
    private final Duration delay;
    private final Clock clock;
    private final RandomGenerator random;
    private final Thread thread = Thread.ofPlatform().name("ledger-pusher").unstarted(this::run);
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition wake = lock.newCondition();
    private volatile Optional<Instant> lastPushed = Optional.empty();
    private volatile Optional<String> error = Optional.empty();
    private volatile boolean closing;
    private boolean dirty = true;
    private int failures;

    LedgerPusher(
            FileRepository repository,
            LedgerRemote remote,
            LedgerWriter writer,
            Duration delay,
            Clock clock,
            RandomGenerator random) {
        this.remote = remote;
        this.writer = writer;
        this.history = new LedgerHistory(repository);
        this.delay = delay;
        this.clock = clock;
        this.random = random;
    }

    void start() {
        thread.start();
    }

    /** There may be something to push. */
    void changed() {
        lock.lock();
        try {
            dirty = true;
            wake.signalAll();
        } finally {
            lock.unlock();
        }
    }

    LedgerHealth health() {
        return new LedgerHealth(lastPushed, pending(), error, writer.holder());
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
        try {
            while (!closing) {
                if (await()) {
                    push();
                    remote.maintain();
                }
            }
        } catch (InterruptedException stopped) {
            LOG.debug("The ledger's pusher was stopped");
        }
    }

    /** Waits for something to push, then for others to join it, or for the next try; false when it is time to end. */
    private boolean await() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (!dirty && !closing) {
                wake.await();
            }
            long left = (failures == 0 ? delay : backoff()).toNanos();
            while (left > 0 && !closing) {
                left = wake.awaitNanos(left);
            }
            dirty = false;
            return !closing;
        } finally {
            lock.unlock();
        }
    }

    private Duration backoff() {
        long full = Math.min(LONGEST_WAIT.toMillis(), FIRST_WAIT.toMillis() << Math.min(failures - 1, 10));
        return Duration.ofMillis(full / 2 + random.nextLong(full / 2 + 1));
    }

    private void push() throws InterruptedException {
        try {
            if (writer.fence().isPresent()) {
                return;
            }
            ObjectId head = writer.head();
            if (remote.known().equals(Optional.of(head))) {
                succeeded();
                return;
            }
            Failpoint.LEDGER_BEFORE_PUSH.hit();
            switch (remote.push(head, false)) {
                case PushOutcome.Accepted accepted -> succeeded();
                case PushOutcome.Raced raced -> align();
                case PushOutcome.Refused(String words) -> failed(remote.name() + " refuses the ledger: " + words);
                case PushOutcome.Unreachable(String message) -> failed(message);
            }
        } catch (LedgerException broken) {
            failed(broken.getMessage());
        }
    }

    /** The writer finds out; whether to push again follows from what it finds. */
    private void align() throws InterruptedException {
        try {
            writer.submit(new LedgerWriter.Work.Aligning(new CompletableFuture<>()))
                    .get();
            failures = 0;
            changed();
        } catch (ExecutionException failed) {
            failed(String.valueOf(
                    failed.getCause() == null
                            ? failed.getMessage()
                            : failed.getCause().getMessage()));
        }
    }

    private void succeeded() {
        failures = 0;
        error = Optional.empty();
        lastPushed = Optional.of(clock.instant());
    }

    private void failed(String message) {
        failures++;
        if (!error.equals(Optional.of(message))) {
            LOG.warn("The ledger could not be pushed and waits in the mirror failures={} reason={}", failures, message);
        }
        error = Optional.of(message);
        changed();
    }

    @Override
    public void close() {
        closing = true;
        changed();
        try {
            thread.join();
            push();
        } catch (InterruptedException stopped) {
            thread.interrupt();
            Thread.currentThread().interrupt();
        }
    }
}
