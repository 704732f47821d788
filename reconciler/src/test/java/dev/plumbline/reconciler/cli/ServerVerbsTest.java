package dev.plumbline.reconciler.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.reconciler.api.Sample;
import dev.plumbline.reconciler.cli.session.ExitCode;
import dev.plumbline.reconciler.cli.text.StatusText;
import dev.plumbline.reconciler.cli.text.Style;
import dev.plumbline.reconciler.control.Operations;
import dev.plumbline.schemas.json.Json;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

final class ServerVerbsTest extends ServerCase {
    @Test
    void acceptsARewrittenHistoryInAPersonsName() {
        String revision = "7e18a5779c1f4fd6a3b6b52a2d25e3f1b0a4c9d8";
        Bench.Said said = bench().run("accept-history", revision, "--reason", "a password was committed");

        assertThat(said.code()).isEqualTo(ExitCode.DONE);
        assertThat(said.out()).isEqualTo("the history up to " + revision + " is in force\n");
        assertThat(operations.accepted()).containsExactly(revision + " ann: a password was committed");

        assertThat(bench().run("accept-history", "7e18a577", "--reason", "why").code())
                .isEqualTo(ExitCode.USAGE);
    }

    @Test
    void completesTheRevisionThatWaitsToBeAccepted() {
        String revision = "7e18a5779c1f4fd6a3b6b52a2d25e3f1b0a4c9d8";
        operations.warn(new Operations.Warning(
                "HistoryRewritten", "Push it back, or: plumb accept-history " + revision + " --reason TEXT"));

        Bench.Said said = bench().run("accept-history", "7e18a577", "--reason", "it's meant");

        assertThat(said.code()).isEqualTo(ExitCode.USAGE);
        assertThat(said.err()).contains("\n  plumb accept-history " + revision + " --reason 'it'\\''s meant'\n");
        assertThat(bench().run("accept-history", "7e19", "--reason", "why").err())
                .doesNotContain(revision);
        assertThat(new Bench(folder)
                        .run("accept-history", "7e18", "--reason", "why")
                        .code())
                .isEqualTo(ExitCode.USAGE);
        assertThat(operations.accepted()).isEmpty();
    }

    @Test
    void saysOfARunThatGoesOnThatItsTrainingIsSuspended() {
        String row = StatusText.resources(
                List.of(Json.read("""
                    {"kind": "Training", "name": "churn", "ready": false, "reason": "Training", "message": "attempt 1",
                     "progress": {"phase": "fit", "fraction": 0.5, "detail": "round 30 of 60"},
                     "conditions": [{"type": "Suspended", "status": "True", "reason": "Suspended",
                                     "message": "suspended with everything else by ann"}]}
                    """.getBytes(StandardCharsets.UTF_8))), Style.of(bench().terminal(), true));

        assertThat(row).contains("fit 50 % round 30 of 60; suspended with everything else by ann");
    }

    @Test
    void suspendsAndResumesInAPersonsName() {
        Bench.Said said = bench().run("suspend", "serving/churn", "--reason", "incident 7", "--for", "4h");

        assertThat(said.code()).isEqualTo(ExitCode.DONE);
        assertThat(said.out()).isEqualTo("Serving/churn is suspended until 2026-01-02T07:04:05Z\n");
        assertThat(bench().run("suspend", "--all", "--reason", "incident 8").out())
                .isEqualTo("everything is suspended until somebody resumes it\n");
        Bench.Said resumed = bench().run("resume", "--all");
        assertThat(resumed.out()).isEqualTo("everything is resumed\n");
        assertThat(resumed.err()).contains("Serving/churn is still suspended");
        assertThat(operations.orders())
                .containsExactly(
                        "suspend Optional[Serving/churn] ann incident 7 Optional[PT4H]",
                        "suspend Optional.empty ann incident 8 Optional.empty",
                        "resume Optional.empty ann no reason was given");
    }

