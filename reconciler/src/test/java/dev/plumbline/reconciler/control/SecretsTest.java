package dev.plumbline.reconciler.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plumbline.reconciler.api.ApiServer;
import dev.plumbline.reconciler.api.ApiSettings;
import dev.plumbline.reconciler.api.Tokens;
import dev.plumbline.reconciler.fixture.SigningKeys;
import dev.plumbline.reconciler.fixture.Specs;
import dev.plumbline.reconciler.ledger.Ledger;
import dev.plumbline.reconciler.signing.CommitSigning;
import dev.plumbline.reconciler.source.Committer;
import dev.plumbline.reconciler.source.remote.GitCredentials;
import dev.plumbline.reconciler.source.remote.Remote;
import dev.plumbline.schemas.json.Json;
import dev.plumbline.testkit.GitServer;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Vertx;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A canary stands for each secret; wherever one is heard outside its own file, that secret has got out. */
final class SecretsTest {
    private static final String GIT = "canary-git-" + "g".repeat(24);
    private static final String WRONG = "canary-wrong-" + "w".repeat(24);
    private static final String KEY = "canary-key-4b1d77";
    private static final String MISPLACED = "canary-misplaced-" + "m".repeat(24);
    private static final String STRANGER = "canary-stranger-" + "s".repeat(24);
    private static final List<String> ROUTES = List.of(
            "/",
            "/metrics",
            "/health/live",
            "/health/ready",
            "/api/v1/status",
            "/api/v1/resources",
            "/api/v1/resources/Serving/churn-api",
            "/api/v1/resources/Training/churn",
            "/api/v1/runs",
            "/api/v1/versions",
            "/api/v1/lineage/churn/v1",
            "/api/v1/history/churn-api",
            "/api/v1/events",
            "/api/v1/plans",
            "/api/v1/serving",
            "/api/v1/nothing",
            "/api/v1/openapi.json");

    @TempDir
    Path folder;

    private final HttpClient client = HttpClient.newHttpClient();

    @Test
    void noSecretIsHeardWhateverHappens() throws Exception {
        Path secrets = Files.createDirectory(folder.resolve("secrets"));
        Path token = Files.writeString(secrets.resolve("git-token"), GIT);
        Vertx vertx = Vertx.vertx();
        try (Everything everything = new Everything();
                LoopBed bed = new LoopBed(folder.resolve("bed")).withSpecs();
                GitServer remote = GitServer.serve(bed.repository)) {
            remote.requireToken(GIT);
            bed.remote = Optional.of(Remote.parse(remote.url(), folder));
            bed.credentials =
                    new GitCredentials(Optional.of("bot"), Optional.of(token), Optional.empty(), Optional.empty());
            Path key = SigningKeys.write(secrets.resolve("signing-key"));
            String sound = Files.readString(key);
            bed.committer =
                    new Committer("Plumbline", "bot@example.com", CommitSigning.with(key, Optional.empty(), bed.clock));
            bed.start();
            PrometheusMeterRegistry metrics = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
            try (ApiServer api = ApiServer.start(vertx, bed.operations(), metrics, settings(secrets))) {
                bed.awaitLive("v1");
                bed.quiet();
                listen(everything, api);

                remote.protect("refs/heads/main", "open a pull request");
                bed.push("training/churn.yaml", Specs.training(2));
                bed.awaitReason(Specs.SERVING, "PushRefused");
                listen(everything, api);

                Files.writeString(key, KEY);
                ask(everything, api, "/api/v1/servings/churn-api/promote", Tokens.of("operate"));
                listen(everything, api);
                Files.writeString(key, sound);

                Files.writeString(token, WRONG);
                failing(bed, "does not let us in");
                ask(everything, api, "/api/v1/servings/churn-api/promote", Tokens.of("operate"));
                listen(everything, api);

                Files.writeString(token, "");
                failing(bed, "git.tokenFile");
                Files.delete(token);
                failing(bed, "git.tokenFile");
                listen(everything, api);

                Files.writeString(token, GIT);
                remote.down(true);
                failing(bed, "does not answer");
                ask(everything, api, "/api/v1/servings/churn-api/promote", Tokens.of("operate"));
                ask(everything, api, "/api/v1/servings/churn-api/rollback", STRANGER);
                listen(everything, api);
            }
            misplace(everything, bed);
            everything.readObjects(bed.repository.git());
            everything.readFiles(folder, secrets);
            sound.lines()
                    .filter(line -> !line.startsWith("-"))
                    .forEach(line -> assertThat(everything.said()).noneMatch(text -> text.contains(line)));
            assertSilent(everything);
        } finally {
            vertx.close().toCompletionStage().toCompletableFuture().join();
            client.close();
        }
    }

