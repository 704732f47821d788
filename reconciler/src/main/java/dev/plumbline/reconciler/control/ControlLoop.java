package dev.plumbline.reconciler.control;

import dev.plumbline.reconciler.catalog.AdmittedCatalog;
import dev.plumbline.reconciler.clock.ClockWatch;
import dev.plumbline.reconciler.ledger.AdmissionEntry;
import dev.plumbline.reconciler.ledger.Ledger;
import dev.plumbline.reconciler.source.Snapshot;
import dev.plumbline.reconciler.source.Source;
import dev.plumbline.reconciler.status.Conditions;
import dev.plumbline.reconciler.status.StatusBoard;
import dev.plumbline.schemas.model.ResourceId;
import dev.plumbline.schemas.model.Revision;
import dev.plumbline.schemas.policies.PolicyException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The loop: fetch, load, admit, queue what changed. It runs in the caller's thread until that is interrupted; everybody
 * else sees whole reports of it. One bad revision or an unreachable remote stops nothing that serves.
 */
public final class ControlLoop {
    private static final Logger LOG = LoggerFactory.getLogger(ControlLoop.class);
    private static final Duration NOTICE = Duration.ofDays(14);
    private static final Duration BETWEEN_INTERRUPTS = Duration.ofMillis(100);
    private static final int MOST_INTERRUPTS = 100;

    private final Source source;
    private final AdmissionLedger admissions;
    private final Ledger ledger;
    private final StatusBoard board;
    private final WorkQueue queue;
    private final ResourceWorker worker;
    private final LoopMetrics metrics;
    private final Clock clock;
    private final ClockWatch watch;
    private final Resync resync;
    private final AtomicReference<LoopReport> report = new AtomicReference<>(LoopReport.NOTHING);
    private final Consumer<String> cancelRuns;
    private final Roster roster;
    private final RewrittenHistory rewritten;
    private final Repairs repairs;
    private volatile boolean restored;
    private Optional<Ledger.Fence> fence = Optional.empty();
    /** Whether a gate gave no answer about the revision that was looked at last, which is asked for with each look then. */
    private boolean unanswered;

    private final CountDownLatch ended = new CountDownLatch(1);
    private volatile Optional<Thread> runner = Optional.empty();
    private volatile boolean stopping;

    ControlLoop(
            Source source,
            AdmissionLedger admissions,
            Ledger ledger,
            StatusBoard board,
            WorkQueue queue,
            ResourceWorker worker,
            LoopMetrics metrics,
            Clock clock,
            ClockWatch watch,
            Resync resync,
            Consumer<String> cancelRuns) {
        this.source = source;
        this.admissions = admissions;
        this.ledger = ledger;
        this.board = board;
        this.queue = queue;
        this.worker = worker;
        this.metrics = metrics;
        this.clock = clock;
        this.watch = watch;
        this.resync = resync;
        this.cancelRuns = cancelRuns;
        this.roster = new Roster(() -> report.get().catalog(), ledger, board);
        this.rewritten = new RewrittenHistory(source, ledger, clock);
        this.repairs = new Repairs(source, ledger, clock);
    }

    /** Waits until it is time to look at the source again. */
    public interface Bell {
        /** Returns when something may have changed, or after the poll interval. */
        void await() throws InterruptedException;
    }

    LoopReport report() {
        return report.get();
    }

    /** Runs until the thread is interrupted or the loop is stopped. */
    public void run(Bell bell) throws InterruptedException {
        runner = Optional.of(Thread.currentThread());
        try {
            restoreEarly();
            while (!stopping && !Thread.interrupted()) {
                look();
                bell.await();
            }
            throw new InterruptedException("the loop was asked to stop");
        } finally {
            ended.countDown();
        }
    }

    /** Stops the loop, and returns when it has ended or after a while. */
    void stop() {
        stopping = true;
        try {
            for (int time = 0; time < MOST_INTERRUPTS && runner.isPresent(); time++) {
                // A library may swallow an interrupt: it is asked more than once.
                runner.get().interrupt();
                if (ended.await(BETWEEN_INTERRUPTS.toMillis(), TimeUnit.MILLISECONDS)) {
                    return;
                }
            }
        } catch (InterruptedException hurry) {
            Thread.currentThread().interrupt();
        }
    }

    /** What was admitted before is acted on from the first moment, also while the remote is away. */
    private void restoreEarly() throws InterruptedException {
        try {
            restore();
        } catch (Source.SourceException | Ledger.LedgerException failure) {
            if (failure instanceof Source.SourceException && failure.reason().equals("NotFound")) {
                LOG.info("what was admitted before is not in the mirror and is restored once the branch was fetched");
            } else {
                LOG.warn("what was admitted before cannot be restored yet message={}", failure.getMessage());
            }
        } catch (RuntimeException bug) {
            LOG.error("what was admitted before cannot be restored by a bug", bug);
        }
    }

