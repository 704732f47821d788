package dev.plumbline.reconciler.ledger.git;

import dev.plumbline.reconciler.ledger.Ledger;
import dev.plumbline.reconciler.ledger.Ledger.LedgerException;
import dev.plumbline.reconciler.source.BranchPush;
import dev.plumbline.reconciler.source.Source;
import dev.plumbline.reconciler.source.Writer.PushOutcome;
import dev.plumbline.reconciler.source.mirror.Mirror;
import dev.plumbline.schemas.fault.Failpoint;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;

/** The ledger's branch at the remote, and what is known of it. One push at a time; thread-safe. */
final class LedgerRemote {
    /** Longer than a push should take. */
    private static final Duration LONG = Duration.ofSeconds(5);

    private final Mirror mirror;
    private final String branch;
    private final String tracking;
    private final String incoming;
    private final LedgerTrust trust;
    private final LedgerKinship kinship;
    private final Clock clock;
    private final ReentrantLock lock = new ReentrantLock();
    private volatile Optional<Instant> pushingSince = Optional.empty();
    private volatile Optional<Silence> silence = Optional.empty();

    /** The remote took long not to answer, and is left alone for as long as that took. */
    private record Silence(PushOutcome.Unreachable outcome, Instant from, Instant until) {
        /** Never before it began: a clock may be set back. */
        boolean lasts(Instant now) {
            return !now.isBefore(from) && now.isBefore(until);
        }
    }

    LedgerRemote(Mirror mirror, String branch, LedgerTrust trust, Clock clock) {
        this.mirror = mirror;
        this.clock = clock;
        this.branch = branch;
        this.trust = trust;
        this.kinship = new LedgerKinship(mirror, branch);
        tracking = "refs/plumbline/remote/" + branch.replace('/', '%');
        incoming = "refs/plumbline/incoming/" + branch.replace('/', '%');
    }

    String name() {
        return mirror.remote().label();
    }

    /** Keeps what was pushed to from becoming slow, as {@link Mirror#maintain} says; one thread. */
    void maintain(boolean quiet) {
        mirror.maintain(quiet);
    }

    /** Where the remote stood when we last knew. */
    Optional<ObjectId> known() throws LedgerException {
        try {
            return mirror.ref(tracking);
        } catch (Source.SourceException broken) {
            throw failure(broken);
        }
    }

    /** Whether a listing of the remote's branches shows the ledger elsewhere than we know it. */
    boolean differs(Map<String, ObjectId> branches) throws LedgerException {
        return !known().equals(Optional.ofNullable(branches.get(branch)));
    }

    /**
     * Where the remote stands now, with everything up to there in the mirror.
     *
     * @throws LedgerException {@code Foreign} when no trusted key signed that, {@code OtherRepository} when the remote is
     *     another repository than before; then it is not known as where it stands
     */
    Optional<ObjectId> fetch() throws LedgerException, InterruptedException {
        lock.lockInterruptibly();
        try {
            if (!mirror.branches().containsKey(branch)) {
                kinship.require(Optional.empty());
                mirror.removeRef(tracking);
                return Optional.empty();
            }
            ObjectId there = mirror.fetchOurs(branch, incoming);
            kinship.require(Optional.of(there));
            trust.check(there, known());
            mirror.setRef(tracking, there);
            return Optional.of(there);
        } catch (Source.SourceException failed) {
            throw failure(failed);
        } finally {
            lock.unlock();
        }
    }

    /** Throws {@code Foreign} when a head of ours is one that no trusted key signed. */
    void requireTrusted(ObjectId head) throws LedgerException {
        trust.check(head, Optional.empty());
    }

    /**
     * Pushes a commit, if the remote still stands where we know it.
     *
     * @param fresh whether the branch is expected not to exist
     */
    PushOutcome push(ObjectId commit, boolean fresh) throws LedgerException, InterruptedException {
        return push(commit, fresh, this::pushAlone);
    }

    /** The {@link Ledger.Move} that moves nothing but the ledger. */
    PushOutcome pushAlone(Optional<BranchPush> record) throws InterruptedException {
        return mirror.push(record.stream().toList());
    }

    /** Pushes a commit as {@link #push(ObjectId, boolean)} does, together with what the move pushes. */
    PushOutcome push(ObjectId commit, boolean fresh, Ledger.Move move) throws LedgerException, InterruptedException {
        lock.lockInterruptibly();
        try {
            Optional<ObjectId> expected = fresh ? Optional.empty() : known();
            if (expected.isEmpty()) {
                // It is made there, which nothing but this refuses where it does not belong.
                kinship.require(Optional.empty());
            }
            PushOutcome outcome = patiently(() -> move.push(Optional.of(
                    new BranchPush(commit, branch, Optional.of(expected.orElse(ObjectId.zeroId())), false))));
            if (outcome instanceof PushOutcome.Accepted) {
                Failpoint.LEDGER_PUSHED.hit();
                mirror.setRef(tracking, commit);
            }
            return outcome;
        } catch (Source.SourceException broken) {
            throw failure(broken);
        } finally {
            lock.unlock();
        }
    }

    @FunctionalInterface
    private interface Push {
        PushOutcome send() throws InterruptedException;
    }

    /** Those who come while a remote does not answer wait for it once, and not one after the other. */
    private PushOutcome patiently(Push push) throws InterruptedException {
        Instant begun = clock.instant();
        if (silence.isPresent() && silence.get().lasts(begun)) {
            return silence.get().outcome();
        }
        pushingSince = Optional.of(begun);
        try {
            PushOutcome outcome = push.send();
            Instant now = clock.instant();
            Duration taken = Duration.between(begun, now);
            silence = outcome instanceof PushOutcome.Unreachable unanswered && taken.compareTo(LONG) > 0
                    ? Optional.of(new Silence(unanswered, now, now.plus(taken)))
                    : Optional.empty();
            return outcome;
        } finally {
            pushingSince = Optional.empty();
        }
    }

    /** Says so when the remote has not answered a push for a while. */
    Optional<String> slowness() {
        return pushingSince
                .filter(since -> since.plus(LONG).isBefore(clock.instant()))
                .map(since -> name() + " has not answered a push that began at " + since.truncatedTo(ChronoUnit.SECONDS)
                        + ".");
    }

    static String ref(String branch) {
        return Constants.R_HEADS + branch;
    }

    static LedgerException failure(Source.SourceException failed) {
        String reason = switch (failed.reason()) {
            case "Unauthorized" -> "Refused";
            case "Damaged" -> "Storage";
            default -> "Unreachable";
        };
        return new LedgerException(reason, String.valueOf(failed.getMessage()), failed);
    }
}
