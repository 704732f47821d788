package dev.plumbline.reconciler.apply;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.plumbline.policy.Gate;
import dev.plumbline.policy.Reason;
import dev.plumbline.policy.Verdict;
import dev.plumbline.reconciler.apply.PromotionChain.Outcome;
import dev.plumbline.reconciler.fixture.Records;
import dev.plumbline.reconciler.fixture.Specs;
import dev.plumbline.reconciler.ledger.EndpointEntry.Intent;
import dev.plumbline.reconciler.ledger.Ledger.LedgerException;
import dev.plumbline.reconciler.ledger.Transition;
import dev.plumbline.reconciler.ledger.git.GitLedger;
import dev.plumbline.reconciler.ledger.git.LedgerSettings;
import dev.plumbline.reconciler.source.Committer;
import dev.plumbline.reconciler.source.Writer.PushOutcome;
import dev.plumbline.reconciler.source.git.GitWriter;
import dev.plumbline.reconciler.source.mirror.Mirror;
import dev.plumbline.reconciler.source.remote.GitCredentials;
import dev.plumbline.reconciler.source.remote.Remote;
import dev.plumbline.schemas.model.Revision;
import dev.plumbline.testkit.MutableClock;
import dev.plumbline.testkit.TemporaryRepository;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Promotions that wait at one time go to the branch as a chain of commits, by one push. */
final class PromotionChainTest {
    private static final int SERVINGS = 12;
    private static final Committer COMMITTER = new Committer("Plumbline", "bot@example.com");

    @TempDir
    Path folder;

    private final MutableClock clock = MutableClock.started();
    private final CountDownLatch busy = new CountDownLatch(1);
    private final CountDownLatch free = new CountDownLatch(1);
    private final List<Thread> callers = new ArrayList<>();
    private TemporaryRepository repository;
    private Mirror mirror;
    private GitLedger ledger;
    private Revision head;
    private InterposedWriter writer;
    private PromotionChain chain;