    /** The secret itself was written where the name of its file belongs. */
    private void misplace(Everything everything, LoopBed bed) {
        bed.stop();
        bed.credentials = new GitCredentials(
                Optional.of("bot"), Optional.of(folder.resolve(MISPLACED)), Optional.empty(), Optional.empty());
        assertThatThrownBy(bed::start)
                .isInstanceOf(Ledger.LedgerException.class)
                .hasMessageContaining("git.tokenFile")
                .satisfies(failure -> everything.say(trace(failure)));
    }

    private static String trace(Throwable failure) {
        StringWriter text = new StringWriter();
        failure.printStackTrace(new PrintWriter(text, true));
        return text.toString();
    }

    private static void failing(LoopBed bed, String words) {
        bed.ring();
        bed.until(
                () -> bed.operations()
                        .state()
                        .sourceProblem()
                        .filter(text -> text.contains(words))
                        .isPresent(),
                "the source fails: " + words);
    }

    private static ApiSettings settings(Path secrets) {
        return new ApiSettings(
                "127.0.0.1",
                0,
                () -> Optional.of(URI.create("http://127.0.0.1:8081")),
                "1",
                Optional.empty(),
                Optional.of(Tokens.open(secrets)));
    }

    /** Asks everything, as somebody who may and as somebody who may not. */
    private void listen(Everything everything, ApiServer api) throws Exception {
        for (String route : ROUTES) {
            for (String token : List.of(Tokens.of("read"), STRANGER)) {
                HttpRequest request = HttpRequest.newBuilder(uri(api, route))
                        .header("Authorization", "Bearer " + token)
                        .build();
                hear(everything, request);
            }
        }
        hear(
                everything,
                HttpRequest.newBuilder(uri(api, "/api/v1/status?access_token=x"))
                        .build());
    }

    private void ask(Everything everything, ApiServer api, String route, String token) throws Exception {
        hear(
                everything,
                HttpRequest.newBuilder(uri(api, route))
                        .header("Authorization", "Bearer " + token)
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(
                                Json.line(Json.object().put("to", "v2").put("requestedBy", "ann"))))
                        .build());
    }

    private void hear(Everything everything, HttpRequest request) throws Exception {
        var answer = client.send(request, BodyHandlers.ofString());
        everything.say(answer.statusCode() + " " + answer.headers().map() + "\n" + answer.body());
    }

    private static URI uri(ApiServer api, String path) {
        return URI.create("http://127.0.0.1:" + api.port() + path);
    }

    private static void assertSilent(Everything everything) {
        List<String> canaries = new ArrayList<>(List.of(GIT, WRONG, KEY, MISPLACED, STRANGER));
        for (String role : List.of("read", "operate", "approve")) {
            canaries.add(Tokens.of(role));
        }
        for (String secret : List.of(GIT, WRONG)) {
            canaries.add(base64("bot:" + secret));
        }
        List<String> said = everything.said();
        assertThat(said).anyMatch(text -> text.contains("Promote")).anyMatch(text -> text.contains("git.tokenFile"));
        assertThat(said).noneMatch(text -> canaries.stream().anyMatch(text::contains));
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
