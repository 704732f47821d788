package dev.plumbline.reconciler.ledger.git;

import dev.plumbline.reconciler.ledger.Ledger;
import dev.plumbline.reconciler.ledger.LedgerView;
import dev.plumbline.reconciler.ledger.Transition;
import dev.plumbline.reconciler.source.Writer.PushOutcome;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/** Something that the ledger's one thread does for a waiting caller. */
sealed interface LedgerWork<T> {
    CompletableFuture<T> done();

    /** Durable here before it counts; the remote gets it later. */
    record Recording(Transition transition, CompletableFuture<Void> done) implements LedgerWork<Void> {}

    /** Pushed before it counts, together with all others of its kind that wait. */
    record Numbering(Function<LedgerView, Transition> decide, CompletableFuture<PushOutcome> done)
            implements LedgerWork<PushOutcome> {}

    /** Alone, and pushed together with another branch before it counts. */
    record Moving(Function<LedgerView, Transition> decide, Ledger.Move move, CompletableFuture<PushOutcome> done)
            implements LedgerWork<PushOutcome> {}

    /** The remote is not where we left it: find out why. */
    record Aligning(CompletableFuture<Void> done) implements LedgerWork<Void> {}

    /** The last thing that is done. */
    record Ending(CompletableFuture<Void> done) implements LedgerWork<Void> {}

    static void fail(List<? extends LedgerWork<?>> works, Exception failure) {
        works.forEach(work -> work.done().completeExceptionally(failure));
    }
}
