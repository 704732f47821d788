package dev.plumbline.reconciler.property;

import dev.plumbline.reconciler.control.Operations;
import dev.plumbline.reconciler.ledger.git.GitLedger;
import dev.plumbline.reconciler.source.mirror.Mirror;
import dev.plumbline.reconciler.source.remote.Remote;
import java.nio.file.Path;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;

/**
 * One control plane over a remote and a state folder. It moves only when a test lets it: one look at the source, one
 * resource or one timer at a time, in an order that follows from a seed.
 */
final class Station implements AutoCloseable {
    private final Assembly assembly;
    private final ManualThreads threads = new ManualThreads();
    private final ManualTimer timer;
    private final ManualTimer pushes;
    private final Thread thread;
    private final AtomicBoolean rung = new AtomicBoolean();
    private final Semaphore look = new Semaphore(0);
    private final Semaphore looked = new Semaphore(0);

    /** Starts one, which looks at the source once. */
    Station(Path state, Remote remote, boolean takeOver, Assembly.Surroundings surroundings, LongSupplier elapsedNanos)
            throws Exception {
        timer = new ManualTimer(elapsedNanos);
        pushes = new ManualTimer(elapsedNanos);
        assembly = Assembly.open(
                state,
                remote,
                takeOver,
                surroundings,
                new Assembly.Threads(threads, new InlineThreads(), timer, pushes),
                UnaryOperator.identity(),
                this::ring);
        thread = Thread.ofVirtual().start(this::run);
        looked.acquireUninterruptibly();
    }

    private void run() {
        try {
            assembly.loop().run(() -> {
                looked.release();
                look.acquire();
            });
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        } finally {
            looked.release();
        }
    }

    /** Asks for a look at the source with one of the next turns. */
    void ring() {
        rung.set(true);
    }

    /** Looks at the source now. */
    void look() {
        rung.set(false);
        look.release();
        looked.acquireUninterruptibly();
        if (!thread.isAlive()) {
            throw new AssertionError("the loop has ended by itself");
        }
    }

    /** One of the moves that wait, drawn at random; false when none does. */
    boolean turn(RandomGenerator random, boolean alsoLook) {
        int tasks = threads.size();
        int looks = rung.get() && alsoLook ? 1 : 0;
        int timers = (timer.due() ? 1 : 0) + (pushes.due() ? 1 : 0);
        int moves = tasks + looks + timers;
        if (moves == 0) {
            return false;
        }
        int move = random.nextInt(moves);
        if (move < tasks) {
            threads.runOne(random);
        } else if (move < tasks + looks) {
            look();
        } else if (move < moves - 1 || !pushes.due()) {
            timer.runDue();
        } else {
            pushes.runDue();
        }
        return true;
    }

    Operations operations() {
        return assembly.loop().operations();
    }

    GitLedger ledger() {
        return assembly.ledger();
    }

    Mirror mirror() {
        return assembly.mirror();
    }

    /** Stops in order, with a last push. */
    @Override
    public void close() {
        assembly.close();
    }
}
