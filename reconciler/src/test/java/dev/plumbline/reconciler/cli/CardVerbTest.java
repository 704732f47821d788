package dev.plumbline.reconciler.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.reconciler.cli.session.ExitCode;
import dev.plumbline.reconciler.cli.session.SpecChange;
import dev.plumbline.reconciler.fixture.Specs;
import dev.plumbline.schemas.json.Json;
import dev.plumbline.schemas.model.Revision;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CardVerbTest {
    private static final String MODEL = """
        apiVersion: plumbline.dev/v1
        kind: Model
        metadata: {name: churn, owner: ann@example.com}
        spec: {task: binary-classification, riskTier: medium, card: card.md}
        """;

    @TempDir
    private Path folder = Path.of("");

    @BeforeEach
    void write() throws IOException {
        Files.createDirectories(folder.resolve(".git"));
        Files.writeString(folder.resolve("model.yaml"), MODEL);
        card(Specs.CARD);
    }

    private void card(String text) throws IOException {
        Files.writeString(folder.resolve("card.md"), text);
    }

    @Test
    void findsNothingWrongWithASoundCard() {
        Bench bench = new Bench(folder);

        for (String[] command : List.of(
                new String[] {"card", "lint"},
                new String[] {"card", "lint", "churn"},
                new String[] {"card", "lint", "card.md"},
                new String[] {"card", "lint", "churn", "card.md"})) {
            Bench.Said said = bench.run(command);

            assertThat(said.out()).isEqualTo("1 file, 1 spec: valid\n");
            assertThat(said.code()).isEqualTo(ExitCode.DONE);
        }
    }

    @Test
    void comparesNumbersAndDigestsWithTheLedger() throws Exception {
        card(Specs.CARD.replace("license: Apache-2.0\n", """
            license: Apache-2.0
            metrics:
              - {name: auc, value: 0.84, version: v1}
              - {name: auc, value: 0.9, version: v1}
              - {name: f1, value: 0.9, version: v1}
              - {name: auc, value: 0.9, version: v9}
            """) + "\nTrained as sha256:" + "0".repeat(64) + ".\n");

        Bench.Said said = new Bench(folder).run("card", "lint");

        assertThat(said.code()).isEqualTo(ExitCode.NO);
        assertThat(said.out())
                .contains("card.md:7:24: error: the card states auc 0.9 of v1, which measured 0.84 [card-number-true]")
                .contains("card.md:8:5: error: the card states f1 of v1, but f1 was not measured of it")
                .contains("card.md:9:5: error: the card states auc of v9, but no version v9 is registered")
                .contains(":12: error: the ledger has no sha256:000")
                .endsWith("4 errors, 0 warnings\n");
        assertThat(new Bench(folder).run("validate").out()).isEqualTo("1 file, 1 spec: valid\n");
    }

    @Test
    void saysNothingOfWhatIsWrongElsewhere() throws Exception {
        Files.writeString(folder.resolve("model.yaml"), MODEL.replace(", owner: ann@example.com", ""));

        assertThat(new Bench(folder).run("card", "lint").code()).isEqualTo(ExitCode.DONE);
    }

    @Test
    void aDraftOfTheLowTierOnlyWarns() throws Exception {
        Files.writeString(folder.resolve("model.yaml"), MODEL.replace("medium", "low"));
        card(Specs.CARD.replace("Prices.", "TODO") + "sha256:" + "0".repeat(64) + "\n");

        Bench.Said said = new Bench(folder).run("card", "lint", "-o", "json");

        assertThat(said.code()).isEqualTo(ExitCode.DONE);
        assertThat(Json.read(said.out().getBytes(StandardCharsets.UTF_8))
                        .get("problems")
                        .findValuesAsString("code"))
                .containsExactlyInAnyOrder("card-placeholder", "card-digest-known");
    }

    @Test
    void saysWhichSpecChangedSince() {
        Bench bench = new Bench(folder)
                .changed(new SpecChange(Specs.TRAINING, new Revision("a".repeat(40)), new Revision("b".repeat(40))));

        Bench.Said said = bench.run("card", "lint");

        assertThat(said.code()).isEqualTo(ExitCode.NO);
        assertThat(said.out())
                .contains("card.md:1:1: error: Training/churn asks for something else since commit bbbbbbb")
                .contains("[card-up-to-date]");
    }

    @Test
    void refusesWhatNobodyKnows() {
        Bench.Said said = new Bench(folder).run("card", "lint", "chrun");

        assertThat(said.code()).isEqualTo(ExitCode.USAGE);
        assertThat(said.err()).contains("no Model is called or names the card chrun");
    }
}