    @Test
    void suspendsNothingWithoutAReasonOrAScope() {
        for (Bench.Said said : List.of(
                bench().run("suspend", "serving/churn"),
                bench().run("suspend", "--reason", "why"),
                bench().run("suspend", "serving/churn", "--all", "--reason", "why"),
                bench().run("suspend", "serving/churn", "--reason", "why", "--for", "soon"))) {
            assertThat(said.code()).isEqualTo(ExitCode.USAGE);
        }
        assertThat(bench().run("suspend", "serving/nobody", "--reason", "why").code())
                .isEqualTo(ExitCode.NO);
        assertThat(operations.orders()).isEmpty();
    }

    @Test
    void suspendsForNoTimeThatIsOverAtOnceOrNeverReallyEnds() {
        for (String time : List.of("0s", "0ms", "-4h", "366d", "999999999d")) {
            Bench.Said said = bench().run("suspend", "serving/churn", "--reason", "why", "--for=" + time);
            assertThat(said.code()).as("%s: %s", time, said.err()).isEqualTo(ExitCode.USAGE);
        }
        assertThat(bench().run("suspend", "--all", "--reason", "why", "--for", "0s")
                        .err())
                .contains("a suspension for 0s would be over at once")
                .contains("leave it out to wait for a resume");
        assertThat(bench().run("suspend", "--all", "--reason", "why", "--for", "366d")
                        .err())
                .contains("a suspension ends after 365d at the latest, and 366d is longer");
        assertThat(operations.orders()).isEmpty();
        assertThat(bench().run("suspend", "--all", "--reason", "why", "--for", "365d")
                        .code())
                .isEqualTo(ExitCode.DONE);
    }

    @Test
    void saysOnceWhyTheSourceIsNotFollowed() {
        String status = """
            {"revision": null, "lastFetch": "2026-01-02T03:04:05Z", "resources": [], "problems": [],
             "sourceProblem": "HistoryRewritten: take it by plumb accept-history",
             "sourceProblemSince": "2026-01-02T03:04:05Z",
             "warnings": [{"reason": "HistoryRewritten", "message": "take it by plumb accept-history"},
                          {"reason": "LedgerUnsigned", "message": "no key is configured"}]}
            """;

        String said =
                StatusText.of(Json.read(status.getBytes(StandardCharsets.UTF_8)), Style.of(bench().terminal(), true));

        assertThat(said).containsOnlyOnce("HistoryRewritten").containsOnlyOnce("LedgerUnsigned");
        assertThat(said).contains("not followed since 2026-01-02T03:04:05Z: HistoryRewritten: take it by");
    }

    @Test
    void saysSinceWhenTheSourceIsNotFollowedAlsoAfterAStart() {
        String status = """
            {"revision": "6c59301600000000000000000000000000000000", "admittedAt": "2026-01-02T01:00:00.5Z",
             "lastFetch": null, "resources": [], "problems": [],
             "sourceProblem": "Unreachable: it does not answer", "sourceProblemSince": "2026-01-02T03:04:05.25Z"}
            """;

        String said =
                StatusText.of(Json.read(status.getBytes(StandardCharsets.UTF_8)), Style.of(bench().terminal(), true));

        assertThat(said)
                .contains("revision 6c593016, admitted at 2026-01-02T01:00:00Z, not read since the start\n")
                .contains("not followed since 2026-01-02T03:04:05Z: Unreachable: it does not answer");
    }

    @Test
    void cancelsARunInAPersonsName() {
        String run = Sample.run().digest().hex().substring(0, 8);
        Bench.Said said = bench().run("cancel", run, "--reason", "wrong data");

        assertThat(said.code()).isEqualTo(ExitCode.DONE);
        assertThat(said.out()).contains("of churn is cancelled");
        assertThat(operations.orders()).singleElement().asString().contains("ann wrong data");
        assertThat(bench().run("cancel", "ffffffff").code()).isEqualTo(ExitCode.NO);
    }

