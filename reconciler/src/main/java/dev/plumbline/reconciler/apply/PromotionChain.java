package dev.plumbline.reconciler.apply;

import dev.plumbline.reconciler.ledger.EndpointEntry.Intent;
import dev.plumbline.reconciler.ledger.Entry;
import dev.plumbline.reconciler.ledger.Ledger;
import dev.plumbline.reconciler.ledger.Ledger.LedgerException;
import dev.plumbline.reconciler.ledger.LedgerView;
import dev.plumbline.reconciler.ledger.Transition;
import dev.plumbline.reconciler.source.BranchPush;
import dev.plumbline.reconciler.source.Source;
import dev.plumbline.reconciler.source.Writer;
import dev.plumbline.reconciler.source.Writer.PushOutcome;
import dev.plumbline.schemas.fault.Failpoint;
import dev.plumbline.schemas.model.Revision;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;

/**
 * Puts promotions on the watched branch, a commit each, together with the record that they are ours. Those that wait at one
 * time stand on each other and are pushed at once: all of them are taken or none. Thread-safe.
 */
final class PromotionChain {
    private static final int LONGEST = 64;

    private final Ledger ledger;
    private final Writer writer;
    private final Clock clock;
    private final PromotionLine line = new PromotionLine();
    private final Queue<Waiting> waiting = new ConcurrentLinkedQueue<>();
    private final ReentrantLock writing = new ReentrantLock();

    PromotionChain(Ledger ledger, Writer writer, Clock clock) {
        this.ledger = ledger;
        this.writer = writer;
        this.clock = clock;
    }

    /** What became of one. */
    sealed interface Outcome {
        /** Its commit is on the watched branch. */
        record Taken(Revision commit) implements Outcome {}

        /** The branch is not what it was planned on. */
        record Raced() implements Outcome {}

        /** Its commit could not be made. */
        record Unprepared(Source.SourceException why) implements Outcome {}

        /** The remote did not answer, and may have taken the commit. */
        record Silent(Intent intent, String message) implements Outcome {}

        /** The remote will not take this very commit. */
        record Refused(Revision commit, String words) implements Outcome {}
    }

    private record Waiting(JudgedPromotion promotion, CompletableFuture<Outcome> done) {}

    /** A commit of the chain, and what it stands on. */
    private record Link(Waiting of, Revision parent, Revision commit, Intent intent) {}

    /** Writes the promotion, and with it those that wait with it; whoever comes first does it for all. */
    Outcome write(JudgedPromotion promotion) throws LedgerException, InterruptedException {
        Waiting own = new Waiting(promotion, new CompletableFuture<>());
        waiting.add(own);
        try {
            writing.lockInterruptibly();
            try {
                while (!own.done().isDone()) {
                    together();
                }
            } finally {
                writing.unlock();
            }
        } finally {
            // Who was stopped waits for nothing any more.
            waiting.remove(own);
        }
        return outcome(own);
    }

    private static Outcome outcome(Waiting own) throws LedgerException, InterruptedException {
        try {
            return own.done().get();
        } catch (ExecutionException failed) {
            if (failed.getCause() instanceof LedgerException known) {
                throw new LedgerException(known.reason(), String.valueOf(known.getMessage()), known);
            }
            throw new IllegalStateException("a promotion failed by a bug", failed.getCause());
        }
    }

    /** Makes the commit and pushes nothing. */
    Revision prepare(JudgedPromotion promotion) throws Source.SourceException, InterruptedException {
        writing.lockInterruptibly();
        try {
            return commit(promotion, line.tip(promotion.plannedOn()));
        } finally {
            writing.unlock();
        }
    }

    /** The first that waits, with all that were planned on what may stand on the same commit. */
    private void together() throws InterruptedException {
        Revision start = line.tip(waiting.element().promotion().plannedOn());
        List<Waiting> group = waiting.stream()
                .filter(each -> line.tip(each.promotion().plannedOn()).equals(start))
                .limit(LONGEST)
                .toList();
        waiting.removeAll(group);
        try {
            write(group, start);
        } catch (LedgerException | RuntimeException failed) {
            group.forEach(each -> each.done().completeExceptionally(failed));
        } finally {
            // When this thread was stopped nobody knows what the remote took: the others look at the branch first.
            group.forEach(each -> each.done().complete(new Outcome.Raced()));
        }
    }

    private void write(List<Waiting> group, Revision start) throws LedgerException, InterruptedException {
        List<Link> links = links(group, start);
        if (links.isEmpty()) {
            return;
        }
        Revision last = links.getLast().commit();
        switch (ledger.recordWith(view -> intended(links, view), record -> pushed(last, record))) {
            case PushOutcome.Accepted accepted -> links.forEach(this::taken);
            case PushOutcome.Raced raced ->
                links.forEach(each -> each.of().done().complete(new Outcome.Raced()));
            case PushOutcome.Unreachable(String message) ->
                links.forEach(each -> each.of().done().complete(new Outcome.Silent(each.intent(), message)));
            case PushOutcome.Refused(String words) -> refused(links, words);
        }
    }

    /** Whose line has changed, or cannot be written, is left out alone. */
    private List<Link> links(List<Waiting> group, Revision start) {
        List<Link> links = new ArrayList<>();
        Revision tip = start;
        for (Waiting each : group) {
            try {
                Revision commit = commit(each.promotion(), tip);
                Intent intent = each.promotion().intent(clock.instant(), commit, Optional.empty(), Optional.empty());
                links.add(new Link(each, tip, commit, intent));
                tip = commit;
            } catch (Source.SourceException failure) {
                each.done().complete(new Outcome.Unprepared(failure));
            }
        }
        return links;
    }

    private Revision commit(JudgedPromotion promotion, Revision base) throws Source.SourceException {
        Revision commit = writer.prepare(promotion.change(base));
        Failpoint.PROMOTION_COMMITTED.hit();
        return commit;
    }

    private static Transition intended(List<Link> links, LedgerView view) {
        List<Entry> entries = new ArrayList<>();
        links.forEach(each -> entries.add(each.of().promotion().intended(each.intent(), view)));
        JudgedPromotion first = links.getFirst().of().promotion();
        return new Transition(
                links.size() == 1
                        ? first.verb() + " " + first.words() + ": names it"
                        : "promote " + links.size() + " endpoints: "
                                + links.stream()
                                        .map(each -> each.of().promotion().words())
                                        .collect(Collectors.joining(", ")),
                entries);
    }

    private PushOutcome pushed(Revision commit, Optional<BranchPush> record) throws InterruptedException {
        Failpoint.PROMOTION_BEFORE_PUSH.hit();
        PushOutcome outcome = writer.push(commit, record);
        Failpoint.PROMOTION_PUSHED.hit();
        return outcome;
    }

    private void taken(Link link) {
        line.grow(link.of().promotion().plannedOn(), link.parent(), link.commit());
        link.of().done().complete(new Outcome.Taken(link.commit()));
    }

    /** A remote may refuse all of them for what one of them changes, so each is tried alone. */
    private void refused(List<Link> links, String words) throws LedgerException, InterruptedException {
        if (links.size() == 1) {
            Link only = links.getFirst();
            only.of().done().complete(new Outcome.Refused(only.commit(), words));
            return;
        }
        for (Link each : links) {
            write(List.of(each.of()), line.tip(each.of().promotion().plannedOn()));
        }
    }
}
