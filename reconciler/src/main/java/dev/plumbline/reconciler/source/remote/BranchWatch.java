package dev.plumbline.reconciler.source.remote;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells when to look at the branch: at once when a local repository's branch moves, else after the poll interval give or
 * take a tenth, and early when somebody hints. Thread-safe; one thread waits.
 */
public final class BranchWatch implements AutoCloseable {
    /** Why it is time to look. */
    public enum Wake {
        /** The branch of a local repository moved. */
        MOVED,
        /** Somebody asked for an early look. */
        HINTED,
        /** The interval is over. */
        POLLED
    }

    private static final Logger LOG = LoggerFactory.getLogger(BranchWatch.class);

    private final Duration poll;
    private final RandomGenerator random;
    private final LinkedBlockingQueue<Wake> wakes = new LinkedBlockingQueue<>(1);
    private final Remote remote;
    private final String branch;
    private Optional<LocalBranch> local = Optional.empty();
    private boolean told;

    /** Watches a branch of the remote, looking at least once in each interval. */
    public BranchWatch(Remote remote, String branch, Duration poll, RandomGenerator random) {
        this.poll = poll;
        this.random = random;
        this.remote = remote;
        this.branch = branch;
        watch();
    }

    /** Begins to watch a repository on this machine, which may come back later. */
    private synchronized void watch() {
        if (local.isPresent() || remote.folder().isEmpty()) {
            return;
        }
        try {
            local = Optional.of(LocalBranch.watch(remote.folder().get(), branch, () -> wake(Wake.MOVED)));
        } catch (IOException unwatchable) {
            if (!told) {
                LOG.warn(
                        "The local repository cannot be watched yet and is polled remote={} reason=\"{}\"",
                        remote.label(),
                        unwatchable.getMessage());
            }
            told = true;
        }
    }

    /** Waits until it is time to look. What happened since the last call counts. */
    public Wake await() throws InterruptedException {
        watch();
        Wake wake = wakes.poll(interval().toMillis(), TimeUnit.MILLISECONDS);
        return wake == null ? Wake.POLLED : wake;
    }

    /** Asks for an early look; several before the look are one. */
    public void hint() {
        wake(Wake.HINTED);
    }

    /** The next interval: spread, so that many control planes do not ask one forge in the same second. */
    Duration interval() {
        return poll.plusMillis(Math.round(poll.toMillis() * (random.nextDouble() - 0.5) / 5));
    }

    private void wake(Wake why) {
        // A full queue already holds a reason to look.
        boolean first = wakes.offer(why);
        LOG.debug("The branch is to be looked at reason={} first={}", why, first);
    }

    @Override
    public synchronized void close() {
        local.ifPresent(LocalBranch::close);
    }
}