    @Test
    void printsTheOutputThatThisMachineKeepsWithoutAServer() throws Exception {
        String run = Sample.run().digest().hex();
        Path attempt =
                Files.createDirectories(folder.resolve("runs").resolve(run).resolve("attempt-10"));
        Files.createDirectories(folder.resolve("runs").resolve(run).resolve("attempt-9"));
        Files.writeString(attempt.resolve("output.log"), "read 4 rows\n");

        Bench.Said said = bench().run("logs", run.substring(0, 8), "--state", ".");

        assertThat(said.code()).isEqualTo(ExitCode.DONE);
        assertThat(said.out()).isEqualTo("read 4 rows\n");
        assertThat(bench().run("logs", "ffffffff", "--state", ".").code()).isEqualTo(ExitCode.NO);
        assertThat(bench().run("logs", "../../x", "--state", ".").code()).isEqualTo(ExitCode.USAGE);
    }

    @Test
    void repeatsNoSecretThatWasGivenInTheWrongPlace() throws Exception {
        String canary = "canary-" + "c".repeat(30);
        Files.writeString(folder.resolve("two-lines"), canary + "\n" + canary);
        for (Bench.Said said : List.of(
                bench().with("PLUMBLINE_TOKEN", canary + "\n" + canary).run("status", "-v"),
                bench().with("PLUMBLINE_TOKEN", canary + "\u00e9").run("status", "-v"),
                bench().run("status", "-v", "--token-file", canary),
                bench().run("status", "-v", "--token-file", "two-lines"),
                bench().run("status", "-v", "--server", "http://ann:" + canary + "@127.0.0.1:1"),
                bench().run("status", "-v", "--server", "http://ann:" + canary + " @127.0.0.1:1"))) {
            assertThat(said.code()).isEqualTo(ExitCode.USAGE);
            assertThat(said.err()).isNotBlank().doesNotContain(canary);
            assertThat(said.out()).doesNotContain(canary);
        }
    }

    @Test
    void showsWhatHolds() {
        Bench.Said said = bench().run("status");

        assertThat(said.code()).isEqualTo(ExitCode.DONE);
        assertThat(said.err()).isEmpty();
        assertThat(said.out()).isEqualTo("""
            revision 11111111, read at 2026-01-02T03:04:05Z

            RESOURCE        READY  REASON   VERSION  MESSAGE
            Training/churn  yes    Serving  v1       v1 answers
            Serving/churn   yes    Serving  v1       v1 answers

            models/other.yaml:3:7: error: there is no field taks
              did you mean task?
            """);
    }

    @Test
    void showsOneResourceAsOneDocument() {
        Bench.Said said = bench().run("status", "serving/churn", "-o", "json");

        JsonNode status = Json.read(said.out().getBytes(StandardCharsets.UTF_8));
        assertThat(status.get("kind").stringValue()).isEqualTo("Serving");
        assertThat(bench().run("status", "serving/nobody").code()).isEqualTo(ExitCode.NO);
        assertThat(bench().run("status", "servign/churn").code()).isEqualTo(ExitCode.USAGE);
        assertThat(bench().run("get", "trainings").out())
                .contains("Training/churn")
                .doesNotContain("Serving/");
        assertThat(bench().run("get", "serving", "churn", "-o", "yaml").out()).contains("kind: Serving\n");
    }

    @Test
    void describesTheBaselineOfATraining() {
        assertThat(bench().run("describe", "training/churn").out())
                .contains("auc     0.8400 (0.8200 to 0.8600)  1400")
                .contains("Yes               150  250")
                .contains(", 7043 rows");
    }

    @Test
    void describesHowGroupsAreTreated() {
        assertThat(bench().run("describe", "training/churn").out())
                .contains("Groups by gender, of the class Yes")
                .contains("female  700   -         0.200     -    -    -    -")
                .contains("other   0     -         -         -    -    -    -")
                .contains("demographicParityRatio  0.9000 (0.7000 to 1.0000)  female  male")
                .contains("turned around within plan: the selectionRate of female less that of male is -0.050 over all"
                        + " rows and 0.040 within")
                .contains("Groups by plan, of the class Yes\nThere are 101 groups.")
                .contains("Not of numbers.");
    }

    @Test
    void describesWhatAnEndpointServed() {
        assertThat(bench().run("describe", "serving/churn").out())
                .contains("v1       2026-01-02T03:04:25Z  now  11111111")
                .contains("Promoted");
    }

