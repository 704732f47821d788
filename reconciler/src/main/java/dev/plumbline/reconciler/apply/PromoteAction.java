package dev.plumbline.reconciler.apply;

import dev.plumbline.reconciler.catalog.AdmittedCatalog;
import dev.plumbline.reconciler.ledger.Ledger;
import dev.plumbline.reconciler.ledger.VersionEntry;
import dev.plumbline.reconciler.plan.Action;
import dev.plumbline.reconciler.status.Outcome;
import dev.plumbline.schemas.model.Resource;
import java.time.Duration;
import java.util.Optional;

/** Promotes what the plan says, and says what became of it. */
final class PromoteAction {
    private final Ledger ledger;
    private final Promotion promotion;
    private final Runnable lookEarly;

    PromoteAction(Ledger ledger, Promotion promotion, Runnable lookEarly) {
        this.ledger = ledger;
        this.promotion = promotion;
        this.lookEarly = lookEarly;
    }

    Outcome promote(Action.Promote action, AdmittedCatalog catalog)
            throws Ledger.LedgerException, InterruptedException, DataFiles.Unavailable {
        if (catalog.held().containsKey(action.resource())) {
            return new Outcome.Stalled(
                    "HeldBack",
                    action.to()
                            + " is not promoted while the spec that would name it is held back: mend the spec first");
        }
        Resource serving = catalog.resource(action.resource()).orElseThrow();
        VersionEntry to = ledger.view().version(action.to()).orElseThrow();
        Promotion.Result result = promotion.write(new Promotion.Order(
                serving, catalog.revision().orElseThrow(), to, action.rollback(), Optional.empty(), action.reason()));
        return outcome(action, result);
    }

    private Outcome outcome(Action.Promote action, Promotion.Result result) {
        return switch (result) {
            case Promotion.Result.Written written -> {
                lookEarly.run();
                yield new Outcome.Waiting(
                        "Promoting",
                        "commit " + written.commit().shortened() + " names " + action.to(),
                        Duration.ofSeconds(5));
            }
            case Promotion.Result.Aside aside -> waiting(action, aside);
            case Promotion.Result.Denied denied ->
                denied.verdict().reason().conclusive()
                        ? new Outcome.Stalled(
                                "PromotionDenied",
                                action.to() + ": " + denied.verdict().explanation())
                        : new Outcome.Failed(
                                "PolicyUnavailable", denied.verdict().explanation());
            case Promotion.Result.Raced raced -> {
                lookEarly.run();
                yield new Outcome.Waiting(
                        "Raced",
                        "somebody pushed meanwhile; the new head is admitted and planned first",
                        Duration.ofSeconds(2));
            }
            case Promotion.Result.Frozen frozen -> new Outcome.Stalled("HistoryRewritten", frozen.why());
            case Promotion.Result.Unwritable unwritable -> new Outcome.Stalled("Unwritable", unwritable.message());
            case Promotion.Result.Failed failed -> new Outcome.Failed(failed.reason(), failed.message());
        };
    }

    private static Outcome waiting(Action.Promote action, Promotion.Result.Aside aside) {
        return PushRefused.outcome(action.to(), aside.branch(), aside.refusal());
    }
}
