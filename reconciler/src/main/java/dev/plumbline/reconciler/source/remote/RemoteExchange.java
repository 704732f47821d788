package dev.plumbline.reconciler.source.remote;

import dev.plumbline.reconciler.source.Source;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.eclipse.jgit.lib.ProgressMonitor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks something of a remote in a thread of its own, where an interruption ends even what waits for bytes, and ends it when
 * nobody waits for the answer any more, or when it stands still for too long.
 */
public final class RemoteExchange {
    private static final Logger LOG = LoggerFactory.getLogger(RemoteExchange.class);

    /** How often progress is looked for before an exchange counts as standing still. */
    private static final int LOOKS = 10;

    /** How long an ended exchange may take to notice. */
    private static final Duration END = Duration.ofSeconds(2);

    private RemoteExchange() {}

    /** What is asked. */
    @FunctionalInterface
    public interface Question<T> {
        /**
         * Asks.
         *
         * @param progress to be told of progress
         */
        T ask(ProgressMonitor progress) throws IOException, Source.SourceException;
    }

    /** An exchange made no progress. */
    public static final class Standstill extends IOException {
        Standstill(Duration time) {
            super("it stood still for " + time.toSeconds() + " seconds");
        }
    }

    /** Waits for the answer as long as the caller is not interrupted. */
    public static <T> T ask(Question<T> question) throws IOException, Source.SourceException, InterruptedException {
        return ask(question, Optional.empty());
    }

    /**
     * Waits for the answer as long as it makes progress.
     *
     * @param standstill how long it may make none
     * @throws Standstill when it made none for so long
     */
    public static <T> T ask(Question<T> question, Duration standstill)
            throws IOException, Source.SourceException, InterruptedException {
        return ask(question, Optional.of(standstill));
    }

    private static <T> T ask(Question<T> question, Optional<Duration> standstill)
            throws IOException, Source.SourceException, InterruptedException {
        Progress progress = new Progress();
        FutureTask<T> answer = new FutureTask<>(() -> question.ask(progress));
        Thread thread = Thread.ofVirtual().name("remote").start(answer);
        try {
            int still = 0;
            while (!joined(thread, standstill)) {
                still = progress.madeSinceAsked() ? 0 : still + 1;
                if (still == LOOKS) {
                    throw new Standstill(standstill.orElseThrow());
                }
            }
        } finally {
            end(thread);
        }
        return result(answer);
    }

    private static boolean joined(Thread thread, Optional<Duration> standstill) throws InterruptedException {
        if (standstill.isPresent()) {
            return thread.join(standstill.get().dividedBy(LOOKS));
        }
        thread.join();
        return true;
    }

    private static void end(Thread thread) {
        if (!thread.isAlive()) {
            return;
        }
        thread.interrupt();
        boolean interrupted = Thread.interrupted();
        try {
            if (!thread.join(END)) {
                LOG.warn("An exchange with the remote was ended and goes on all the same");
            }
        } catch (InterruptedException again) {
            interrupted = true;
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private static <T> T result(FutureTask<T> answer) throws IOException, Source.SourceException, InterruptedException {
        try {
            return answer.get();
        } catch (ExecutionException failed) {
            switch (failed.getCause()) {
                case IOException cause -> throw cause;
                case Source.SourceException cause -> throw cause;
                case RuntimeException cause -> throw cause;
                case Error cause -> throw cause;
                case null, default -> throw new IllegalStateException("nothing else is thrown", failed);
            }
        }
    }

    private static final class Progress extends UntilInterrupted {
        private volatile boolean made;

        @Override
        public void beginTask(String title, int totalWork) {
            made = true;
        }

        @Override
        public void update(int completed) {
            made = true;
        }

        boolean madeSinceAsked() {
            boolean before = made;
            made = false;
            return before;
        }
    }
}