    @Test
    void readsTheLedgerFromTheServer() {
        assertThat(bench().run("runs").out())
                .contains("succeeded")
                .contains(Sample.run().shortened());
        assertThat(bench().run("versions", "churn").out()).contains("churn/v1").contains("auc 0.8400");
        assertThat(bench().run("lineage", "churn/v1").out()).contains("verdict:   registration allowed");
        assertThat(bench().run("history", "churn").out()).contains("now");
        assertThat(bench().run("events").out()).contains("Promoted");
        assertThat(bench().run("lineage", "churn/v9").code()).isEqualTo(ExitCode.NO);
        assertThat(bench().run("lineage", "churn").code()).isEqualTo(ExitCode.USAGE);
    }

    @Test
    void readsTheLedgerWithoutAServer() {
        Bench bench = new Bench(folder);

        assertThat(bench.run("runs", "--repo", ".").out()).contains("succeeded");
        assertThat(bench.run("versions", "--repo", ".", "-o", "json").out()).contains("\"versions\"");
        assertThat(bench.run("history", "nobody", "--repo", ".").code()).isEqualTo(ExitCode.NO);
        assertThat(bench.asked()).containsOnly("none");
    }

    @Test
    void readsTheLedgerOfTheEnvironmentThatOneNames() throws Exception {
        for (String verb : List.of("runs", "versions", "events", "history churn", "lineage churn/v1")) {
            Bench bench = new Bench(folder);
            String[] words = (verb + " --repo . --environment staging").split(" ", -1);
            bench.run(words);
            assertThat(bench.asked()).as(verb).containsExactly("staging");
            words[words.length - 1] = "--upload-pack";
            assertThat(bench.run(words).code()).as(verb).isEqualTo(ExitCode.USAGE);
        }
        Bench bench = new Bench(folder);
        bench.run("logs", "ffffffff", "--state", ".", "--environment", "staging");
        assertThat(bench.asked()).containsExactly("staging");
    }

    @Test
    void asksNoControlPlaneOfAnotherEnvironment() {
        for (String verb : List.of(
                "status",
                "get serving",
                "runs",
                "versions",
                "lineage churn/v1",
                "history churn",
                "events",
                "events -f",
                "logs " + Sample.run().shortened(),
                "wait serving/churn",
                "reconcile",
                "promote churn --to v2",
                "suspend --all --reason why")) {
            Bench bench = bench();
            Bench.Said said = bench.run((verb + " --environment production").split(" ", -1));

            assertThat(said.code()).as(verb).isEqualTo(ExitCode.NO);
            assertThat(said.out()).as(verb).isEmpty();
            assertThat(said.err())
                    .as(verb)
                    .contains("this control plane is of the environment staging, and production was asked for")
                    .contains("--repo DIR");
            assertThat(bench.asked()).as(verb).isEmpty();
        }
        assertThat(operations.orders()).isEmpty();
        assertThat(operations.changes()).isEmpty();
    }

    @Test
    void asksTheControlPlaneOfTheEnvironmentThatOneNames() {
        for (String verb : List.of("status", "versions", "history churn", "wait serving/churn")) {
            assertThat(bench().run((verb + " --environment staging").split(" ", -1))
                            .code())
                    .as(verb)
                    .isEqualTo(ExitCode.DONE);
        }
    }

    @Test
    void saysHowToDoWithoutTheServerThatDoesNotAnswer() throws Exception {
        Files.createDirectory(folder.resolve(".git"));

        Bench.Said runs = new Bench(folder).run("runs");
        Bench.Said logs = new Bench(folder).run("logs", Sample.run().shortened());

        assertThat(runs.code()).isEqualTo(ExitCode.UNREACHABLE);
        assertThat(runs.err())
                .contains("nothing answers at")
                .contains("`--repo .` reads the ledger of this repository");
        assertThat(logs.code()).isEqualTo(ExitCode.UNREACHABLE);
        assertThat(logs.err()).contains("nothing answers at").contains("`--state DIR`");
    }

