package dev.plumbline.reconciler.apply;

import dev.plumbline.policy.Verdict;
import dev.plumbline.reconciler.ledger.EndpointEntry.Intent;
import dev.plumbline.reconciler.ledger.Ledger;
import dev.plumbline.reconciler.ledger.LedgerView;
import dev.plumbline.reconciler.ledger.Transition;
import dev.plumbline.reconciler.ledger.VersionEntry;
import dev.plumbline.reconciler.source.Source;
import dev.plumbline.reconciler.source.Writer;
import dev.plumbline.reconciler.source.Writer.PushOutcome;
import dev.plumbline.schemas.fault.Failpoint;
import dev.plumbline.schemas.model.Resource;
import dev.plumbline.schemas.model.Revision;
import dev.plumbline.schemas.model.ServingSpec;
import dev.plumbline.schemas.model.VersionName;
import java.time.Clock;
import java.util.Optional;

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
    private final PromotionChain chain;

    /** Promotions written by this writer. */
    public Promotion(Ledger ledger, PromotionGate gate, Source source, Writer writer, Events events, Clock clock) {
        this.ledger = ledger;
        this.gate = gate;
        this.source = source;
        this.writer = writer;
        this.events = events;
        this.clock = clock;
        this.chain = new PromotionChain(ledger, writer, clock);
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
        JudgedPromotion judged = new JudgedPromotion(order, verdict);
        return judged.byBranch() ? byBranch(judged) : direct(judged);
    }

    private Result byBranch(JudgedPromotion judged) throws Ledger.LedgerException, InterruptedException {
        try {
            return aside(judged, chain.prepare(judged), Optional.empty());
        } catch (Source.SourceException failure) {
            return unprepared(failure);
        }
    }

    private Result direct(JudgedPromotion judged) throws Ledger.LedgerException, InterruptedException {
        return switch (chain.write(judged)) {
            case PromotionChain.Outcome.Taken(Revision commit) -> written(judged, commit);
            case PromotionChain.Outcome.Raced raced -> new Result.Raced();
            case PromotionChain.Outcome.Unprepared(Source.SourceException why) -> unprepared(why);
            case PromotionChain.Outcome.Silent(Intent intent, String message) -> unheard(judged, intent, message);
            case PromotionChain.Outcome.Refused(Revision commit, String words) ->
                aside(judged, commit, Optional.of(words));
        };
    }

    private static Result unprepared(Source.SourceException failure) {
        return switch (failure.reason()) {
            case "Stale" -> new Result.Raced();
            case "Unwritable" -> new Result.Unwritable(failure.getMessage());
            default -> new Result.Failed("CommitFailed", failure.getMessage());
        };
    }

    /** The remote may have taken the commit and its answer may have been lost: then it must be known as ours. */
    private Result unheard(JudgedPromotion judged, Intent intent, String message)
            throws Ledger.LedgerException, InterruptedException {
        ledger.record(intended(judged, intent, "the remote did not answer", ledger.view()));
        return new Result.Failed("RemoteUnreachable", message);
    }

    private Result written(JudgedPromotion judged, Revision commit)
            throws Ledger.LedgerException, InterruptedException {
        Failpoint.PROMOTION_RECORDED.hit();
        Order order = judged.order();
        ledger.record(Transition.of(
                judged.verb() + " " + judged.words(),
                events.ofVersion(
                        order.serving().id(),
                        order.to().version(),
                        order.rollback() ? "RolledBack" : "Promoted",
                        "commit " + commit.shortened() + " names " + order.to().version() + ": " + order.why()
                                + Verdicts.warnings(judged.verdict()),
                        Optional.of(commit),
                        order.requestedBy())));
        return new Result.Written(commit);
    }

    private Result aside(JudgedPromotion judged, Revision commit, Optional<String> refusal)
            throws Ledger.LedgerException, InterruptedException {
        String serving = judged.serving();
        String branch = writer.asideBranch(serving);
        Intent intent = judged.intent(clock.instant(), commit, Optional.of(branch), refusal);
        return switch (ledger.recordWith(
                view -> intended(judged, intent, "waits on " + branch, view),
                record -> writer.pushAside(commit, serving, record))) {
            case PushOutcome.Accepted accepted -> new Result.Aside(commit, branch, refusal);
            case PushOutcome.Raced raced ->
                new Result.Failed("PushRefused", "somebody else pushed to " + branch + " at the same time");
            case PushOutcome.Refused refused ->
                new Result.Failed(
                        "PushRefused",
                        refusal.map(words -> "the watched branch: " + words + "; ")
                                        .orElse("") + branch + ": " + refused.words());
            case PushOutcome.Unreachable silent -> unheard(judged, intent, silent.message());
        };
    }

    private static Transition intended(JudgedPromotion judged, Intent intent, String state, LedgerView view) {
        return Transition.of(judged.verb() + " " + judged.words() + ": " + state, judged.intended(intent, view));
    }
}
