package dev.plumbline.reconciler.notification;

import dev.plumbline.reconciler.control.Operations;
import dev.plumbline.webhooks.Receiver;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells a receiver what there is to tell, and again, later each time, while it does not take it. Runs in a thread of its own, which
 * keeps nobody else waiting; one message at a time.
 */
public final class Notifier implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Notifier.class);
    private static final Duration LOOK_AGAIN = Duration.ofSeconds(30);
    private static final Duration FIRST_WAIT = Duration.ofSeconds(1);
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(5);

    private final Operations operations;
    private final Receiver receiver;
    private final Notices notices;
    private final ToldFile file;
    private final Duration firstWait;
    private final Counter taken;
    private final Counter failed;
    private final CountDownLatch stopped = new CountDownLatch(1);
    private final Thread thread;
    private Told told;
    private int failures;

    private Notifier(
            Operations operations,
            Receiver receiver,
            Path file,
            Optional<String> environment,
            MeterRegistry registry,
            Duration firstWait) {
        this.operations = operations;
        this.receiver = receiver;
        this.notices = new Notices(environment);
        this.file = new ToldFile(file);
        this.firstWait = firstWait;
        this.taken = counter(registry, "taken");
        this.failed = counter(registry, "failed");
        this.told = this.file.read();
        this.thread = Thread.ofVirtual().name("notifier").unstarted(this::run);
    }

    /**
     * Begins to tell.
     *
     * @param file where it keeps what has arrived
     */
    public static Notifier start(
            Operations operations, Receiver receiver, Path file, Optional<String> environment, MeterRegistry registry) {
        return start(operations, receiver, file, environment, registry, FIRST_WAIT);
    }

    static Notifier start(
            Operations operations,
            Receiver receiver,
            Path file,
            Optional<String> environment,
            MeterRegistry registry,
            Duration firstWait) {
        Notifier notifier = new Notifier(operations, receiver, file, environment, registry, firstWait);
        notifier.thread.start();
        return notifier;
    }

    private static Counter counter(MeterRegistry registry, String result) {
        return Counter.builder("plumbline.notifications")
                .description("Messages that were sent to the receiver of notifications")
                .tag("result", result)
                .register(registry);
    }

    private void run() {
        try {
            boolean going = true;
            while (going) {
                Operations.State state = operations.state();
                if (told(notices.due(state, operations.warnings(), operations.ledger(), told))) {
                    operations.awaitChange(state.generation(), LOOK_AGAIN);
                } else {
                    going = !stopped.await(backoff().toMillis(), TimeUnit.MILLISECONDS);
                }
            }
        } catch (InterruptedException stop) {
            LOG.debug("The notifier was stopped");
        }
    }

    /** Whether all of it has arrived. */
    private boolean told(List<Notices.Due> due) throws InterruptedException {
        for (Notices.Due each : due) {
            try {
                receiver.send(each.notice().id(), each.notice().body());
                taken.increment();
                failures = 0;
                told = told.with(each.topic(), each.state());
                file.write(told);
            } catch (Receiver.NotTaken missed) {
                failures++;
                failed.increment();
                LOG.warn(
                        "A notification did not arrive id={} reason={}",
                        each.notice().id(),
                        missed.getMessage());
                return false;
            } catch (IOException unwritable) {
                LOG.warn("What was told to others cannot be kept, and may be told again after a restart", unwritable);
            }
        }
        return true;
    }

    private Duration backoff() {
        Duration wait = firstWait.multipliedBy(1L << Math.min(failures - 1, 10));
        return wait.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : wait;
    }

    /** Ends it, in the middle of a message if there is one: that is sent again by the next start. */
    @Override
    public void close() {
        stopped.countDown();
        thread.interrupt();
        try {
            thread.join();
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }
}