    @BeforeEach
    void start() throws Exception {
        repository = TemporaryRepository.create(folder.resolve("origin.git"), clock);
        Map<String, String> servings = new LinkedHashMap<>();
        IntStream.rangeClosed(1, SERVINGS).forEach(each -> servings.put(file(each), text(each, "none")));
        head = new Revision(repository.commit("Ask for many", servings));
        mirror = Mirror.open(folder.resolve("mirror.git"), Remote.local(repository.path()), GitCredentials.none());
        mirror.fetch("main", "refs/plumbline/test");
        ledger = open(mirror, "ada", false);
        writer = new InterposedWriter(new GitWriter(mirror, "main", COMMITTER, clock));
        chain = new PromotionChain(ledger, writer, clock);
        // The ledger is kept busy until all of them wait.
        Transition any =
                Transition.of("busy", new Events(clock).of(Specs.SERVING, "Busy", "it is kept busy", Optional.empty()));
        var _ = call(() -> ledger.recordWith(view -> any, record -> {
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
        ledger.close();
        mirror.close();
        repository.close();
    }

    private GitLedger open(Mirror of, String holder, boolean takeOver) throws Exception {
        return GitLedger.open(
                of,
                new LedgerSettings(LedgerSettings.BRANCH, holder, holder, COMMITTER, Duration.ofHours(1)),
                takeOver,
                clock,
                new SplittableRandom(1));
    }

    private static String file(int serving) {
        return "serving/churn-" + serving + ".yaml";
    }

    private static String name(int serving) {
        return "churn-" + serving;
    }

    private static String text(int serving, String version) {
        return Specs.serving(version).replace("name: churn-api", "name: " + name(serving));
    }

    private JudgedPromotion promotion(int serving, String from) {
        Promotion.Order order = new Promotion.Order(
                Specs.resource(file(serving), text(serving, from)),
                head,
                Records.version(Records.V1, Records.inputs(1)),
                false,
                Optional.empty(),
                "it is what the specs ask for");
        return new JudgedPromotion(
                order,
                new Verdict(
                        Records.digest("verdict on " + serving),
                        Gate.PROMOTION,
                        name(serving),
                        true,
                        Reason.ALLOWED,
                        List.of(),
                        Records.digest("policy"),
                        new TreeMap<>(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty()));
    }

    private <T> FutureTask<T> call(Callable<T> call) {
        FutureTask<T> task = new FutureTask<>(call);
        callers.add(Thread.ofPlatform().start(task));
        return task;
    }

    private FutureTask<Outcome> promote(int serving) {
        return promote(serving, "none");
    }

    private FutureTask<Outcome> promote(int serving, String from) {
        JudgedPromotion promotion = promotion(serving, from);
        FutureTask<Outcome> task = call(() -> chain.write(promotion));
        allWait();
        return task;
    }

    /** The first goes alone, as nobody waits with it; all others wait for it. */
    private List<FutureTask<Outcome>> promoteAll() {
        return IntStream.rangeClosed(1, SERVINGS).mapToObj(this::promote).toList();
    }

    private void allWait() {
        await().until(() -> callers.stream()
                .allMatch(
                        each -> each.getState() == Thread.State.WAITING || each.getState() == Thread.State.TERMINATED));
    }

    private Optional<Intent> intent(int serving) {
        return ledger.view().endpoint(name(serving)).flatMap(each -> each.lastIntent());
    }

    private Optional<String> onTheBranch(int serving) {
        return repository.read("main", file(serving));
    }

    @Test
    void writesAllWhoWaitByOnePushWithACommitEach() throws Exception {
        List<FutureTask<Outcome>> promoted = promoteAll();
        free.countDown();

        for (int serving = 1; serving <= SERVINGS; serving++) {
            assertThat(promoted.get(serving - 1).get()).isInstanceOf(Outcome.Taken.class);
            Revision commit = ((Outcome.Taken) promoted.get(serving - 1).get()).commit();
            assertThat(intent(serving).orElseThrow().commit()).isEqualTo(commit);
            assertThat(intent(serving).orElseThrow().verdict()).isEqualTo(Records.digest("verdict on " + serving));
            assertThat(onTheBranch(serving)).contains(text(serving, "v1"));
            assertThat(repository.read(commit.id(), file(serving))).contains(text(serving, "v1"));
            assertThat(repository.read(commit.id() + "^", file(serving))).contains(text(serving, "none"));
        }
        assertThat(repository.log("main")).hasSize(SERVINGS + 1);
        assertThat(repository.log("main").stream().filter(each -> each.contains("Plumbline-Verdict:")))
                .hasSize(SERVINGS);
        assertThat(writer.pushes()).isEqualTo(2);
        assertThat(ledger.health().pending()).isZero();
        assertThat(repository.log(LedgerSettings.BRANCH)).hasSize(3);
    }

    @Test
    void whoseLineHasChangedIsLeftOutAlone() throws Exception {
        FutureTask<Outcome> first = promote(1);
        FutureTask<Outcome> stale = promote(2, "v7");
        FutureTask<Outcome> last = promote(3);
        free.countDown();

        assertThat(first.get()).isInstanceOf(Outcome.Taken.class);
        assertThat(stale.get())
                .isInstanceOfSatisfying(
                        Outcome.Unprepared.class,
                        left -> assertThat(left.why().reason()).isEqualTo("Stale"));
        assertThat(last.get()).isInstanceOf(Outcome.Taken.class);
        assertThat(onTheBranch(2)).contains(text(2, "none"));
        assertThat(intent(2)).isEmpty();
    }

    @Test
    void aPushOfSomebodyElseMakesAllOfThemDecideAgain() throws Exception {
        List<FutureTask<Outcome>> raced = promoteAll();
        String theirs = repository.commit("Meanwhile", file(5), text(5, "v3"));
        free.countDown();

        for (FutureTask<Outcome> each : raced) {
            assertThat(each.get()).isEqualTo(new Outcome.Raced());
        }
        assertThat(repository.head("main")).contains(theirs);
        assertThat(IntStream.rangeClosed(1, SERVINGS).mapToObj(this::intent)).containsOnly(Optional.empty());
    }

    @Test
    void whatARemoteRefusesOfOneIsNotRefusedToItsNeighbours() throws Exception {
        writer.refused(name(5));
        List<FutureTask<Outcome>> promoted = promoteAll();
        free.countDown();

        for (int serving = 1; serving <= SERVINGS; serving++) {
            assertThat(promoted.get(serving - 1).get())
                    .isInstanceOf(serving == 5 ? Outcome.Refused.class : Outcome.Taken.class);
            assertThat(onTheBranch(serving)).contains(text(serving, serving == 5 ? "none" : "v1"));
            assertThat(intent(serving).isPresent()).isEqualTo(serving != 5);
        }
    }

    @Test
    void aSilentRemoteLeavesToEachTheCommitThatItMayHaveTaken() throws Exception {
        writer.silent();
        List<FutureTask<Outcome>> promoted = promoteAll();
        free.countDown();

        List<String> commits = new ArrayList<>();
        for (FutureTask<Outcome> each : promoted) {
            assertThat(each.get())
                    .isInstanceOfSatisfying(
                            Outcome.Silent.class,
                            silent -> commits.add(silent.intent().commit().id()));
        }
        assertThat(commits).doesNotHaveDuplicates();
    }

    @Test
    void promotesNoneOfThemOnceAnotherHasTakenOver() throws Exception {
        List<FutureTask<Outcome>> fenced = promoteAll();
        try (Mirror theirs =
                        Mirror.open(folder.resolve("bob.git"), Remote.local(repository.path()), GitCredentials.none());
                GitLedger other = open(theirs, "bob", true)) {
            free.countDown();
            for (FutureTask<Outcome> each : fenced) {
                assertThatThrownBy(each::get)
                        .cause()
                        .isInstanceOfSatisfying(
                                LedgerException.class,
                                why -> assertThat(why.reason()).isEqualTo("Fenced"));
            }
            assertThat(other.fence()).isEmpty();
        }
        assertThat(repository.head("main")).contains(head.id());
    }

    @Test
    void whoIsStoppedHoldsUpNobody() throws Exception {
        List<FutureTask<Outcome>> stopped = new ArrayList<>();
        List<Thread> threads = new ArrayList<>();
        for (int serving = 1; serving <= 2; serving++) {
            stopped.add(promote(serving));
            threads.add(callers.getLast());
        }
        FutureTask<Outcome> other = promote(3);
        threads.getFirst().interrupt();
        // The second writes for the third as well, and is stopped while it does.
        await().until(() -> writer.prepared() == 3);
        allWait();
        threads.getLast().interrupt();
        for (FutureTask<Outcome> each : stopped) {
            assertThatThrownBy(each::get).cause().isInstanceOf(InterruptedException.class);
        }

        assertThat(other.get()).isEqualTo(new Outcome.Raced());
        free.countDown();
        // The ledger had been given the first already; it knows whose commit that is.
        await().until(() -> intent(1).isPresent());
        assertThat(onTheBranch(1)).contains(text(1, "v1"));
    }
}