    @Test
    void saysThatNothingAnswers() {
        Bench.Said said = new Bench(folder).run("status");

        assertThat(said.code()).isEqualTo(ExitCode.UNREACHABLE);
        assertThat(said.err())
                .contains("nothing answers at http://127.0.0.1:9/")
                .contains("plumb up");
    }

    @Test
    void saysThatSomethingElseAnswers() {
        Bench bench = new Bench(folder).with("PLUMBLINE_SERVER", "not a url");
        assertThat(bench.run("status").code()).isEqualTo(ExitCode.USAGE);
        assertThat(bench.run("status", "--server", "ftp://x").code()).isEqualTo(ExitCode.USAGE);
    }

    @Test
    void describesAVerdictByTheDigitsThatLineagePrints() {
        Bench.Said said = bench().run("describe", "verdict/" + Sample.VERDICT.shortened());

        assertThat(said.out())
                .contains("verdict:     " + Sample.VERDICT.value())
                .contains("answer:      allowed");
        assertThat(bench().run("describe", "verdict/000000").code()).isEqualTo(ExitCode.NO);
        assertThat(bench().run("describe", "verdict/abc").code()).isEqualTo(ExitCode.USAGE);
    }

    @Test
    void promotesAndRollsBackInSomebodysName() {
        Bench.Said said = bench().run("promote", "churn", "--to", "v2");

        assertThat(said.code()).isEqualTo(ExitCode.DONE);
        assertThat(said.out()).startsWith(Sample.REVISION.id() + " on main: Serving/churn now names v2");
        assertThat(operations.changes().getFirst().requestedBy()).isEqualTo("ann");
        assertThat(bench().run("rollback", "churn", "--reason", "worse").code()).isEqualTo(ExitCode.DONE);
        assertThat(operations.changes().getLast().rollback()).isTrue();
    }

    @Test
    void saysWhyAPromotionIsRefused() {
        operations.refuse(new Operations.Refused("denied", "it is worse", Optional.of("train a better one")));

        Bench.Said said = bench().run("promote", "churn", "--to", "v2");

        assertThat(said.code()).isEqualTo(ExitCode.NO);
        assertThat(said.err()).isEqualTo("plumb: it is worse\n  train a better one\n");
        assertThat(bench().run("promote", "churn", "--to", "2").code()).isEqualTo(ExitCode.USAGE);
    }

    @Test
    void saysThatAPromotionMetABug() {
        operations.breakDown();

        Bench.Said said = bench().run("promote", "churn", "--to", "v2");

        assertThat(said.code()).isEqualTo(ExitCode.BUG);
        assertThat(said.err()).isEqualTo("plumb: this is a bug in Plumbline; its log tells more\n");
    }

    @Test
    void looksAgainAndWaits() {
        Bench.Said said = bench().run("reconcile", "training/churn", "--wait");

        assertThat(said.code()).isEqualTo(ExitCode.DONE);
        assertThat(said.out()).contains("Training/churn");
        assertThat(operations.asked()).containsExactly(Optional.of(Sample.TRAINING));
    }

    @Test
    void printsTheOutputOfARunAsOneDocument() throws Exception {
        operations.output(Files.writeString(folder.resolve("output.log"), "tree 1 of 2\ntree 2 of 2\n"));

        Bench.Said said = bench().run("logs", Sample.run().shortened(), "-o", "json");

        assertThat(said.code()).isEqualTo(ExitCode.DONE);
        assertThat(Json.read(said.out().getBytes(StandardCharsets.UTF_8)).get("lines"))
                .extracting(JsonNode::asString)
                .containsExactly("tree 1 of 2", "tree 2 of 2");
        assertThat(bench().run("logs", Sample.run().shortened(), "-f", "-o", "json")
                        .code())
                .isEqualTo(ExitCode.USAGE);
    }

    @Test
    void printsTheOutputOfARun() throws Exception {
        operations.output(Files.writeString(folder.resolve("output.log"), "tree 1 of 2\ntree 2 of 2\n"));

        assertThat(bench().run("logs", Sample.run().shortened(), "-f").out()).isEqualTo("tree 1 of 2\ntree 2 of 2\n");
        assertThat(bench().run("logs", "abc").code()).isEqualTo(ExitCode.USAGE);
    }
}
