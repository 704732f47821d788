package dev.plumbline.reconciler.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.reconciler.cli.session.ExitCode;
import dev.plumbline.reconciler.fixture.Specs;
import dev.plumbline.schemas.json.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class ValidateVerbTest {
    private static final String MODEL = """
        apiVersion: plumbline.dev/v1
        kind: Model
        metadata: {name: churn, owner: ann@example.com}
        spec: {task: binary-classification, riskTier: medium, card: card.md}
        """;

    private static final String SERVING = """
        apiVersion: plumbline.dev/v1
        kind: Serving
        metadata: {name: churn}
        spec: {model: churn}
        """;

    @TempDir
    private Path folder = Path.of("");

    @BeforeEach
    void write() throws IOException {
        Files.createDirectories(folder.resolve(".git"));
        Files.createDirectories(folder.resolve("serving"));
        Files.writeString(folder.resolve("model.yaml"), MODEL);
        Files.writeString(folder.resolve("serving/churn.yaml"), SERVING);
        Files.writeString(folder.resolve("card.md"), Specs.CARD);
    }

    @Test
    void findsNothingWrongWithSoundSpecs() {
        Bench.Said said = new Bench(folder).run("validate");

        assertThat(said.code()).isEqualTo(ExitCode.DONE);
        assertThat(said.out()).isEqualTo("2 files, 2 specs: valid\n");
    }

    @Test
    void findsTheRepositoryFromAFolderInside() {
        assertThat(new Bench(folder.resolve("serving")).run("validate").out()).isEqualTo("2 files, 2 specs: valid\n");
        assertThat(new Bench(folder).run("validate", "serving").out()).isEqualTo("1 file, 1 spec: valid\n");
    }

    @Test
    void saysWhatThePolicyWouldDeny() throws Exception {
        Files.delete(folder.resolve("card.md"));
        Files.writeString(
                folder.resolve("model.yaml"),
                MODEL.replace(", owner: ann@example.com", "").replace(", card: card.md", ""));

        Bench.Said said = new Bench(folder).run("validate", "-o", "json");

        assertThat(said.code()).isEqualTo(ExitCode.NO);
        JsonNode report = Json.read(said.out().getBytes(StandardCharsets.UTF_8));
        assertThat(report.get("valid").booleanValue()).isFalse();
        assertThat(report.get("problems").findValuesAsString("code")).contains("owner-present", "card-present");
        assertThat(report.get("problems").get(0).get("line").intValue()).isEqualTo(3);
    }

    @Test
    void saysWhatTheCardLacksWhereItStands() throws Exception {
        Files.writeString(
                folder.resolve("card.md"),
                Specs.CARD.replace("Prices.", "<What must it not be used for?>").replace("## Rollback", "## Way back"));

        Bench.Said said = new Bench(folder).run("validate");

        assertThat(said.code()).isEqualTo(ExitCode.NO);
        assertThat(said.out())
                .contains("card.md:1:1: error: the card lacks the section Rollback [card-section-present]")
                .contains("card.md:15:1: error: the section Out-of-scope uses of the card is still a draft:"
                        + " <What must it not be used for?> [card-placeholder]\n"
                        + "    write what the model must not be used for");
    }

    @Test
    void aDraftOfALowTierOnlyWarns() throws Exception {
        Files.writeString(folder.resolve("model.yaml"), MODEL.replace("medium", "low"));
        Files.writeString(folder.resolve("card.md"), Specs.CARD.replace("license: Apache-2.0\n", ""));

        Bench.Said said = new Bench(folder).run("validate");

        assertThat(said.code()).isEqualTo(ExitCode.DONE);
        assertThat(said.out())
                .contains("card.md:2:1: warning: the head of the card lacks license [card-head-complete]")
                .endsWith("2 files, 2 specs: 0 errors, 1 warning\n");
    }

    @Test
    void namesEveryProblemWithItsPlace() throws Exception {
        Files.writeString(folder.resolve("serving/churn.yaml"), SERVING.replace("model: churn", "model: chrun"));

        Bench.Said said = new Bench(folder).run("validate", "serving/churn.yaml");

        assertThat(said.code()).isEqualTo(ExitCode.NO);
        assertThat(said.out()).startsWith("serving/churn.yaml:4:").contains("churn");
        assertThat(new Bench(folder).run("validate", "model.yaml").code()).isEqualTo(ExitCode.DONE);
    }

    @Test
    void takesOnlyWhatIsOursOrNamedWhereThereIsNoRepository() throws Exception {
        Files.delete(folder.resolve(".git"));
        Files.writeString(folder.resolve("compose.yaml"), "services: {}\n");
        Files.createDirectories(folder.resolve("other"));
        Files.writeString(folder.resolve("other/compose.yaml"), "services: {}\n");

        Bench.Said said = new Bench(folder).run("validate");

        assertThat(said.code()).isEqualTo(ExitCode.DONE);
        assertThat(said.out()).isEqualTo("2 files, 2 specs: valid\n");
        assertThat(said.err()).contains("there is no Git repository here");
        assertThat(new Bench(folder).run("validate", "model.yaml").out()).isEqualTo("1 file, 1 spec: valid\n");
        assertThat(new Bench(folder).run("validate", "compose.yaml").code()).isEqualTo(ExitCode.NO);
    }

    @Test
    void tellsOfAFolderThatMayBeTheRootOfAnEnvironment() throws Exception {
        Files.createDirectories(folder.resolve("staging"));
        Files.writeString(folder.resolve("staging/model.yaml"), MODEL);

        Bench.Said said = new Bench(folder).run("validate", "staging");

        assertThat(said.code()).isEqualTo(ExitCode.NO);
        assertThat(said.out()).contains("Model/churn is declared twice");
        assertThat(said.err()).contains("check it alone: plumb validate --root staging");
        assertThat(new Bench(folder).run("validate", "--root", "staging").code())
                .isEqualTo(ExitCode.DONE);
        assertThat(new Bench(folder).run("validate", "model.yaml").err()).doesNotContain("--root staging");
        Files.writeString(folder.resolve("staging/again.yaml"), MODEL);
        assertThat(new Bench(folder).run("validate", "staging").err()).doesNotContain("check it alone");
    }

    @Test
    void writesSarif() {
        JsonNode sarif =
                Json.read(new Bench(folder).run("validate", "-o", "sarif").out().getBytes(StandardCharsets.UTF_8));

        assertThat(sarif.get("version").stringValue()).isEqualTo("2.1.0");
    }

    @Test
    void refusesWhatIsNotThere() {
        Bench.Said said = new Bench(folder).run("validate", "nothing.yaml");

        assertThat(said.code()).isEqualTo(ExitCode.USAGE);
        assertThat(said.err()).contains("there is no nothing.yaml");
    }

    @Test
    void showsAPlan() {
        Bench.Said said = new Bench(folder).run("plan");

        assertThat(said.code()).isEqualTo(ExitCode.DONE);
        assertThat(said.out()).isEqualTo("""
            ACTION  RESOURCE       REASON
            remove  Serving/churn  no spec asks for it any more
            """);
        assertThat(new Bench(folder)
                        .run("plan", "--detailed-exitcode", "-o", "json")
                        .code())
                .isEqualTo(ExitCode.NO);
    }
}
