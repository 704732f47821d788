package dev.plumbline.reconciler.ledger.git;

import dev.plumbline.reconciler.ledger.Ledger;
import dev.plumbline.reconciler.ledger.Ledger.LedgerException;
import dev.plumbline.reconciler.ledger.LedgerView;
import dev.plumbline.reconciler.ledger.Transition;
import dev.plumbline.reconciler.source.Writer.PushOutcome;
import dev.plumbline.schemas.fault.Failpoint;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/**
 * Commits what counts only when the remote has it, pushes it, and then makes it ours. Several decisions may go in one commit
 * and one push: each sees those before it, and all of them are taken or none. For the ledger's one thread.
 */
final class LedgerPublishing {
    private static final int TRIES = 3;

    private final LedgerHead head;
    private final LedgerRemote remote;
    private final LedgerAlignment alignment;
    private final String branch;
    private final Runnable changed;

    LedgerPublishing(LedgerHead head, LedgerRemote remote, LedgerAlignment alignment, String branch, Runnable changed) {
        this.head = head;
        this.remote = remote;
        this.alignment = alignment;
        this.branch = branch;
        this.changed = changed;
    }

    /** What is to be recorded, and who waits for it. */
    private record Decision(Function<LedgerView, Transition> decide, CompletableFuture<PushOutcome> done) {}

    /** All that wait for a number, in one commit. */
    void together(List<LedgerWork.Numbering> waiting) throws InterruptedException {
        publish(
                waiting.stream()
                        .map(each -> new Decision(each.decide(), each.done()))
                        .toList(),
                remote::pushAlone);
    }

    /** One that moves another branch as well. */
    void alone(LedgerWork.Moving moving) throws InterruptedException {
        publish(List.of(new Decision(moving.decide(), moving.done())), moving.move());
    }

    private void publish(List<Decision> waiting, Ledger.Move move) throws InterruptedException {
        try {
            tried(waiting, move);
        } catch (LedgerException | RuntimeException failed) {
            waiting.forEach(each -> each.done().completeExceptionally(failed));
        }
    }

    /** A remote that moved meanwhile has everything decided again, over what it holds. */
    private void tried(List<Decision> waiting, Ledger.Move move) throws LedgerException, InterruptedException {
        for (int attempt = 1; ; attempt++) {
            Optional<LedgerException> fence = head.fence();
            if (fence.isPresent()) {
                throw fence.get();
            }
            LedgerEdit edit = head.edit();
            List<Decision> taken = new ArrayList<>();
            List<String> subjects = new ArrayList<>();
            for (Decision each : waiting) {
                decide(each, edit).ifPresent(subject -> {
                    taken.add(each);
                    subjects.add(subject);
                });
            }
            if (taken.isEmpty()) {
                return;
            }
            PushOutcome outcome = push(edit, subjects, move);
            boolean moved = outcome instanceof PushOutcome.Raced(String which) && which.equals(branch);
            if (!moved || attempt == TRIES) {
                taken.forEach(each -> each.done().complete(outcome));
                return;
            }
            alignment.align();
        }
    }

    /** The subject of what was decided; who decides wrongly fails alone, and nothing of it is recorded. */
    private static Optional<String> decide(Decision each, LedgerEdit edit) {
        if (each.done().isDone()) {
            return Optional.empty();
        }
        try {
            Transition transition = each.decide().apply(edit.state());
            edit.record(transition);
            return Optional.of(transition.subject());
        } catch (RuntimeException wrong) {
            each.done().completeExceptionally(wrong);
            return Optional.empty();
        }
    }

    private PushOutcome push(LedgerEdit edit, List<String> subjects, Ledger.Move move)
            throws LedgerException, InterruptedException {
        LedgerHead.Prepared prepared = head.prepare(edit, subjects);
        Failpoint.LEDGER_MOVE_COMMITTED.hit();
        PushOutcome outcome = remote.push(prepared.written().commit(), false, move);
        if (outcome instanceof PushOutcome.Accepted) {
            Failpoint.LEDGER_MOVE_PUSHED.hit();
            head.take(prepared);
            changed.run();
        }
        return outcome;
    }
}