    /**
     * Restores what was admitted before. Nothing is acted on before that succeeded: who does not know what was asked for
     * takes everything that is not asked for now for something to be removed.
     */
    private void restore() throws Source.SourceException, Ledger.LedgerException, InterruptedException {
        if (restored) {
            return;
        }
        ledger.view().admission().map(AdmissionEntry::revision).ifPresent(source::followed);
        admissions
                .restore()
                .ifPresent(before -> report.set(new LoopReport(
                        before.catalog(),
                        before.catalog().revision(),
                        Optional.of(before.entry()),
                        before.problems(),
                        Optional.empty(),
                        0,
                        Optional.empty(),
                        Optional.empty())));
        restored = true;
    }

    /** One look at the source; a mirror that cannot be read is mended first, and looked at once more. */
    void look() throws InterruptedException {
        watch.look();
        Optional<Source.SourceException> failure = lookOnce();
        if (failure.isPresent() && repairs.mended(failure.get())) {
            failure = lookOnce();
        }
        if (failure.isPresent() && ledger.fence().isPresent()) {
            standBack(ledger.fence().get());
        } else if (failure.isPresent()) {
            metrics.fetchFailed();
            LOG.info(
                    "the source cannot be read reason={} message={}",
                    failure.get().reason(),
                    failure.get().getMessage());
            rewritten.note(report.get().catalog(), roster.witnesses());
            unable(failure.get().reason() + ": " + failure.get().getMessage());
            resyncIfDue();
        }
        if (ledger.fence().isEmpty()) {
            repairs.tell(roster::witnesses);
        }
    }

    /** @return why the source cannot be read */
    private Optional<Source.SourceException> lookOnce() throws InterruptedException {
        try {
            Optional<Snapshot> snapshot = source.fetch();
            Instant now = clock.instant();
            metrics.fetched(now);
            if (ledger.fence().isPresent()) {
                standBack(ledger.fence().get());
                return Optional.empty();
            }
            goOn();
            if (snapshot.isEmpty()) {
                unable(source.absence().orElse("the branch has no commit yet: push one"));
                return Optional.empty();
            }
            restoreOrWaive(snapshot.get());
            take(snapshot.get(), now);
        } catch (Source.SourceException failure) {
            return Optional.of(failure);
        } catch (Ledger.LedgerException failure) {
            if (ledger.fence().isPresent()) {
                standBack(ledger.fence().get());
                return Optional.empty();
            }
            LOG.info("the admission cannot be recorded reason={} message={}", failure.reason(), failure.getMessage());
            unable("Ledger" + failure.reason() + ": " + failure.getMessage());
            resyncIfDue();
        } catch (RuntimeException bug) {
            LOG.error("a look at the source failed by a bug", bug);
            unable("Bug: Plumbline failed on this revision: its log says how");
        }
        return Optional.empty();
    }

    /** What was admitted last and is lost for good is done without when a person has said so. */
    private void restoreOrWaive(Snapshot head)
            throws Source.SourceException, Ledger.LedgerException, InterruptedException {
        try {
            restore();
        } catch (Source.SourceException lost) {
            if (!rewritten.waived(head.revision(), roster.witnesses())) {
                throw new Source.SourceException(
                        "AdmissionLost",
                        "What was admitted last cannot be read: " + lost.getMessage()
                                + " Nothing is trained, promoted or removed, and endpoints serve on. Put back the repository"
                                + " as it was; or, if that is lost for good, take the branch as it is, which removes"
                                + " what it no longer asks for: plumb accept-history "
                                + head.revision().id() + " --reason TEXT",
                        lost);
            }
            LOG.warn(
                    "what was admitted last cannot be read and is done without, as a person said revision={}",
                    head.revision().shortened());
            restored = true;
        }
    }

    /** The record is not ours to write: what serves here goes on serving, and nothing else is done. */
    private void standBack(Ledger.Fence why) {
        if (!fence.equals(Optional.of(why))) {
            fence = Optional.of(why);
            LOG.error("nothing is done any more reason={} message={}", why.reason(), why.message());
            if (why.lost()) {
                cancelRuns.accept("another control plane has taken over");
            }
            lookAgain(everything());
        }
        unable(why.reason() + ": " + why.message());
    }

    /** What was left undone while the record was not to be trusted is done now. */
    private void goOn() {
        if (fence.isPresent()) {
            LOG.info(
                    "the record can be written again after reason={}",
                    fence.get().reason());
            fence = Optional.empty();
            lookAgain(everything());
        }
    }

    private void unable(String why) {
        Instant at = clock.instant();
        report.updateAndGet(now -> now.unable(why, at));
        board.ring();
    }

