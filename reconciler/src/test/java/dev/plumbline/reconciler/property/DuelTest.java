package dev.plumbline.reconciler.property;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.plumbline.reconciler.control.FakeComparisons;
import dev.plumbline.reconciler.control.FakeDatasets;
import dev.plumbline.reconciler.control.FakeEndpoints;
import dev.plumbline.reconciler.control.FakeTrainer;
import dev.plumbline.reconciler.fixture.Specs;
import dev.plumbline.reconciler.ledger.Ledger.LedgerException;
import dev.plumbline.reconciler.ledger.VersionEntry;
import dev.plumbline.reconciler.source.remote.Remote;
import dev.plumbline.runtime.RunId;
import dev.plumbline.schemas.model.VersionName;
import dev.plumbline.testkit.MutableClock;
import dev.plumbline.testkit.TemporaryRepository;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.awaitility.core.ConditionTimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Control planes over one remote take the ledger from each other while they train, register and promote: strangers, copies of
 * one state folder, and several at the same moment. {@code -Dplumbline.duels=100} fights so many.
 */
final class DuelTest {
    private static final int USUAL = 5;
    private static final Duration LONG = Duration.ofSeconds(60);

    @TempDir
    Path folder;

    private final MutableClock clock = MutableClock.started();
    private final Map<VersionName, VersionEntry> versions = new HashMap<>();
    private Optional<Path> spare = Optional.empty();

    private static void until(BooleanSupplier condition, String what) {
        await(what).atMost(LONG).pollInterval(Duration.ofMillis(3)).until(condition::getAsBoolean);
    }

    /** How a duel begins; each in its turn. */
    private enum Start {
        /** Another folder takes the ledger from the champion, in the middle of a run. */
        CHALLENGER,
        /** A copy of the champion's folder starts, in the middle of a run. */
        COPY,
        /** Two take the ledger from the champion and from each other. */
        TWO_AT_ONCE,
        /** Two that know of nobody begin over a remote that has no ledger. */
        STRANGERS
    }

    @Test
    void neverPromotesAVersionTwiceNorGivesARunTwoNumbers() throws Exception {
        int duels = Integer.getInteger("plumbline.duels", USUAL);
        int fought = 0;
        try (TemporaryRepository origin = TemporaryRepository.create(folder.resolve("origin.git"), clock)) {
            commitSpecs(origin);
            Duellist champion = duellist(origin, folder.resolve("state-0"), false);
            until(() -> origin.log("main").getFirst().contains("Plumbline-Version: churn/v1"), "v1 is promoted");
            for (int duel = 1; duel <= duels; duel++) {
                Start start = Start.values()[duel % Start.values().length];
                fought += start == Start.STRANGERS ? 0 : 1;
                champion = switch (start) {
                    case CHALLENGER -> fight(origin, champion, spare(), true, duel);
                    case COPY -> fightCopy(origin, champion, duel);
                    case TWO_AT_ONCE -> fightTwo(origin, champion, duel);
                    case STRANGERS -> {
                        fightOverNothing(duel);
                        yield champion;
                    }
                };
            }
            champion.stop();
            assertThat(promotions(origin)).doesNotHaveDuplicates().hasSize(fought + 1);
            assertThat(versions).hasSize(fought + 1);
        }
    }

    private Path spare() {
        return spare.orElseGet(() -> folder.resolve("state-1"));
    }

    /** The challenger strikes when the champion has recorded so many steps of a new run. */
    private Duellist fight(TemporaryRepository origin, Duellist champion, Path challenging, boolean takeOver, int duel)
            throws Exception {
        ask(origin, champion, duel);
        Duellist challenger = duellist(origin, challenging, takeOver);
        until(() -> serving(challenger, duel), "the challenger serves seed " + (duel + 1));
        assertThat(champion.live()).as("the displaced one serves on").isPresent();
        displaced(origin, champion, duel);
        note(challenger);
        return challenger;
    }

    /** Somebody copies the folder of the champion, which goes on. */
    private Duellist fightCopy(TemporaryRepository origin, Duellist champion, int duel) throws Exception {
        until(() -> champion.ledger().health().pending() == 0, "all is pushed");
        return fight(origin, champion, copy(champion.state(), folder.resolve("copy-" + duel)), false, duel);
    }

    /** Whichever takes it last holds it. */
    private Duellist fightTwo(TemporaryRepository origin, Duellist champion, int duel) throws Exception {
        ask(origin, champion, duel);
        List<Duellist> two = atOnce(origin, List.of(spare(), folder.resolve("twin-" + duel)), true);
        assertThat(two).hasSize(2);
        try {
            until(
                    () -> {
                        two.forEach(Duellist::ring);
                        return two.stream().filter(Duellist::fenced).count() == 1
                                && two.stream().anyMatch(each -> !each.fenced() && serving(each, duel));
                    },
                    "one of two serves seed " + (duel + 1));
        } catch (ConditionTimeoutException neither) {
            throw new AssertionError(two.stream().map(Duellist::told).toList().toString(), neither);
        }
        Duellist winner =
                two.stream().filter(each -> !each.fenced()).findFirst().orElseThrow();
        displaced(origin, two.get(winner == two.getFirst() ? 1 : 0), duel);
        displaced(origin, champion, duel);
        note(winner);
        return winner;
    }

    private void fightOverNothing(int duel) throws Exception {
        Path place = folder.resolve("nothing-" + duel);
        try (TemporaryRepository origin = TemporaryRepository.create(place.resolve("origin.git"), clock)) {
            commitSpecs(origin);
            List<Duellist> two = atOnce(origin, List.of(place.resolve("state-0"), place.resolve("state-1")), false);
            assertThat(two).as("who holds the ledger").hasSize(1);
            Duellist winner = two.getFirst();
            until(() -> winner.live().isPresent(), "v1 is live");
            assertThat(winner.ledger().view().versions("churn")).hasSize(1);
            winner.stop();
            assertThat(promotions(origin)).containsExactly("churn/v1");
        }
    }

