package dev.plumbline.reconciler.property;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.plumbline.reconciler.control.FakeComparisons;
import dev.plumbline.reconciler.control.FakeDatasets;
import dev.plumbline.reconciler.control.FakeEndpoints;
import dev.plumbline.reconciler.control.FakeTrainer;
import dev.plumbline.reconciler.fixture.Specs;
import dev.plumbline.reconciler.ledger.VersionEntry;
import dev.plumbline.reconciler.source.remote.Remote;
import dev.plumbline.runtime.RunId;
import dev.plumbline.schemas.model.VersionName;
import dev.plumbline.testkit.MutableClock;
import dev.plumbline.testkit.TemporaryRepository;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two control planes over one remote take the ledger from each other while they train, register and promote. {@code
 * -Dplumbline.duels=100} fights so many.
 */
final class DuelTest {
    private static final int USUAL = 5;
    private static final Duration LONG = Duration.ofSeconds(60);

    @TempDir
    Path folder;

    private final MutableClock clock = MutableClock.started();
    private final Map<VersionName, VersionEntry> versions = new HashMap<>();

    private static void until(BooleanSupplier condition, String what) {
        await(what).atMost(LONG).pollInterval(Duration.ofMillis(3)).until(condition::getAsBoolean);
    }

    @Test
    void neverPromotesAVersionTwiceNorGivesARunTwoNumbers() throws Exception {
        int duels = Integer.getInteger("plumbline.duels", USUAL);
        try (TemporaryRepository origin = TemporaryRepository.create(folder.resolve("origin.git"), clock)) {
            commitSpecs(origin);
            Duellist champion = duellist(origin, 0, false);
            until(() -> origin.log("main").getFirst().contains("Plumbline-Version: churn/v1"), "v1 is promoted");
            for (int duel = 1; duel <= duels; duel++) {
                champion = fight(origin, champion, duel);
            }
            champion.stop();
            assertThat(promotions(origin)).doesNotHaveDuplicates().hasSize(duels + 1);
            assertThat(versions).hasSize(duels + 1);
        }
    }

    /** The challenger strikes when the champion has recorded so many steps of a new run. */
    private Duellist fight(TemporaryRepository origin, Duellist champion, int duel) throws Exception {
        champion.strikeAfter(duel % 12);
        origin.commit("Ask for seed " + (duel + 1), "training/churn.yaml", Specs.training(duel + 1));
        champion.ring();
        // Some runs are recorded in fewer steps.
        until(() -> champion.struck() || serving(champion, duel), "the champion's step " + duel % 12);
        Duellist challenger = duellist(origin, duel, true);
        until(() -> serving(challenger, duel), "the challenger serves seed " + (duel + 1));
        champion.ring();
        until(champion::fenced, "the champion says that it is fenced");
        int trained = champion.trainer().started().size();
        assertThat(champion.live()).as("the displaced one serves on").isPresent();
        origin.commit("Look", "README.md", "duel " + duel);
        long looks = champion.looks();
        champion.ring();
        until(() -> champion.looks() > looks, "the displaced one has looked");
        assertThat(champion.trainer().started()).hasSize(trained);
        note(champion);
        champion.stop();
        note(challenger);
        return challenger;
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

    private Duellist duellist(TemporaryRepository origin, int duel, boolean takeOver) throws Exception {
        FolderArtifacts artifacts = new FolderArtifacts(folder.resolve("artifacts"));
        FakeTrainer trainer = new FakeTrainer(artifacts);
        FakeEndpoints endpoints = new FakeEndpoints();
        return new Duellist(
                folder.resolve("state-" + duel % 2),
                Remote.local(origin.path()),
                takeOver,
                new Assembly.Surroundings(
                        clock,
                        new FakeDatasets(),
                        trainer,
                        new FakeComparisons(),
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
