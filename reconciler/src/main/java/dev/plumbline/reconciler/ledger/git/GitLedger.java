package dev.plumbline.reconciler.ledger.git;

import dev.plumbline.reconciler.ledger.Ledger;
import dev.plumbline.reconciler.ledger.LedgerHealth;
import dev.plumbline.reconciler.ledger.LedgerView;
import dev.plumbline.reconciler.ledger.Transition;
import dev.plumbline.reconciler.ledger.state.HeadLimits;
import dev.plumbline.reconciler.source.Writer.PushOutcome;
import dev.plumbline.reconciler.source.mirror.Mirror;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import org.eclipse.jgit.lib.ObjectId;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The ledger as a branch of the followed repository. Transitions that arrive while a commit is being written are written
 * together by the next one (group commit); commits are pushed in batches behind. A {@code record} whose thread is
 * interrupted may or may not have been recorded.
 */
public final class GitLedger implements Ledger {
    private static final Logger LOG = LoggerFactory.getLogger(GitLedger.class);

    private static final Duration LAST_PUSH = Duration.ofSeconds(15);

    /** For a remote that did not answer lately. */
    private static final Duration AWAY = Duration.ofSeconds(3);

    private final LedgerRemote remote;
    private final LedgerWriter writer;
    private final LedgerPusher pusher;
    private final LedgerSoundness soundness;
    private final boolean signed;
    private volatile Optional<String> unread = Optional.empty();
    private volatile Optional<LedgerException> lost = Optional.empty();

    private GitLedger(
            LedgerRemote remote, LedgerWriter writer, LedgerPusher pusher, LedgerSoundness soundness, boolean signed) {
        this.soundness = soundness;
        this.signed = signed;
        this.remote = remote;
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
        return open(mirror, settings, takeOver, clock, random, timer());
    }

