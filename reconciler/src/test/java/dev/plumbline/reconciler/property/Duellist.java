package dev.plumbline.reconciler.property;

import dev.plumbline.reconciler.control.FakeEndpoints;
import dev.plumbline.reconciler.control.FakeTrainer;
import dev.plumbline.reconciler.fixture.Specs;
import dev.plumbline.reconciler.fixture.WatchedLedger;
import dev.plumbline.reconciler.ledger.Ledger;
import dev.plumbline.reconciler.ledger.Ledger.LedgerException;
import dev.plumbline.reconciler.ledger.git.GitLedger;
import dev.plumbline.reconciler.source.remote.Remote;
import dev.plumbline.reconciler.status.Reason;
import dev.plumbline.runtime.EndpointConfiguration;
import dev.plumbline.schemas.model.VersionName;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;

/** A control plane with threads of its own, which gives a sign once it has recorded so many transitions more. */
final class Duellist {
    private final Path state;
    private final Assembly assembly;
    private final FakeTrainer trainer;
    private final FakeEndpoints endpoints;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final ExecutorService nativeWork = Executors.newFixedThreadPool(1);
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
    private final ScheduledExecutorService pushes = Executors.newSingleThreadScheduledExecutor();
    private final Semaphore bell = new Semaphore(0);
    private final AtomicLong left = new AtomicLong(Long.MAX_VALUE);
    private final AtomicLong looks = new AtomicLong();
    private final Thread thread;
    private volatile CountDownLatch strike = new CountDownLatch(1);

    Duellist(
            Path state,
            Remote remote,
            boolean takeOver,
            Assembly.Surroundings surroundings,
            FakeTrainer trainer,
            FakeEndpoints endpoints)
            throws Exception {
        this.state = state;
        this.trainer = trainer;
        this.endpoints = endpoints;
        try {
            assembly = Assembly.open(
                    state,
                    remote,
                    takeOver,
                    surroundings,
                    new Assembly.Threads(threads, nativeWork, timer, pushes),
                    Counting::new,
                    bell::release);
        } catch (LedgerException refused) {
            executors().forEach(ExecutorService::shutdownNow);
            throw refused;
        }
        thread = Thread.ofVirtual().start(this::run);
    }

    private void run() {
        try {
            assembly.loop().run(() -> {
                looks.incrementAndGet();
                bell.acquire();
                bell.drainPermits();
            });
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    /** Gives the sign at the transition after so many more. */
    void strikeAfter(long transitions) {
        strike = new CountDownLatch(1);
        left.set(transitions);
    }

    /** Whether it has given the sign. */
    boolean struck() {
        return strike.getCount() == 0;
    }

    void ring() {
        bell.release();
    }

    long looks() {
        return looks.get();
    }

    Path state() {
        return state;
    }

    GitLedger ledger() {
        return assembly.ledger();
    }

    FakeTrainer trainer() {
        return trainer;
    }

    Optional<VersionName> live() {
        return endpoints
                .endpoint(Specs.SERVING.name())
                .flatMap(EndpointConfiguration::stable)
                .map(EndpointConfiguration.ServedVersion::version);
    }

    /** What holds of the endpoint, for whoever reads a failure. */
    String told() {
        return state.getFileName() + ": "
                + assembly.loop().operations().state().resources().stream()
                        .map(each -> each.id() + " " + each.conditions())
                        .toList();
    }

    boolean fenced() {
        return assembly.loop().operations().state().resources().stream()
                .filter(each -> each.id().equals(Specs.SERVING))
                .anyMatch(each -> each.readiness().reason() == Reason.FENCED);
    }

    /** Stops in order. */
    void stop() throws InterruptedException {
        assembly.close();
        thread.join();
        executors().forEach(ExecutorService::shutdownNow);
    }

    private List<ExecutorService> executors() {
        return List.of(threads, nativeWork, timer, pushes);
    }

    private final class Counting extends WatchedLedger {
        Counting(Ledger ledger) {
            super(ledger);
        }

        @Override
        protected void before() {
            if (left.getAndDecrement() == 0) {
                strike.countDown();
            }
        }
    }
}
