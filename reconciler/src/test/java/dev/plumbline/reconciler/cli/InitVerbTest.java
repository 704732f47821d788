package dev.plumbline.reconciler.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.reconciler.cli.Bench.Said;
import dev.plumbline.reconciler.cli.session.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InitVerbTest {
    @TempDir
    private Path folder;

    private Bench bench;

    @BeforeEach
    void writeData() throws IOException {
        bench = new Bench(folder);
        Files.writeString(
                folder.resolve("my.csv"),
                IntStream.range(0, 60)
                        .mapToObj(i -> (20 + i % 40) + ",a" + i + "@example.com," + (i % 2 == 0 ? "yes" : "no"))
                        .collect(Collectors.joining("\n", "age,contact,outcome\n", "\n")));
    }

    @Test
    void makesTheExampleAndSaysWhatIsNext() {
        Said said = bench.run("init");

        assertThat(said.code()).isEqualTo(ExitCode.DONE);
        assertThat(said.out()).contains("made churn, commit ").endsWith("next: plumb up churn\n");
        assertThat(folder.resolve("churn/serving/churn.yaml")).exists();
    }

    @Test
    void makesARepositoryOfOwnDataThatIsValid() {
        Said said =
                bench.run("init", "My Data", "--data", "my.csv", "--label", "outcome", "--owner", "ann@example.com");

        assertThat(said.code()).isEqualTo(ExitCode.DONE);
        assertThat(said.err())
                .contains("60 rows, 1 column to learn outcome from: binary-classification")
                .contains("look: column contact looks like e-mail addresses");
        assertThat(folder.resolve("My Data/models/my-data.yaml")).exists();
        assertThat(bench.run("validate", "My Data").out()).endsWith("5 specs: 0 errors, 4 warnings\n");
    }

    @Test
    void readsNamesOfColumnsAsALineOfCsv() throws IOException {
        Files.writeString(
                folder.resolve("bare.csv"),
                IntStream.range(0, 60)
                        .mapToObj(i -> (20 + i % 40) + "," + i % 7 + "," + (i % 2 == 0 ? "yes" : "no"))
                        .collect(Collectors.joining("\n", "", "\n")));

        Said said = bench.run(
                "init",
                "odd",
                "--data",
                "bare.csv",
                "--no-header",
                "--columns",
                "x one,y\"2,\"won, or lost\"",
                "--label",
                "won, or lost",
                "--owner",
                "ann@example.com");

        assertThat(said.err()).doesNotContain("WARN");
        assertThat(said.code()).as(said.err()).isEqualTo(ExitCode.DONE);
        assertThat(folder.resolve("odd/datasets/odd.yaml"))
                .content()
                .contains("columns: [x one, \"y\\\"2\", \"won, or lost\"]");
    }

    @Test
    void namesTheOwnerThatGitKnows() throws IOException {
        refused("nobody answers for the model", "mine", "--data", "my.csv", "--label", "outcome");
        refused(
                "the file has no column Outcom; and the file has no column agee; and nobody answers for the model",
                "mine",
                "--data",
                "my.csv",
                "--label",
                "Outcom",
                "--id",
                "agee");
        refused(
                "did you mean `outcome`?; did you mean `age`?; add --owner",
                "mine",
                "--data",
                "my.csv",
                "--label",
                "Outcom",
                "--id",
                "agee");
        Files.writeString(folder.resolve(".gitconfig"), "[user]\n\temail = git@example.com\n");

        assertThat(bench.run("init", "mine", "--data", "my.csv", "--label", "outcome")
                        .code())
                .isEqualTo(ExitCode.DONE);
        assertThat(folder.resolve("mine/models/mine.yaml")).content().contains("owner: git@example.com");
    }

    @Test
    void refusesWhatDoesNotGoTogetherAndWritesNothing() {
        bench.with("GIT_AUTHOR_EMAIL", "ann@example.com");
        refused("did you mean `churn`?", "x", "--example", "chrn");
        refused("--data is missing", "x", "--label", "outcome");
        refused("plumb init DIR --data FILE --label COLUMN", "x", "--data", "my.csv");
        refused("add --no-header", "x", "--data", "my.csv", "--label", "outcome", "--columns", "a,b,c");
        refused("did you mean `regression`?", "x", "--data", "my.csv", "--label", "age", "--task", "regresion");
        refused("did you mean `outcome`?", "x", "--data", "my.csv", "--label", "Outcom");
        refused("lower-case letters", "x", "--data", "my.csv", "--label", "outcome", "--name", "My Data");
        refused("there is no file no.csv", "x", "--data", "no.csv", "--label", "outcome");

        assertThat(folder.resolve("x")).doesNotExist();
    }

    private void refused(String reason, String... arguments) {
        String[] all = new String[arguments.length + 1];
        all[0] = "init";
        System.arraycopy(arguments, 0, all, 1, arguments.length);
        Said said = bench.run(all);
        assertThat(said.code()).isEqualTo(ExitCode.USAGE);
        assertThat(said.err()).contains(reason).doesNotContain(folder.toString());
    }
}
