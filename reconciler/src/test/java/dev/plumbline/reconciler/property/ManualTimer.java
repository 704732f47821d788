package dev.plumbline.reconciler.property;

import java.time.Duration;
import java.util.Comparator;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Delayed;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/** Runs what is due only when a test says so. Its time is the test's: it never goes back, whatever the clock shows. */
final class ManualTimer extends ManualExecutor<ManualTimer.Later> implements ScheduledExecutorService {
    private final LongSupplier elapsedNanos;

    ManualTimer(LongSupplier elapsedNanos) {
        this.elapsedNanos = elapsedNanos;
    }

    final class Later extends FutureTask<Void> implements ScheduledFuture<Void> {
        private final long due;

        Later(Runnable work, long due) {
            super(() -> {
                work.run();
                return null;
            });
            this.due = due;
        }

        @Override
        public long getDelay(TimeUnit unit) {
            return unit.convert(due - elapsedNanos.getAsLong(), TimeUnit.NANOSECONDS);
        }

        @Override
        public int compareTo(Delayed other) {
            return Long.compare(getDelay(TimeUnit.NANOSECONDS), other.getDelay(TimeUnit.NANOSECONDS));
        }
    }

    /** Whether something is due now. */
    synchronized boolean due() {
        return first().isPresent();
    }

    private Optional<Later> first() {
        waiting.removeIf(FutureTask::isDone);
        return waiting.stream()
                .filter(each -> each.due <= elapsedNanos.getAsLong())
                .min(Comparator.comparingLong(each -> each.due));
    }

    /** Runs the first of what is due, in the caller's thread. */
    void runDue() {
        Later next;
        synchronized (this) {
            next = first().orElseThrow();
            waiting.remove(next);
        }
        next.run();
        // A failure of what ran is the test's too; it may well have cancelled itself.
        if (next.state() == Future.State.FAILED) {
            throw new IllegalStateException("what was due failed", next.exceptionNow());
        }
    }

    @Override
    public synchronized ScheduledFuture<?> schedule(Runnable work, long delay, TimeUnit unit) {
        Later later = new Later(
                work,
                elapsedNanos.getAsLong()
                        + Duration.of(delay, unit.toChronoUnit()).toNanos());
        if (isShutdown()) {
            later.cancel(false);
        } else {
            waiting.add(later);
        }
        return later;
    }

    @Override
    public <V> ScheduledFuture<V> schedule(Callable<V> work, long delay, TimeUnit unit) {
        throw new UnsupportedOperationException("the loop schedules only what returns nothing");
    }

    @Override
    public ScheduledFuture<?> scheduleAtFixedRate(Runnable work, long first, long period, TimeUnit unit) {
        throw new UnsupportedOperationException("the loop repeats nothing by itself");
    }

    @Override
    public ScheduledFuture<?> scheduleWithFixedDelay(Runnable work, long first, long delay, TimeUnit unit) {
        throw new UnsupportedOperationException("the loop repeats nothing by itself");
    }

    @Override
    public void execute(Runnable work) {
        var _ = schedule(work, 0, TimeUnit.NANOSECONDS);
    }
}
