package dev.plumbline.reconciler.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plumbline.policy.PolicyEngine;
import dev.plumbline.policy.Replay;
import dev.plumbline.policy.opa.EmbeddedOpa;
import dev.plumbline.reconciler.fixture.Specs;
import dev.plumbline.reconciler.ledger.ArchivedVerdict;
import dev.plumbline.reconciler.ledger.VerdictEntry;
import dev.plumbline.reconciler.ledger.git.LedgerReader;
import dev.plumbline.reconciler.ledger.git.LedgerSettings;
import dev.plumbline.reconciler.source.remote.GitCredentials;
import dev.plumbline.schemas.policies.PolicyData;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.node.ObjectNode;

/** Whatever a gate answered can be judged once more from the repository alone, and the same bytes come out. */
final class VerdictReplayTest {
    private static final int MODELS = 200;
    private static final long SEED = 5;

    @TempDir
    Path folder;

    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final PolicyEngine rules = EmbeddedOpa.shipped(threads);
    private final LedgerReader reader = new LedgerReader(LedgerSettings.BRANCH, GitCredentials.none());
    private LoopBed bed;

    @BeforeEach
    void prepare() {
        bed = new LoopBed(folder).withSpecs();
    }

    @AfterEach
    void stop() {
        bed.close();
        threads.close();
    }

    @Test
    void everyAnswerOfEveryGateComesOutAgainFromTheRepositoryAlone() throws Exception {
        bed.repository.commit("Two hundred", models());
        bed.start();
        bed.awaitLive("v1");
        bed.push("training/churn.yaml", Specs.training(2));
        bed.awaitLive("v2");
        bed.quiet();
        List<VerdictEntry> recorded = bed.operations().ledger().verdicts("");
        bed.stop();

        assertThat(recorded).hasSizeGreaterThan(MODELS);
        List<String> gates = new ArrayList<>();
        int denied = 0;
        for (VerdictEntry entry : recorded) {
            ArchivedVerdict archived =
                    reader.verdict(bed.repository.path(), entry.id().hex()).orElseThrow();
            Replay replay = replayed(archived, archived.evidence().orElseThrow());
            assertThat(replay.recorded()).isEqualTo(entry.verdict());
            assertThat(replay.same()).as("seed %d: %s", SEED, entry.verdict()).isTrue();
            gates.add(entry.verdict().path("gate").asString());
            denied += entry.verdict().path("allowed").asBoolean() ? 0 : 1;
        }
        assertThat(gates).contains("admission", "registration", "promotion");
        assertThat(denied).isGreaterThan(MODELS / 10);
    }

    @Test
    void otherEvidenceGivesAnotherAnswerAndOtherRulesNone() throws Exception {
        bed.start();
        bed.awaitLive("v1");
        bed.quiet();
        VerdictEntry entry = bed.operations().ledger().verdicts("").stream()
                .filter(each -> each.verdict().path("gate").asString().equals("registration"))
                .findFirst()
                .orElseThrow();
        bed.stop();
        ArchivedVerdict archived =
                reader.verdict(bed.repository.path(), entry.id().hex()).orElseThrow();
        ObjectNode embellished = archived.evidence().orElseThrow().deepCopy();
        ((ObjectNode) embellished.at("/metrics/auc")).put("value", 0.1);

        assertThat(replayed(archived, embellished).same()).isFalse();
        ObjectNode foreign = entry.verdict()
                .deepCopy()
                .put("policy", Specs.resource("m", Specs.MODEL_TEXT).digest().value());
        assertThatThrownBy(() -> Replay.of(rules, foreign, embellished, PolicyData.NONE.toInput()))
                .hasMessageContaining("not by " + rules.policy());
    }

    @Test
    void rulesOfAFormerTimeAnswerAsTheyDidWhenTheyWereBuiltIn() throws Exception {
        bed.start();
        bed.awaitLive("v1");
        bed.quiet();
        VerdictEntry entry = bed.operations().ledger().verdicts("").getFirst();
        bed.stop();
        ArchivedVerdict archived =
                reader.verdict(bed.repository.path(), entry.id().hex()).orElseThrow();

        Replay replay = Replay.of(
                        EmbeddedOpa.former(EmbeddedOpa.shippedWasm(), threads),
                        entry.verdict(),
                        archived.evidence().orElseThrow(),
                        archived.policies().orElseThrow())
                .orElseThrow();

        assertThat(replay.same()).isTrue();
    }

    @Test
    void aVerdictThatTheHeadHasLetGoOfIsFoundInTheHistory() throws Exception {
        bed.start();
        bed.awaitLive("v1");
        bed.quiet();
        VerdictEntry entry = bed.operations().ledger().verdicts("").getFirst();
        String hex = entry.id().hex();
        bed.stop();
        // As the ledger lets go of what its head need not hold any more.
        bed.repository.commit(
                LedgerSettings.BRANCH,
                "Let go",
                Map.of("verdicts/" + hex.substring(0, 2) + "/" + hex + ".json", Optional.empty()));

        assertThat(reader.readFolder(bed.repository.path()).orElseThrow().verdict(entry.id()))
                .isEmpty();
        ArchivedVerdict archived =
                reader.verdict(bed.repository.path(), hex.substring(0, 12)).orElseThrow();
        assertThat(replayed(archived, archived.evidence().orElseThrow()).same()).isTrue();
        assertThat(reader.verdict(bed.repository.path(), "00000000000000000000"))
                .isEmpty();
    }

    private Replay replayed(ArchivedVerdict archived, ObjectNode evidence) {
        return Replay.of(
                        rules,
                        archived.entry().verdict(),
                        evidence,
                        archived.policies().orElseThrow())
                .orElseThrow();
    }

    private static Map<String, String> models() {
        SplittableRandom random = new SplittableRandom(SEED);
        List<String> tiers = List.of("low", "medium", "high");
        Map<String, String> files = new LinkedHashMap<>();
        for (int index = 0; index < MODELS; index++) {
            String name = "m" + index;
            boolean card = random.nextBoolean();
            files.put("models/" + name + ".yaml", """
                    apiVersion: plumbline.dev/v1
                    kind: Model
                    metadata: {name: %s%s}
                    spec: {task: regression, riskTier: %s%s}
                    """.formatted(
                            name,
                            random.nextInt(4) == 0 ? "" : ", owner: o" + random.nextInt(9) + "@example.com",
                            tiers.get(random.nextInt(3)),
                            card ? ", card: cards/" + name + ".md" : ""));
            if (card) {
                files.put("cards/" + name + ".md", "# Card " + random.nextInt() + " “ü”\n");
            }
        }
        return files;
    }
}
