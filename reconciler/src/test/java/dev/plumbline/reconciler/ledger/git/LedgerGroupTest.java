package dev.plumbline.reconciler.ledger.git;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.plumbline.reconciler.ledger.Ledger.LedgerException;
import dev.plumbline.reconciler.ledger.LedgerView;
import dev.plumbline.reconciler.ledger.Transition;
import dev.plumbline.reconciler.ledger.state.HeadLimits;
import dev.plumbline.reconciler.source.Writer.PushOutcome;
import dev.plumbline.schemas.model.VersionName;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What must be unique at the remote is numbered for all who wait by one push. */
final class LedgerGroupTest {
    private static final int CALLERS = 40;

    @TempDir
    Path folder;

    private LedgerBed bed;
    private GitLedger ledger;
    private final CountDownLatch busy = new CountDownLatch(1);
    private final CountDownLatch free = new CountDownLatch(1);
    private final List<Thread> callers = new ArrayList<>();

    @BeforeEach
    void start() throws Exception {
        bed = new LedgerBed(folder);
        ledger = bed.open("ada", LedgerBed.NEVER, false);
        // The ledger is kept busy until all of them wait.
        var _ = call(() -> ledger.recordWith(view -> LedgerBed.registration(view, "busy"), record -> {
            busy.countDown();
            free.await();
            return new PushOutcome.Unreachable("it was only kept busy");
        }));
        busy.await();
    }

    @AfterEach
    void stop() throws InterruptedException {
        free.countDown();
        for (Thread caller : callers) {
            caller.join();
        }
        bed.close();
    }

    private interface Call {
        void run() throws LedgerException, InterruptedException;
    }

    private FutureTask<Void> call(Call call) {
        FutureTask<Void> task = new FutureTask<>(() -> {
            call.run();
            return null;
        });
        callers.add(Thread.ofPlatform().start(task));
        return task;
    }

    private FutureTask<Void> number(Function<LedgerView, Transition> decide) {
        return call(() -> ledger.recordUnique(decide));
    }

    private void allWait() {
        await().until(() -> callers.stream().allMatch(each -> each.getState() == Thread.State.WAITING));
        free.countDown();
    }

    @Test
    void numbersAllWhoWaitByOnePush() throws Exception {
        List<FutureTask<Void>> numbered = IntStream.range(0, CALLERS)
                .mapToObj(each -> number(view -> LedgerBed.registration(view, "seed " + each)))
                .toList();
        allWait();
        for (FutureTask<Void> each : numbered) {
            each.get();
        }

        assertThat(ledger.view().versions("churn"))
                .extracting(each -> each.version().number())
                .containsExactlyElementsOf(IntStream.iterate(CALLERS, number -> number - 1)
                        .limit(HeadLimits.standard().versions())
                        .boxed()
                        .toList());
        assertThat(ledger.view().highestNumber("churn")).isEqualTo(CALLERS);
        // One commit took the epoch; a caller may have come too late for the others' commit.
        assertThat(bed.repository.log(LedgerBed.BRANCH)).hasSizeBetween(2, 4);
        assertThat(ledger.health().pending()).isZero();
    }

    @Test
    void whoDecidesWronglyFailsAlone() throws Exception {
        FutureTask<Void> first = number(view -> LedgerBed.registration(view, "first"));
        FutureTask<Void> wrong = number(view -> {
            throw new IllegalStateException("it cannot decide");
        });
        FutureTask<Void> nowhere = number(
                view -> Transition.of("Serve", Entries.endpoint("../elsewhere", "churn", new VersionName("churn", 1))));
        FutureTask<Void> last = number(view -> LedgerBed.registration(view, "last"));
        allWait();
        first.get();
        last.get();

        assertThatThrownBy(wrong::get).hasRootCauseMessage("it cannot decide");
        assertThatThrownBy(nowhere::get).hasRootCauseInstanceOf(IllegalArgumentException.class);
        assertThat(ledger.view().highestNumber("churn")).isEqualTo(2);
    }

    @Test
    void numbersNothingForAnyOfThemOnceAnotherHasTakenOver() throws Exception {
        List<FutureTask<Void>> fenced = IntStream.range(0, 3)
                .mapToObj(each -> number(view -> LedgerBed.registration(view, "seed " + each)))
                .toList();
        GitLedger other = bed.open("bob", LedgerBed.NEVER, true);
        allWait();

        for (FutureTask<Void> each : fenced) {
            assertThatThrownBy(each::get)
                    .isInstanceOf(ExecutionException.class)
                    .cause()
                    .isInstanceOfSatisfying(
                            LedgerException.class,
                            why -> assertThat(why.reason()).isEqualTo("Fenced"));
        }
        assertThat(ledger.view().highestNumber("churn")).isZero();
        assertThat(other.view().highestNumber("churn")).isZero();
    }

    @Test
    void aRefusalIsToldToAllAndNumbersNothing() throws Exception {
        bed.server.protect("refs/heads/" + LedgerBed.BRANCH, "nobody writes here");
        List<FutureTask<Void>> refused = IntStream.range(0, 3)
                .mapToObj(each -> number(view -> LedgerBed.registration(view, "seed " + each)))
                .toList();
        allWait();

        for (FutureTask<Void> each : refused) {
            assertThatThrownBy(each::get).cause().hasMessageContaining("nobody writes here");
        }
        assertThat(ledger.view().highestNumber("churn")).isZero();
    }
}