    private void take(Snapshot snapshot, Instant now)
            throws Source.SourceException, Ledger.LedgerException, InterruptedException {
        LoopReport before = report.get();
        boolean first = before.lastFetch().isEmpty();
        boolean again = !first
                && before.admission().isPresent()
                && before.catalog().revision().equals(Optional.of(snapshot.revision()));
        if (again && !unanswered) {
            nothingNew(before, now);
            return;
        }
        AdmissionLedger.Result result = admissions.admit(snapshot, before.catalog());
        unanswered = result.unanswered();
        if (again && result.touched().isEmpty()) {
            nothingNew(before, now);
            return;
        }
        report.set(new LoopReport(
                result.catalog(),
                Optional.of(snapshot.revision()),
                Optional.of(result.entry()),
                result.problems(),
                Optional.of(now),
                before.looks() + 1,
                Optional.empty(),
                Optional.empty()));
        metrics.problems(result.entry().problems());
        metrics.applied(snapshot.revision().shortened(), now);
        if (!first && result.elsewhere() && result.touched().isEmpty()) {
            LOG.debug(
                    "nothing that is read here changed revision={}",
                    snapshot.revision().shortened());
            board.observed(snapshot.revision(), id -> true);
            board.ring();
            return;
        }
        LOG.info(
                "admitted revision={} specs={} changed={} held={} problems={}",
                snapshot.revision().shortened(),
                result.catalog().specs().size(),
                result.entry().changed().size(),
                result.catalog().held().size(),
                result.entry().problems());
        publish(
                result.catalog(),
                first ? everything() : Concerned.by(result.touched(), result.catalog(), before.catalog()));
        if (first) {
            resync.done();
        }
    }

    private void nothingNew(LoopReport before, Instant now) throws InterruptedException {
        report.set(before.unchanged(now));
        resyncIfDue();
        board.ring();
    }

    /** Queues what the revision concerns, and what is not ready: what it waits for may have come with the revision. */
    private void publish(AdmittedCatalog catalog, Collection<ResourceId> concerned) {
        TreeSet<ResourceId> all = new TreeSet<>(concerned);
        all.addAll(resync.notReady());
        reportHeld(catalog);
        catalog.revision().ifPresent(revision -> board.observed(revision, id -> !all.contains(id)));
        lookAgain(all);
        board.ring();
    }

    /** Queues resources to be looked at now, also those that failed lately. */
    void lookAgain(Collection<ResourceId> ids) {
        ids.forEach(worker::forgive);
        ids.forEach(queue::add);
    }

    private void reportHeld(AdmittedCatalog catalog) {
        Map<ResourceId, AdmittedCatalog.Held> held = new TreeMap<>(catalog.held());
        held.keySet().removeAll(catalog.specs().keySet());
        held.forEach((id, why) -> board.update(id, former -> HeldStatus.of(former, why, catalog.revision(), clock)));
    }

    /** Says of resources that a person asked for another look at them, until that has come to something. */
    void asked(Collection<ResourceId> ids, String actor) {
        AdmittedCatalog catalog = report.get().catalog();
        Conditions conditions = new Conditions(clock);
        board.due(
                ids.stream().filter(id -> catalog.resource(id).isPresent()).toList(),
                known -> known.with(conditions.asked(actor, known.conditions())));
    }

    /** Whether a revision of the source is another one or comes before it. */
    boolean includes(Revision later, Revision earlier) {
        try {
            return source.includes(later, earlier);
        } catch (Source.SourceException failure) {
            LOG.warn(
                    "the source cannot tell revisions apart reason={} message={}",
                    failure.reason(),
                    failure.getMessage());
            return false;
        }
    }

    /** Why promotion is frozen: the branch's history was rewritten. */
    Optional<String> frozen() {
        return source.frozen();
    }

    /** The exceptions from the rules that end soon. */
    List<PolicyException> endingSoon() {
        return report.get().catalog().policies().ending(clock.instant(), NOTICE);
    }

    /** What to tell people of a clock that was set. */
    Optional<String> clockSet() {
        return watch.warning();
    }

    /** Takes a rewritten history as it is; the record of every endpoint, or else of every resource, says who said so and why. */
    void acceptHistory(Revision revision, String actor, String reason)
            throws Source.SourceException, Ledger.LedgerException, InterruptedException {
        rewritten.accept(revision, actor, reason, report.get().catalog(), roster.witnesses(), !restored);
    }

    /** Every resource that is or should be. */
    NavigableSet<ResourceId> everything() {
        return roster.everything();
    }

    private void resyncIfDue() throws InterruptedException {
        resync.due(report.get().catalog(), this::everything).forEach(queue::add);
    }
}
