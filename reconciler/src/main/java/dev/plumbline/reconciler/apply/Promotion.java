package dev.plumbline.reconciler.apply;

import dev.plumbline.policy.Verdict;
import dev.plumbline.reconciler.ledger.EndpointEntry;
import dev.plumbline.reconciler.ledger.EndpointEntry.Intent;
import dev.plumbline.reconciler.ledger.Ledger;
import dev.plumbline.reconciler.ledger.LedgerView;
import dev.plumbline.reconciler.ledger.Transition;
import dev.plumbline.reconciler.ledger.VersionEntry;
import dev.plumbline.reconciler.source.Mirror;
import dev.plumbline.reconciler.source.Source;
import dev.plumbline.reconciler.source.VersionChange;
import dev.plumbline.reconciler.source.Writer;
import dev.plumbline.reconciler.source.Writer.PushOutcome;
import dev.plumbline.schemas.fault.Failpoint;
import dev.plumbline.schemas.model.PromotionMode;
import dev.plumbline.schemas.model.Resource;
import dev.plumbline.schemas.model.Revision;
import dev.plumbline.schemas.model.ServingSpec;
import dev.plumbline.schemas.model.VersionName;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Writes the commit that names a version: judge, make the commit, then push it together with the record that it is ours.
 * A crash before the push has changed nothing; after it, the record at the remote says whose commit it is.
 */
public final class Promotion {
    private final Ledger ledger;
    private final PromotionGate gate;
    private final Source source;
    private final Writer writer;
    private final Events events;
    private final Clock clock;
    private final ReentrantLock writing = new ReentrantLock();
    private final PromotionLine line = new PromotionLine();

    /** Promotions written by this writer. */
    public Promotion(Ledger ledger, PromotionGate gate, Source source, Writer writer, Events events, Clock clock) {
        this.ledger = ledger;
        this.gate = gate;
        this.source = source;
        this.writer = writer;
        this.events = events;
        this.clock = clock;
    }

    /**
     * What to write.
     *
     * @param base the revision that it was planned on
     * @param requestedBy a person; empty for the loop
     */
    public record Order(
            Resource serving,
            Revision base,
            VersionEntry to,
            boolean rollback,
            Optional<String> requestedBy,
            String why) {
        Optional<VersionName> from() {
            return ((ServingSpec) serving.spec()).named();
        }
    }

    /** What became of it. */
    public sealed interface Result {
        /** The commit is on the watched branch. */
        record Written(Revision commit) implements Result {}

        /** The commit waits on a branch of its own for a person to merge it. */
        record Aside(Revision commit, String branch, Optional<String> refusal) implements Result {}

        /** Policy says no. */
        record Denied(Verdict verdict) implements Result {}

        /** Somebody pushed meanwhile: the new head is to be admitted and planned first. */
        record Raced() implements Result {}

        /** Nothing is written to a branch whose history was rewritten. */
        record Frozen(String why) implements Result {}

        /** The spec has the version in a form that only a person can change. */
        record Unwritable(String message) implements Result {}

        /** It could not be tried. */
        record Failed(String reason, String message) implements Result {}
    }

    /** Judges, records and pushes. */
    public Result write(Order order) throws Ledger.LedgerException, InterruptedException, DataFiles.Unavailable {
        Optional<String> frozen = source.frozen();
        if (frozen.isPresent()) {
            return new Result.Frozen(frozen.get());
        }
        Verdict verdict = gate.decide(
                order.serving(), order.to(), gate.stable(order.serving().id().name()), order.rollback());
        if (!verdict.allowed()) {
            return new Result.Denied(verdict);
        }
        Failpoint.PROMOTION_JUDGED.hit();
        // Promotions of ours that were planned on the same head stand on each other's commits, and so do not race.
        writing.lockInterruptibly();
        try {
            return write(order, verdict, line.tip(order.base()));
        } finally {
            writing.unlock();
        }
    }

    private Result write(Order order, Verdict verdict, Revision base)
            throws Ledger.LedgerException, InterruptedException {
        Revision commit;
        try {
            commit = writer.prepare(change(order, base, verdict));
        } catch (Source.SourceException failure) {
            return unprepared(failure);
        }
        Failpoint.PROMOTION_COMMITTED.hit();
        ServingSpec spec = (ServingSpec) order.serving().spec();
        if (spec.promotion().mode() == PromotionMode.BRANCH
                && order.requestedBy().isEmpty()) {
            return aside(order, verdict, commit, Optional.empty());
        }
        Intent intent = intent(order, verdict, commit, Optional.empty(), Optional.empty());
        return switch (ledger.recordWith(
                view -> intended(order, intent, "names it", view), record -> pushed(commit, record))) {
            case PushOutcome.Accepted accepted -> {
                line.grow(order.base(), base, commit);
                yield written(order, verdict, commit);
            }
            case PushOutcome.Raced raced -> new Result.Raced();
            case PushOutcome.Unreachable silent -> unheard(order, intent, silent);
            case PushOutcome.Refused refused -> aside(order, verdict, commit, Optional.of(refused.words()));
        };
    }

