package dev.plumbline.reconciler.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.plumbline.reconciler.ledger.Ledger.LedgerException;
import dev.plumbline.reconciler.source.Committer;
import dev.plumbline.reconciler.source.GitCredentials;
import dev.plumbline.reconciler.source.Mirror;
import dev.plumbline.reconciler.source.Remote;
import dev.plumbline.schemas.model.Kind;
import dev.plumbline.schemas.model.ResourceId;
import dev.plumbline.schemas.model.VersionName;
import dev.plumbline.testkit.GitServer;
import dev.plumbline.testkit.MutableClock;
import dev.plumbline.testkit.TemporaryRepository;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class GitLedgerTest {
    private static final String BRANCH = LedgerSettings.BRANCH;
    private static final Duration NEVER = Duration.ofHours(1);
    private static final Duration SOON = Duration.ofMillis(20);

    @TempDir
    Path folder;

    private final MutableClock clock = MutableClock.started();
    private final List<AutoCloseable> opened = new ArrayList<>();
    private TemporaryRepository repository;
    private GitServer server;

    @BeforeEach
    void start() throws Exception {
        repository = TemporaryRepository.create(folder.resolve("origin.git"), clock);
        server = GitServer.serve(repository);
    }

    @AfterEach
    void stop() throws Exception {
        for (AutoCloseable each : opened.reversed()) {
            each.close();
        }
        server.close();
        repository.close();
    }

    @Test
    void givesBackWhatItRecordedAlsoAfterARestart() throws Exception {
        RunEntry run = Entries.run("churn", "a", RunStatus.SUCCEEDED);
        VersionEntry version = Entries.version("churn", 1, "a");
        EndpointEntry endpoint = Entries.endpoint("churn-api", "churn", new VersionName("churn", 1));
        List<Entry> all = List.of(
                run,
                version,
                endpoint,
                Entries.verdict("a"),
                Entries.dataset("a"),
                Entries.admission("a"),
                Entries.event("churn-api", "one"),
                Entries.event("churn-api", "two"));
        GitLedger first = ledger("one", SOON, false);
        first.record(new Transition("Register churn/v1", all));
        checkAll(first.view(), run, version, endpoint);
        first.close();

        checkAll(ledger("one", SOON, false).view(), run, version, endpoint);
    }

    private static void checkAll(LedgerView view, RunEntry run, VersionEntry version, EndpointEntry endpoint) {
        assertThat(view.run(run.run())).contains(run);
        assertThat(view.runs()).containsExactly(run);
        assertThat(view.version(version.version())).contains(version);
        assertThat(view.versions("churn")).containsExactly(version);
        assertThat(view.versionOf("churn", run.run())).contains(version.version());
        assertThat(view.versionOf("other", run.run())).isEmpty();
        assertThat(view.highestNumber("churn")).isEqualTo(1);
        assertThat(view.endpoint("churn-api")).contains(endpoint);
        assertThat(view.endpoints()).containsExactly(endpoint);
        assertThat(view.verdict(Entries.digest("verdict a"))).contains(Entries.verdict("a"));
        assertThat(view.dataset(Entries.digest("key a"))).contains(Entries.dataset("a"));
        assertThat(view.admission()).contains(Entries.admission("a"));
        assertThat(view.events(Optional.of(new ResourceId(Kind.SERVING, "churn-api")), 10))
                .extracting(EventEntry::message)
                .containsExactly("two", "one");
        assertThat(view.events(Optional.empty(), 1))
                .extracting(EventEntry::message)
                .containsExactly("two");
    }

    @Test
    void writesSmallCanonicalFilesAndSaysInTheSubjectWhatTheyRecord() throws Exception {
        GitLedger ledger = ledger("one", SOON, false);
        ledger.record(Transition.of("Register churn/v1", Entries.version("churn", 1, "a")));
        pushed(ledger);

        assertThat(repository.log(BRANCH))
                .containsExactly("Register churn/v1 [skip ci]\n", "Take epoch 1 for Ada's one [skip ci]\n");
        assertThat(repository.files(BRANCH)).hasSize(3).contains("holder.json");
        assertThat(repository.read(BRANCH, "holder.json"))
                .contains("{\"epoch\":1,\"format\":1,\"holder\":\"one\",\"name\":\"Ada's one\","
                        + "\"since\":\"2026-03-01T12:00:00Z\"}\n");
        assertThat(repository.files(BRANCH)).allMatch(path -> path.matches("[a-z0-9/.-]+\\.json"));
    }

    @Test
    void writesWhatManyThreadsRecordInTensOfCommits() throws Exception {
        GitLedger ledger = ledger("one", SOON, false);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Callable<Void>> tasks = new ArrayList<>();
            for (int each = 0; each < 1_000; each++) {
                String seed = "t" + each;
                tasks.add(() -> {
                    ledger.record(Transition.of(
                            "Run " + seed,
                            Entries.run("m" + seed, seed, RunStatus.RUNNING),
                            Entries.event("m" + seed, "Started")));
                    return null;
                });
            }
            for (Future<Void> each : threads.invokeAll(tasks)) {
                each.get();
            }
        }
        pushed(ledger);

        assertThat(ledger.view().runs()).hasSize(1_000);
        assertThat(repository.log(BRANCH)).hasSizeBetween(2, 60);
        ledger.close();
        assertThat(ledger("one", SOON, false).view().runs()).hasSize(1_000);
    }

    @Test
    void pushesAfterACrashWhatItHadCommitted() throws Exception {
        GitLedger crashed = ledger("one", NEVER, false);
        crashed.record(Transition.of("Start", Entries.run("churn", "a", RunStatus.RUNNING)));
        assertThat(crashed.health().pending()).isEqualTo(1);
        Path copy = copy(folder.resolve("one.git"), folder.resolve("after-crash.git"));
        assertThat(repository.log(BRANCH)).hasSize(1);

        GitLedger reopened = open(mirror(copy, server.url()), "one", SOON, false, HeadLimits.standard());
        assertThat(reopened.view().runs()).hasSize(1);
        pushed(reopened);
        assertThat(repository.log(BRANCH)).hasSize(2);
    }

    @Test
    void recordsWhileTheRemoteIsAwayAndPushesLater() throws Exception {
        GitLedger ledger = ledger("one", SOON, false);
        server.down(true);
        ledger.record(Transition.of("Start", Entries.run("churn", "a", RunStatus.RUNNING)));
        await().untilAsserted(() -> assertThat(ledger.health().error()).isPresent());
        assertThat(ledger.health().pending()).isEqualTo(1);
        assertThat(ledger.view().runs()).hasSize(1);

        server.down(false);
        pushed(ledger);
        assertThat(ledger.health().error()).isEmpty();
        assertThat(ledger.health().lastPushed()).contains(clock.instant());
    }

    @Test
    void goesOnWithoutTheRemoteWhenItHeldTheLedgerBefore() throws Exception {
        ledger("one", SOON, false).close();
        server.down(true);

        GitLedger reopened = ledger("one", SOON, false);
        reopened.record(Transition.of("Start", Entries.run("churn", "a", RunStatus.RUNNING)));
        assertThat(reopened.view().runs()).hasSize(1);

        assertThatThrownBy(() -> ledger("two", SOON, false))
                .isInstanceOfSatisfying(
                        LedgerException.class,
                        failure -> assertThat(failure.reason()).isEqualTo("Unreachable"));
    }

    @Test
    void numbersNothingWithoutTheRemote() throws Exception {
        GitLedger ledger = ledger("one", NEVER, false);
        server.down(true);
        assertThatThrownBy(() -> ledger.recordUnique(view -> registration(view, "a")))
                .isInstanceOfSatisfying(
                        LedgerException.class,
                        failure -> assertThat(failure.reason()).isEqualTo("Unreachable"));
        assertThat(ledger.view().highestNumber("churn")).isZero();

        server.down(false);
        ledger.recordUnique(view -> registration(view, "a"));
        assertThat(ledger.view().highestNumber("churn")).isEqualTo(1);
        assertThat(repository.log(BRANCH)).first().isEqualTo("Register a [skip ci]\n");
    }

    @Test
    void takesInAVersionWhosePushSeemedToFail() throws Exception {
        GitLedger ledger = ledger("one", NEVER, false);
        server.forgetful(true);
        assertThatThrownBy(() -> ledger.recordUnique(view -> registration(view, "a")))
                .isInstanceOf(LedgerException.class);
        server.forgetful(false);
        ledger.record(Transition.of("Meanwhile", Entries.event("churn-api", "meanwhile")));

        ledger.recordUnique(view -> registration(view, "b"));

        assertThat(ledger.view().versionOf("churn", Entries.runId("a"))).contains(new VersionName("churn", 1));
        assertThat(ledger.view().versionOf("churn", Entries.runId("b"))).contains(new VersionName("churn", 2));
        assertThat(ledger.view().events(Optional.empty(), 10)).hasSize(1);
        Path lost = folder.resolve("elsewhere.git");
        LedgerView read = open(mirror(lost, server.url()), "one", SOON, false, HeadLimits.standard())
                .view();
        assertThat(read.versions("churn")).hasSize(2);
        assertThat(read.events(Optional.empty(), 10)).hasSize(1);
    }

    private static Transition registration(LedgerView view, String seed) {
        return Transition.of("Register " + seed, Entries.version("churn", view.highestNumber("churn") + 1, seed));
    }

    @Test
    void refusesAnotherHolderByName() throws Exception {
        GitLedger first = ledger("one", SOON, false);
        first.record(Transition.of("Start", Entries.run("churn", "a", RunStatus.RUNNING)));
        pushed(first);

        assertThatThrownBy(() -> ledger("two", SOON, false))
                .isInstanceOfSatisfying(
                        LedgerException.class,
                        failure -> assertThat(failure.reason()).isEqualTo("Fenced"))
                .hasMessageContaining("held by Ada's one since 2026-03-01T12:00:00Z (epoch 1)")
                .hasMessageContaining("--take-over");
    }

    @Test
    void fencesTheFormerHolderAfterATakeOver() throws Exception {
        GitLedger first = ledger("one", SOON, false);
        first.record(Transition.of("Start", Entries.run("churn", "a", RunStatus.RUNNING)));
        pushed(first);
        GitLedger second = ledger("two", SOON, true);

        assertThat(second.health().holder().epoch()).isEqualTo(2);
        assertThat(second.view().runs()).hasSize(1);
        assertThatThrownBy(() -> first.recordUnique(view -> registration(view, "b")))
                .isInstanceOfSatisfying(
                        LedgerException.class,
                        failure -> assertThat(failure.reason()).isEqualTo("Fenced"))
                .hasMessageContaining("Ada's two");
        assertThatThrownBy(() -> first.record(Transition.of("More", Entries.event("x", "y"))))
                .isInstanceOfSatisfying(
                        LedgerException.class,
                        failure -> assertThat(failure.reason()).isEqualTo("Fenced"));
        second.recordUnique(view -> registration(view, "b"));
        assertThat(second.view().highestNumber("churn")).isEqualTo(1);
    }

    @Test
    void isFencedByItsOwnPusherToo() throws Exception {
        GitLedger first = ledger("one", SOON, false);
        ledger("two", SOON, true);
        first.record(Transition.of("Start", Entries.run("churn", "a", RunStatus.RUNNING)));

        await().untilAsserted(() -> assertThatThrownBy(
                        () -> first.record(Transition.of("More", Entries.event("x", "y"))))
                .isInstanceOf(LedgerException.class));
    }

    @Test
    void restoresALostMirrorFromTheRemoteAndALostBranchFromTheMirror() throws Exception {
        GitLedger first = ledger("one", SOON, false);
        first.record(Transition.of("Start", Entries.run("churn", "a", RunStatus.RUNNING)));
        pushed(first);
        first.close();

        GitLedger elsewhere =
                open(mirror(folder.resolve("new.git"), server.url()), "one", SOON, false, HeadLimits.standard());
        assertThat(elsewhere.view().runs()).hasSize(1);

        repository.deleteRef("refs/heads/" + BRANCH);
        elsewhere.record(Transition.of("More", Entries.event("x", "y")));
        await().untilAsserted(() -> assertThat(repository.log(BRANCH)).hasSize(3));

        elsewhere.close();
        repository.deleteRef("refs/heads/" + BRANCH);
        GitLedger again =
                open(mirror(folder.resolve("new.git"), server.url()), "one", SOON, false, HeadLimits.standard());
        await().untilAsserted(() -> assertThat(repository.log(BRANCH)).hasSize(3));
        assertThat(again.view().runs()).hasSize(1);
    }

    @Test
    void holdsTheHeadWithinItsLimitsAndKeepsWhatServes() throws Exception {
        HeadLimits limits = new HeadLimits(3, 2, 5, 4, 3, 2);
        GitLedger ledger = open(mirror(folder.resolve("one.git"), server.url()), "one", SOON, false, limits);
        ledger.record(Transition.of(
                "First", Entries.run("churn", "0", RunStatus.SUCCEEDED), Entries.version("churn", 1, "0")));
        ledger.record(Transition.of("Serve", Entries.endpoint("churn-api", "churn", new VersionName("churn", 1))));
        for (int each = 1; each < 10; each++) {
            ledger.record(new Transition(
                    "Round " + each,
                    List.of(
                            Entries.run("churn", "" + each, RunStatus.SUCCEEDED),
                            Entries.version("churn", each + 1, "" + each),
                            Entries.run("churn", "failed" + each, RunStatus.FAILED),
                            Entries.verdict("loose" + each),
                            Entries.dataset("d" + each),
                            Entries.admission("a" + each),
                            Entries.event("churn-api", "" + each))));
        }
        pushed(ledger);
        checkBounds(ledger.view());
        ledger.close();
        checkBounds(open(mirror(folder.resolve("one.git"), server.url()), "one", SOON, false, limits)
                .view());
        assertThat(repository.files(BRANCH))
                .filteredOn(path -> path.startsWith("versions/"))
                .hasSize(4);
        assertThat(repository.files(BRANCH))
                .filteredOn(path -> path.startsWith("admissions/"))
                .hasSize(2);
        assertThat(repository.files(BRANCH))
                .filteredOn(path -> path.startsWith("datasets/"))
                .hasSize(3);
    }

    private static void checkBounds(LedgerView view) {
        assertThat(view.versions("churn"))
                .extracting(version -> version.version().number())
                .containsExactly(10, 9, 8, 1);
        assertThat(view.highestNumber("churn")).isEqualTo(10);
        assertThat(view.versionOf("churn", Entries.runId("3"))).contains(new VersionName("churn", 4));
        assertThat(view.run(Entries.runId("3"))).isEmpty();
        assertThat(view.run(Entries.runId("0"))).isPresent();
        assertThat(view.runs()).hasSize(6);
        assertThat(view.events(Optional.empty(), 100))
                .extracting(EventEntry::message)
                .contains("9");
        assertThat(view.events(Optional.of(new ResourceId(Kind.SERVING, "churn-api")), 100))
                .extracting(EventEntry::message)
                .containsExactly("9", "8", "7", "6", "5");
        assertThat(view.admission()).contains(Entries.admission("a9"));
    }

    @Test
    void letsNothingOverwriteAVersion() throws Exception {
        GitLedger ledger = ledger("one", SOON, false);
        ledger.record(Transition.of("Register", Entries.version("churn", 1, "a")));

        assertThatThrownBy(() -> ledger.record(Transition.of("Overwrite", Entries.version("churn", 1, "b"))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("churn/v1");
        assertThat(ledger.view().version(new VersionName("churn", 1))).contains(Entries.version("churn", 1, "a"));
    }

    @Test
    void forgetsAnEndpointAndKeepsWhatItServed() throws Exception {
        GitLedger ledger = ledger("one", SOON, false);
        ledger.record(Transition.of(
                "Serve",
                Entries.version("churn", 1, "a"),
                Entries.endpoint("churn-api", "churn", new VersionName("churn", 1))));
        ledger.forgetEndpoint("churn-api");
        pushed(ledger);

        assertThat(ledger.view().endpoints()).isEmpty();
        assertThat(ledger.view().versions("churn")).hasSize(1);
        String index = repository.files(BRANCH).stream()
                .filter(path -> path.startsWith("index/"))
                .findFirst()
                .orElseThrow();
        assertThat(repository.read(BRANCH, index).orElseThrow()).contains("\"servedBy\":[\"churn-api\"]");
    }

    private GitLedger ledger(String holder, Duration delay, boolean takeOver) throws Exception {
        return open(
                mirror(folder.resolve(holder + ".git"), server.url()), holder, delay, takeOver, HeadLimits.standard());
    }

    private Mirror mirror(Path path, String url) throws Exception {
        Mirror mirror = Mirror.open(path, Remote.parse(url, folder), GitCredentials.none());
        opened.add(mirror);
        return mirror;
    }

    private GitLedger open(Mirror mirror, String holder, Duration delay, boolean takeOver, HeadLimits limits)
            throws Exception {
        LedgerSettings settings = new LedgerSettings(BRANCH, holder, "Ada's " + holder, Committer.standard(), delay);
        GitLedger ledger = GitLedger.open(mirror, settings, takeOver, clock, new SplittableRandom(1), limits);
        opened.add(ledger);
        return ledger;
    }

    private static void pushed(GitLedger ledger) {
        await().untilAsserted(() -> assertThat(ledger.health().pending()).isZero());
    }

    private static Path copy(Path from, Path to) throws IOException {
        try (var files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Path target = to.resolve(from.relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(target);
                } else {
                    Files.copy(file, target);
                }
            }
        }
        return to;
    }
}
