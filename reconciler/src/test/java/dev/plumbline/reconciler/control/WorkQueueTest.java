package dev.plumbline.reconciler.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.plumbline.reconciler.fixture.Specs;
import dev.plumbline.schemas.model.ResourceId;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class WorkQueueTest {
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
    private final List<ResourceId> runs = new CopyOnWriteArrayList<>();
    private final Semaphore gate = new Semaphore(0);

    @AfterEach
    void stop() {
        gate.release(1_000);
        timer.shutdownNow();
        threads.close();
    }

    private WorkQueue queue(WorkQueue.Worker worker, int parallel) {
        return new WorkQueue(worker, threads, timer, parallel);
    }

    private Optional<Duration> gated(ResourceId id) throws InterruptedException {
        runs.add(id);
        gate.acquire();
        return Optional.empty();
    }

    @Test
    void collapsesWhatIsAddedDuringARunIntoOneMore() {
        try (WorkQueue queue = queue(this::gated, 4)) {
            queue.add(Specs.MODEL);
            await().until(() -> runs.size() == 1);
            queue.add(Specs.MODEL);
            queue.add(Specs.MODEL);
            queue.add(Specs.MODEL);
            assertThat(queue.depth()).isEqualTo(1);
            gate.release(10);
            await().until(() -> queue.depth() == 0);
            assertThat(runs).hasSize(2);
        }
    }

    @Test
    void runsResourcesAtOnceButNoMoreThanAllowed() {
        AtomicInteger now = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        WorkQueue.Worker counting = id -> {
            most.accumulateAndGet(now.incrementAndGet(), Math::max);
            try {
                return gated(id);
            } finally {
                now.decrementAndGet();
            }
        };
        try (WorkQueue queue = queue(counting, 2)) {
            for (ResourceId id : List.of(Specs.MODEL, Specs.DATASET, Specs.TRAINING, Specs.SERVING)) {
                queue.add(id);
            }
            await().until(() -> runs.size() == 2);
            assertThat(queue.depth()).isEqualTo(4);
            gate.release(10);
            await().until(() -> queue.depth() == 0);
            assertThat(runs).hasSize(4);
            assertThat(most).hasValue(2);
        }
    }

    @Test
    void looksAgainAfterTheDelayThatWasAskedFor() {
        AtomicBoolean again = new AtomicBoolean(true);
        WorkQueue.Worker worker = id -> {
            runs.add(id);
            return again.getAndSet(false) ? Optional.of(Duration.ofMillis(1)) : Optional.empty();
        };
        try (WorkQueue queue = queue(worker, 1)) {
            queue.add(Specs.MODEL);
            await().until(() -> runs.size() == 2 && queue.depth() == 0);
        }
    }

    @Test
    void doesNotWaitForTheDelayWhenSomethingIsAdded() {
        WorkQueue.Worker worker = id -> {
            runs.add(id);
            return Optional.of(Duration.ofHours(1));
        };
        try (WorkQueue queue = queue(worker, 1)) {
            queue.add(Specs.MODEL);
            await().until(() -> runs.size() == 1 && queue.depth() == 0);
            queue.add(Specs.MODEL);
            await().until(() -> runs.size() == 2 && queue.depth() == 0);
        }
    }

    @Test
    void goesOnAfterAWorkerThatFailed() {
        AtomicBoolean first = new AtomicBoolean(true);
        WorkQueue.Worker worker = id -> {
            runs.add(id);
            if (first.getAndSet(false)) {
                throw new IllegalStateException("a bug");
            }
            return Optional.empty();
        };
        try (WorkQueue queue = queue(worker, 1)) {
            queue.add(Specs.MODEL);
            await().until(() -> queue.depth() == 0);
            queue.add(Specs.MODEL);
            await().until(() -> runs.size() == 2 && queue.depth() == 0);
        }
    }

    @Test
    void interruptsWhatRunsAndStartsNothingOnceClosed() throws Exception {
        CountDownLatch interrupted = new CountDownLatch(1);
        WorkQueue.Worker worker = id -> {
            try {
                return gated(id);
            } catch (InterruptedException stopped) {
                interrupted.countDown();
                throw stopped;
            }
        };
        WorkQueue queue = queue(worker, 1);
        queue.add(Specs.MODEL);
        await().until(() -> runs.size() == 1);
        queue.close();
        assertThat(interrupted.await(0, TimeUnit.SECONDS)).isTrue();
        queue.add(Specs.DATASET);
        assertThat(runs).containsExactly(Specs.MODEL);
    }
}