    private static ScheduledExecutorService timer() {
        return Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().name("ledger-pusher").factory());
    }

    /**
     * Opens the ledger as the other does.
     *
     * @param timer pushes what was committed, in its one thread; it is shut down with the ledger
     */
    public static GitLedger open(
            Mirror mirror,
            LedgerSettings settings,
            boolean takeOver,
            Clock clock,
            RandomGenerator random,
            ScheduledExecutorService timer)
            throws LedgerException, InterruptedException {
        return open(mirror, settings, takeOver, clock, random, timer, HeadLimits.standard());
    }

    static GitLedger open(
            Mirror mirror,
            LedgerSettings settings,
            boolean takeOver,
            Clock clock,
            RandomGenerator random,
            HeadLimits limits)
            throws LedgerException, InterruptedException {
        return open(mirror, settings, takeOver, clock, random, timer(), limits);
    }

    private static GitLedger open(
            Mirror mirror,
            LedgerSettings settings,
            boolean takeOver,
            Clock clock,
            RandomGenerator random,
            ScheduledExecutorService timer,
            HeadLimits limits)
            throws LedgerException, InterruptedException {
        LedgerTrust trust = new LedgerTrust(
                mirror.repository(),
                settings.committer().signing(),
                settings.accepted(),
                "the ledger (branch " + settings.branch() + " of "
                        + mirror.remote().label() + ")");
        LedgerRemote remote = new LedgerRemote(mirror, settings.branch(), trust, clock);
        LedgerCommits commits =
                new LedgerCommits(mirror, LedgerRemote.ref(settings.branch()), settings.committer(), clock);
        LedgerSoundness soundness = new LedgerSoundness(mirror, remote, commits, settings.branch());
        Incarnation incarnation = new Incarnation(settings, clock);
        LedgerCheckpoints checkpoints = new LedgerCheckpoints(mirror, settings.branch(), settings.committer(), clock);
        LedgerRewind rewind = new LedgerRewind(mirror, settings, checkpoints);
        LedgerOpening.Opened opened;
        try {
            opened = soundness.open(
                    new LedgerOpening(mirror, settings, remote, commits, trust, rewind, incarnation), takeOver);
        } catch (LedgerException | InterruptedException | RuntimeException failed) {
            timer.shutdownNow();
            throw failed;
        }
        LedgerWriter writer = new LedgerWriter(
                mirror.repository(),
                new LedgerHead(commits, limits, opened),
                remote,
                rewind,
                settings.branch(),
                incarnation);
        LedgerPusher pusher = new LedgerPusher(
                mirror.repository(), remote, writer, checkpoints, settings.pushDelay(), clock, random, timer);
        writer.start(pusher::changed);
        GitLedger ledger = new GitLedger(remote, writer, pusher, soundness, trust.signed());
        try {
            if (opened.unannounced()) {
                pusher.announce();
            }
        } catch (LedgerException | InterruptedException | RuntimeException failed) {
            ledger.close();
            throw failed;
        }
        pusher.changed();
        return ledger;
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
        submitted(new LedgerWork.Recording(transition, new CompletableFuture<>()));
    }

    @Override
    public void recordUnique(Function<LedgerView, Transition> decide) throws LedgerException, InterruptedException {
        switch (submitted(new LedgerWork.Numbering(decide, new CompletableFuture<>()))) {
            case PushOutcome.Accepted accepted -> {}
            case PushOutcome.Raced raced ->
                throw new LedgerException("Unreachable", "The ledger keeps moving at its remote; try again.");
            case PushOutcome.Refused(String words) ->
                throw new LedgerException("Refused", remote.name() + " does not take the ledger: " + words);
            case PushOutcome.Unreachable(String message) -> throw new LedgerException("Unreachable", message);
        }
    }

    @Override
    public PushOutcome recordWith(Function<LedgerView, Transition> decide, Move move)
            throws LedgerException, InterruptedException {
        return submitted(new LedgerWork.Moving(decide, move, new CompletableFuture<>()));
    }

    /**
     * Takes note of a listing of the remote's branches. When the ledger stands elsewhere than we know, another control
     * plane may have taken it over: that is found out now and not only when there is something to push.
     */
    public void listed(Map<String, ObjectId> branches) throws InterruptedException {
        try {
            // A stranger's record may have been taken back.
            boolean foreign = fence().filter(fence -> !fence.lost()).isPresent();
            if (foreign || (fence().isEmpty() && (unread.isPresent() || remote.differs(branches)))) {
                await(writer.submit(new LedgerWork.Aligning(new CompletableFuture<>())));
                unread = Optional.empty();
            }
        } catch (LedgerException known) {
            unread = Optional.of(known.getMessage());
            LOG.warn("The ledger moved at its remote reason={} message={}", known.reason(), known.getMessage());
        }
    }

    @Override
    public Optional<String> trouble() {
        return unread.or(() -> health().error());
    }

    @Override
    public Optional<String> unvouched() {
        return pusher.unvouched();
    }

    @Override
    public Optional<Fence> fence() {
        return writer.fence()
                .or(() -> lost)
                .map(known -> new Fence(
                        known.reason().equals("Fenced") ? known.reason() : "Ledger" + known.reason(),
                        known.getMessage()));
    }

    @Override
    public void mended() {
        lost = soundness.lost();
    }

    @Override
    public boolean signed() {
        return signed;
    }

    private <T> T submitted(LedgerWork<T> work) throws LedgerException, InterruptedException {
        if (lost.isPresent()) {
            throw lost.get();
        }
        return await(writer.submit(work));
    }

    private static <T> T await(CompletableFuture<T> done) throws LedgerException, InterruptedException {
        try {
            return done.get();
        } catch (ExecutionException failed) {
            if (failed.getCause() instanceof LedgerException known) {
                throw new LedgerException(known.reason(), known.getMessage(), known);
            }
            if (failed.getCause() instanceof RuntimeException wrong) {
                throw wrong;
            }
            throw LedgerStorage.failure("The ledger could not record it", failed);
        }
    }

    /** Ends with a last push, which is waited for only as long as a process that is asked to end may take. */
    @Override
    public void close() {
        Thread ending = Thread.ofVirtual().name("ledger-end").unstarted(() -> {
            writer.close();
            pusher.close();
        });
        Duration patience = health().error().isPresent() ? AWAY : LAST_PUSH;
        ending.start();
        try {
            if (!ending.join(patience)) {
                LOG.warn(
                        "The newest entries of the ledger wait in the mirror: its remote did not take them in time waited={}",
                        patience);
                ending.interrupt();
                ending.join();
            }
        } catch (InterruptedException stopped) {
            ending.interrupt();
            Thread.currentThread().interrupt();
        }
    }
}
