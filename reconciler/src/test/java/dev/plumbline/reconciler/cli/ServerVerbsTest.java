package dev.plumbline.reconciler.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.reconciler.api.ApiServer;
import dev.plumbline.reconciler.api.ApiSettings;
import dev.plumbline.reconciler.api.Sample;
import dev.plumbline.reconciler.api.SteadyOperations;
import dev.plumbline.reconciler.cli.session.ExitCode;
import dev.plumbline.reconciler.control.Operations;
import dev.plumbline.schemas.json.Json;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class ServerVerbsTest {
    private static Vertx vertx;

    @TempDir
    private Path folder = Path.of("");

    private final SteadyOperations operations = new SteadyOperations(Sample.usual());
    private final List<JsonNode> predicted = new CopyOnWriteArrayList<>();
    private ApiServer server;
    private HttpServer serving;

    @BeforeAll
    static void begin() {
        vertx = Vertx.vertx();
    }

    @AfterAll
    static void end() {
        vertx.close();
    }

    @BeforeEach
    void open() throws Exception {
        serving = vertx.createHttpServer()
                .requestHandler(request -> request.body().onSuccess(body -> {
                    JsonNode asked = Json.read(body.getBytes());
                    predicted.add(asked);
                    StringBuilder answers = new StringBuilder();
                    asked.get("instances")
                            .forEach(row -> answers.append(answers.isEmpty() ? "" : ",")
                                    .append("{\"label\":\"Yes\",\"probabilities\":{\"No\":0.25,\"Yes\":0.75}}"));
                    request.response().end("{\"predictions\":[" + answers + "]}");
                }))
                .listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .get();
        URI address = URI.create("http://127.0.0.1:" + serving.actualPort());
        server = ApiServer.start(
                vertx,
                operations,
                new PrometheusMeterRegistry(PrometheusConfig.DEFAULT),
                new ApiSettings("127.0.0.1", 0, () -> Optional.of(address), "1"));
    }

    @AfterEach
    void close() {
        server.close();
        serving.close();
    }

    private Bench bench() {
        return new Bench(folder).with("PLUMBLINE_SERVER", "http://127.0.0.1:" + server.port());
    }

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

            RESOURCE        READY  REASON  VERSION  MESSAGE
            Training/churn  yes    Live    v1       v1 answers
            Serving/churn   yes    Live    v1       v1 answers

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
    void waitsUntilItHolds() {
        assertThat(bench().run("wait", "serving/churn", "--for", "live=v1").code())
                .isEqualTo(ExitCode.DONE);
        assertThat(bench().run("wait", "serving/churn", "--revision", Sample.REVISION.id())
                        .code())
                .isEqualTo(ExitCode.DONE);
    }

    @Test
    void waitsForAChange() {
        operations.become(new Sample(false, List.of()));
        Thread later = Thread.ofVirtual().start(() -> operations.become(Sample.usual()));

        assertThat(bench().run("wait", "serving/churn", "--timeout", "30s").code())
                .isEqualTo(ExitCode.DONE);
        assertThat(later.isAlive()).isFalse();
    }

    @Test
    void givesUpWaitingAndSaysHowItStands() {
        operations.become(new Sample(false, List.of()));

        Bench.Said said = bench().run("wait", "serving/churn", "--timeout", "100ms");

        assertThat(said.code()).isEqualTo(ExitCode.TIMEOUT);
        assertThat(said.err()).contains("Serving/churn is not ready").contains("a run is under way");
        assertThat(bench().run("wait", "serving/nobody", "--timeout", "1ms").err())
                .contains("there is no Serving/nobody yet");
        assertThat(new Bench(folder)
                        .run("wait", "serving/churn", "--timeout", "1ms")
                        .code())
                .isEqualTo(ExitCode.TIMEOUT);
        assertThat(bench().run("wait", "serving/churn", "--for", "live=1").code())
                .isEqualTo(ExitCode.USAGE);
        assertThat(bench().run("wait", "serving/churn", "--revision", "HEAD").code())
                .isEqualTo(ExitCode.USAGE);
    }

    @Test
    void stopsWaitingForWhatAPersonMustMend() {
        operations.become(Sample.waitingForAPerson());

        Bench.Said said = bench().run("wait", "serving/churn", "--timeout", "30s");

        assertThat(said.code()).isEqualTo(ExitCode.NO);
        assertThat(said.err())
                .contains("Serving/churn is not ready and waits for a person: Training: a run is under way");
        assertThat(bench().run("wait", "serving/churn", "--for", "Stalled").code())
                .isEqualTo(ExitCode.DONE);
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
        assertThat(said.out()).startsWith(Sample.REVISION.id() + " on main: churn now names v2");
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

    @Test
    void asksAnEndpointAboutCsv() throws Exception {
        Files.writeString(
                folder.resolve("rows.csv"),
                "\ufeffid;tenure;charges;contract;churn\r\n1;3;29.5;\"two;year\";Yes\r\n2;;1e1;monthly;No\r\n");

        Bench.Said said = bench().run("predict", "churn", "--data", "rows.csv");

        assertThat(said.code()).as(said.err()).isEqualTo(ExitCode.DONE);
        assertThat(said.err()).isEqualTo("left out, because the model does not take them: churn, id\n");
        assertThat(said.out())
                .contains("1    Yes         No 0.2500, Yes 0.7500")
                .contains("2    Yes");
        assertThat(Json.line(predicted.getFirst()))
                .isEqualTo("{\"instances\":[{\"tenure\":3,\"charges\":29.5,\"contract\":\"two;year\"},"
                        + "{\"tenure\":null,\"charges\":1E+1,\"contract\":\"monthly\"}]}");
    }

    @Test
    void asksAnEndpointAboutJson() {
        Bench.Said said = bench().typing("{\"tenure\": 3, \"charges\": \"2.5\", \"contract\": 7}\n{\"tenure\": 4}\n")
                .run("predict", "churn", "--data", "-", "-o", "json");

        assertThat(said.code()).as(said.err()).isEqualTo(ExitCode.DONE);
        assertThat(Json.read(said.out().getBytes(StandardCharsets.UTF_8))
                        .get("predictions")
                        .size())
                .isEqualTo(2);
        assertThat(predicted.getFirst().get("instances").get(0).get("contract").stringValue())
                .isEqualTo("7");
    }

    @Test
    void refusesRowsThatTheModelCannotTake() throws Exception {
        record Case(String text, String part) {}
        List<Case> cases = List.of(
                new Case("tenure,colour\n1,red\n", "no column 'colour'"),
                new Case(
                        "tenure,contract\nmany,x\n",
                        "row 1 after the header: 'many' in column tenure is not a whole number"),
                new Case("tenure,contract\n1.5,x\n", "not a whole number"),
                new Case("tenure,contract\n1\n", "row 1 after the header has 1 value, the header 2"),
                new Case("tenure,contract\n1,\"x\n", "does not end"),
                new Case("", "holds no rows"),
                new Case("tenure\n", "holds no rows"),
                new Case("{\"tenure\":", "not JSON"),
                new Case("[1]", "row 1 (counted from 1) is not a JSON object"));
        for (Case each : cases) {
            Files.writeString(folder.resolve("rows"), each.text());
            Bench.Said said = bench().run("predict", "churn", "--data", "rows");
            assertThat(said.code()).as(each.text()).isEqualTo(ExitCode.USAGE);
            assertThat(said.err()).contains(each.part());
        }
        assertThat(bench().run("predict", "churn", "--data", "nothing.csv").err())
                .contains("there is no file");
        assertThat(bench().run("predict", "churn", "--data", ".").err()).contains(". is a folder");
        Files.writeString(folder.resolve("rows.parquet"), "PAR1 and bytes");
        assertThat(bench().run("predict", "churn", "--data", "rows.parquet").err())
                .contains("rows.parquet is a Parquet file, and this takes CSV or JSON");
        assertThat(bench().run("promote", "nope", "--to", "v1").err())
                .contains("`plumb get serving` lists what there is");
        assertThat(bench().run("describe", "serving/nope").err()).contains("`plumb get serving` lists what there is");
        assertThat(predicted).isEmpty();
    }
}
