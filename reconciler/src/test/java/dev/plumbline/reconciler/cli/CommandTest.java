package dev.plumbline.reconciler.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.reconciler.cli.session.BuildInformation;
import dev.plumbline.reconciler.cli.session.ExitCode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class CommandTest {
    @TempDir
    private Path folder = Path.of("");

    static List<String> verbs() {
        return Verbs.names();
    }

    @ParameterizedTest
    @MethodSource("verbs")
    void showsAnExampleOfEveryVerb(String verb) {
        Bench.Said said = new Bench(folder).run(verb, "--help");

        assertThat(said.code()).isEqualTo(ExitCode.DONE);
        assertThat(said.out())
                .contains("Usage: plumb " + verb)
                .contains("Example:\n")
                .contains("plumb " + verb);
        assertThat(said.err()).isEmpty();
    }

    @Test
    void listsEveryVerb() {
        Bench.Said said = new Bench(folder).run("--help");

        assertThat(said.code()).isEqualTo(ExitCode.DONE);
        verbs().forEach(verb -> assertThat(said.out()).contains("\n  " + verb + " "));
    }

    @Test
    void takesHelpForAVerb() {
        assertThat(new Bench(folder).run("help").out())
                .isEqualTo(new Bench(folder).run("--help").out());
        assertThat(new Bench(folder).run("help", "validate").out()).contains("Usage: plumb validate");
    }

    @Test
    void asksWhetherAnotherVerbWasMeant() {
        Bench.Said said = new Bench(folder).run("stauts");

        assertThat(said.code()).isEqualTo(ExitCode.USAGE);
        assertThat(said.err()).contains("'stauts'").contains("did you mean status");
        assertThat(said.out()).isEmpty();
    }

    @Test
    void saysWhatAVerdictIsAskedFor() {
        Bench bench = new Bench(folder);

        assertThat(bench.run("verdict", "diff", "4f1c9a", "--repo", ".").err()).contains("plumb verdict diff ID ID");
        assertThat(bench.run("verdict", "replay", "../x", "--repo", ".").err()).contains("its first 6 digits");
        assertThat(bench.run("verdict", "replay", "4f1c9a").err()).contains("name it with --repo");
        assertThat(bench.run("verdict", "replay", "4f1c9a", "--repo", ".").code())
                .isEqualTo(ExitCode.NO);
        assertThat(bench.run("verdict", "reply", "4f1c9a").code()).isEqualTo(ExitCode.USAGE);
    }

    @Test
    void asksWhetherAnotherFlagWasMeant() {
        Bench.Said said = new Bench(folder).run("up", "--servin-port", "1");

        assertThat(said.code()).isEqualTo(ExitCode.USAGE);
        assertThat(said.err())
                .contains("--servin-port")
                .contains("did you mean --serving-port")
                .contains("plumb up --help");
    }

    @Test
    void saysWhatIsMissingWithoutAVerb() {
        assertThat(new Bench(folder).run().code()).isEqualTo(ExitCode.USAGE);
    }

    @Test
    void understandsTimesAsPeopleWriteThem() {
        Bench bench = new Bench(folder);

        assertThat(bench.run("up", "mine", "--poll", "5m", "--port", "0").code())
                .isEqualTo(ExitCode.DONE);
        assertThat(bench.started().getFirst().poll()).isEqualTo(Duration.ofMinutes(5));
        assertThat(bench.started().getFirst().target()).contains("mine");
        assertThat(bench.run("up", "--poll", "soon").err()).contains("'soon' is not a time");
    }

    @Test
    void asksNoRemoteWithoutAPause() {
        Bench bench = new Bench(folder);

        for (String none : List.of("0s", "0ms", "99ms")) {
            assertThat(bench.run("up", "--poll", none).code()).as(none).isEqualTo(ExitCode.USAGE);
        }
        assertThat(bench.run("up", "--poll", "0s").err())
                .contains("--poll 0s would ask the remote without a pause")
                .contains("100ms or more");
        assertThat(bench.run("up", "--poll=-1s").code()).isEqualTo(ExitCode.USAGE);
        assertThat(bench.started()).isEmpty();
        assertThat(bench.run("up", "--poll", "100ms").code()).isEqualTo(ExitCode.DONE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "cancel",
                "logs",
                "describe",
                "wait",
                "status",
                "reconcile",
                "events",
                "runs",
                "versions",
                "lineage",
                "history",
                "resume",
                "promote --to v1",
                "rollback",
                "get",
                "get serving",
                "suspend --reason why",
                "accept-history --reason why",
                "verdict show",
                "validate",
                "up"
            })
    void refusesAnArgumentThatNamesNothing(String verb) {
        for (String blank : List.of("", " ")) {
            String[] arguments =
                    Stream.concat(Stream.of(verb.split(" ")), Stream.of(blank)).toArray(String[]::new);
            Bench bench = new Bench(folder);

            Bench.Said said = bench.run(arguments);

            assertThat(said.code()).as(said.err()).isEqualTo(ExitCode.USAGE);
            assertThat(said.err()).contains(" is blank: it names nothing").contains("--help' shows how it is used");
            assertThat(bench.started()).isEmpty();
        }
    }

    @Test
    void refusesToListenOnNoPort() {
        Bench bench = new Bench(folder);

        assertThat(bench.run("up", "--port", "70000").code()).isEqualTo(ExitCode.USAGE);
        assertThat(bench.started()).isEmpty();
    }

    @Test
    void owesUpToAMistakeOfOurs() {
        Bench.Said said = new Bench(folder).run("stop", "--serving");

        assertThat(said.code()).isEqualTo(ExitCode.BUG);
        assertThat(said.err())
                .isEqualTo("""
                    plumb: this is a bug in Plumbline 0.1.0-SNAPSHOT: IllegalStateException
                      run the same command with -v and report what it prints
                    """.replace("0.1.0-SNAPSHOT", BuildInformation.read().version()));
        assertThat(new Bench(folder).run("stop", "--serving", "-v").err()).contains("at dev.plumbline");
    }

    @Test
    void printsItsVersionInEveryForm() {
        Bench bench = new Bench(folder);
        String version = BuildInformation.read().version();

        assertThat(bench.run("version").out()).startsWith("plumb " + version);
        assertThat(bench.run("version", "-o", "json").out()).contains("\"version\" : \"" + version + "\"");
        assertThat(bench.run("version", "-o", "yaml").out()).contains("version: ");
        assertThat(bench.run("version", "-o", "xml").code()).isEqualTo(ExitCode.USAGE);
    }

    @Test
    void completesInThreeShells() {
        Bench bench = new Bench(folder);

        assertThat(bench.run("completion", "bash").out()).contains("_complete_plumb");
        assertThat(bench.run("completion", "zsh").out()).contains("bashcompinit");
        assertThat(bench.run("completion", "fish").out())
                .contains("complete -c plumb -n __fish_use_subcommand -a status");
        assertThat(bench.run("completion", "tcsh").code()).isEqualTo(ExitCode.USAGE);
    }
}