    private PushOutcome pushed(Revision commit, Optional<Mirror.Push> record) throws InterruptedException {
        Failpoint.PROMOTION_BEFORE_PUSH.hit();
        PushOutcome outcome = writer.push(commit, record);
        Failpoint.PROMOTION_PUSHED.hit();
        return outcome;
    }

    private static Result unprepared(Source.SourceException failure) {
        return switch (failure.reason()) {
            case "Stale" -> new Result.Raced();
            case "Unwritable" -> new Result.Unwritable(failure.getMessage());
            default -> new Result.Failed("CommitFailed", failure.getMessage());
        };
    }

    /** The remote may have taken the commit and its answer may have been lost: then it must be known as ours. */
    private Result unheard(Order order, Intent intent, PushOutcome.Unreachable silent)
            throws Ledger.LedgerException, InterruptedException {
        ledger.record(intended(order, intent, "the remote did not answer", ledger.view()));
        return new Result.Failed("RemoteUnreachable", silent.message());
    }

    private Result written(Order order, Verdict verdict, Revision commit)
            throws Ledger.LedgerException, InterruptedException {
        Failpoint.PROMOTION_RECORDED.hit();
        ledger.record(Transition.of(
                verb(order) + " " + order.serving().id().name() + " to "
                        + order.to().version(),
                events.ofVersion(
                        order.serving().id(),
                        order.to().version(),
                        order.rollback() ? "RolledBack" : "Promoted",
                        "commit " + commit.shortened() + " names " + order.to().version() + ": " + order.why()
                                + Verdicts.warnings(verdict),
                        Optional.of(commit),
                        order.requestedBy())));
        return new Result.Written(commit);
    }

    private Result aside(Order order, Verdict verdict, Revision commit, Optional<String> refusal)
            throws Ledger.LedgerException, InterruptedException {
        String serving = order.serving().id().name();
        String branch = writer.asideBranch(serving);
        Intent intent = intent(order, verdict, commit, Optional.of(branch), refusal);
        return switch (ledger.recordWith(
                view -> intended(order, intent, "waits on " + branch, view),
                record -> writer.pushAside(commit, serving, record))) {
            case PushOutcome.Accepted accepted -> new Result.Aside(commit, branch, refusal);
            case PushOutcome.Raced raced ->
                new Result.Failed("PushRefused", "somebody else pushed to " + branch + " at the same time");
            case PushOutcome.Refused refused ->
                new Result.Failed(
                        "PushRefused",
                        refusal.map(words -> "the watched branch: " + words + "; ")
                                        .orElse("") + branch + ": " + refused.words());
            case PushOutcome.Unreachable silent -> unheard(order, intent, silent);
        };
    }

    private static Transition intended(Order order, Intent intent, String state, LedgerView view) {
        String serving = order.serving().id().name();
        String model = ((ServingSpec) order.serving().spec()).model();
        return Transition.of(
                intent.action() + " " + serving + " to " + intent.to() + ": " + state,
                view.endpoint(serving)
                        .orElseGet(() -> EndpointEntry.fresh(serving, model))
                        .with(intent));
    }

    private Intent intent(
            Order order, Verdict verdict, Revision commit, Optional<String> branch, Optional<String> refusal) {
        return new Intent(
                verb(order),
                order.from(),
                order.to().version(),
                order.requestedBy(),
                verdict.id(),
                clock.instant(),
                commit,
                branch,
                refusal);
    }

    private static String verb(Order order) {
        return order.rollback() ? "rollback" : "promote";
    }

    private VersionChange change(Order order, Revision base, Verdict verdict) {
        Resource serving = order.serving();
        String name = serving.id().name();
        VersionEntry to = order.to();
        Map<String, String> trailers = new LinkedHashMap<>();
        trailers.put("Plumbline-Action", verb(order));
        trailers.put("Plumbline-Serving", name);
        trailers.put("Plumbline-Version", to.version().toString());
        trailers.put("Plumbline-Run", to.run().toString());
        trailers.put("Plumbline-Digest", to.digest().value());
        trailers.put("Plumbline-Verdict", verdict.id().value());
        order.requestedBy().ifPresent(person -> trailers.put("Plumbline-Requested-By", person));
        String verb = order.rollback() ? "Roll back" : "Promote";
        return new VersionChange(
                base,
                serving.file(),
                serving.document(),
                name,
                ((ServingSpec) serving.spec()).version(),
                to.version().label(),
                verb + " " + name + " to " + to.version(),
                order.why() + "\n\n" + Measures.line(to.evaluation()) + Verdicts.warnings(verdict),
                trailers,
                order.requestedBy());
    }
}