    /** Asks for another model, and returns in the middle of its way. */
    private void ask(TemporaryRepository origin, Duellist champion, int duel) {
        int step = duel / Start.values().length % 12;
        champion.strikeAfter(step);
        origin.commit("Ask for seed " + (duel + 1), "training/churn.yaml", Specs.training(duel + 1));
        champion.ring();
        // Some runs are recorded in fewer steps.
        until(() -> champion.struck() || serving(champion, duel), "the champion's step " + step);
    }

    /** Says that it is fenced, and acts no more. */
    private void displaced(TemporaryRepository origin, Duellist loser, int duel) throws Exception {
        until(
                () -> {
                    // A push may find out while a look goes on, which only the next look tells.
                    loser.ring();
                    return loser.fenced();
                },
                "the displaced one says that it is fenced");
        int trained = loser.trainer().started().size();
        origin.commit(
                "Look", "README.md", "duel " + duel + " of " + loser.state().getFileName());
        long looks = loser.looks();
        loser.ring();
        until(() -> loser.looks() > looks, "the displaced one has looked");
        assertThat(loser.trainer().started()).hasSize(trained);
        note(loser);
        loser.stop();
        spare = Optional.of(loser.state());
    }

    /** Starts all at the same moment; those are left that the ledger does not refuse. */
    private List<Duellist> atOnce(TemporaryRepository origin, List<Path> states, boolean takeOver) throws Exception {
        CyclicBarrier together = new CyclicBarrier(states.size());
        List<Duellist> begun = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Optional<Duellist>>> starts = states.stream()
                    .map(state -> threads.submit(() -> {
                        together.await();
                        return begun(origin, state, takeOver);
                    }))
                    .toList();
            for (Future<Optional<Duellist>> start : starts) {
                start.get().ifPresent(begun::add);
            }
        }
        return begun;
    }

    /** Empty when the ledger is another's; a remote whose branch another one just moves is asked again, as a person would. */
    private Optional<Duellist> begun(TemporaryRepository origin, Path state, boolean takeOver) throws Exception {
        for (int attempt = 1; ; attempt++) {
            try {
                return Optional.of(duellist(origin, state, takeOver));
            } catch (LedgerException refused) {
                if (refused.reason().equals("Fenced")) {
                    return Optional.empty();
                }
                assertThat(refused.reason()).as(refused.getMessage()).isEqualTo("Unreachable");
                assertThat(attempt).as(refused.getMessage()).isLessThan(20);
            }
        }
    }

    /** The copy keeps the folder's name; what is packed away meanwhile makes it begin anew. */
    private static Path copy(Path state, Path place) throws IOException {
        Path to = Files.createDirectories(place).resolve(String.valueOf(state.getFileName()));
        try (Stream<Path> files = Files.walk(state)) {
            for (Path file : files.toList()) {
                Path target = to.resolve(state.relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(target);
                } else {
                    Files.copy(file, target);
                }
            }
            return to;
        } catch (NoSuchFileException | UncheckedIOException changed) {
            return copy(state, place.resolve("again"));
        }
    }

    private boolean serving(Duellist duellist, int duel) {
        return duellist.live()
                .flatMap(version -> duellist.ledger().view().version(version))
                .filter(entry -> entry.inputs().seed() == duel + 1)
                .isPresent();
    }

    private void note(Duellist duellist) {
        Map<RunId, VersionName> ofRun = new HashMap<>();
        versions.forEach((name, entry) -> ofRun.put(entry.run(), name));
        for (VersionEntry entry : duellist.ledger().view().versions("churn")) {
            VersionEntry known = versions.putIfAbsent(entry.version(), entry);
            if (known != null) {
                assertThat(entry.run()).as("the run of %s", entry.version()).isEqualTo(known.run());
            }
            assertThat(ofRun.getOrDefault(entry.run(), entry.version())).isEqualTo(entry.version());
        }
    }

    private static List<String> promotions(TemporaryRepository origin) {
        return origin.log("main").stream()
                .filter(message -> message.contains("Plumbline-Action:"))
                .map(message -> message.replaceAll("(?s).*Plumbline-Version: (\\S+).*", "$1"))
                .toList();
    }

    private Duellist duellist(TemporaryRepository origin, Path state, boolean takeOver) throws Exception {
        FolderArtifacts artifacts = new FolderArtifacts(folder.resolve("artifacts"));
        FakeTrainer trainer = new FakeTrainer(artifacts);
        FakeEndpoints endpoints = new FakeEndpoints();
        return new Duellist(
                state,
                Remote.local(origin.path()),
                takeOver,
                new Assembly.Surroundings(
                        clock,
                        new FakeDatasets(),
                        trainer,
                        new FakeComparisons(artifacts),
                        artifacts,
                        endpoints,
                        new WillingPolicy()),
                trainer,
                endpoints);
    }

    private static void commitSpecs(TemporaryRepository origin) {
        Map<String, String> files = new LinkedHashMap<>();
        files.put("models/churn.yaml", Specs.MODEL_TEXT);
        files.put("datasets/telco.yaml", Specs.DATASET_TEXT);
        files.put("training/churn.yaml", Specs.TRAINING_TEXT);
        files.put("serving/churn.yaml", Specs.SERVING_TEXT);
        files.put("data/churn.csv", Specs.DATA);
        origin.commit("Ask for churn", files);
    }
}
