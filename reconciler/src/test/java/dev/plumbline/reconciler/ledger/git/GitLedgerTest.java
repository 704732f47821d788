package dev.plumbline.reconciler.ledger.git;

import static dev.plumbline.reconciler.ledger.git.LedgerBed.BRANCH;
import static dev.plumbline.reconciler.ledger.git.LedgerBed.pushed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plumbline.reconciler.ledger.EndpointEntry;
import dev.plumbline.reconciler.ledger.Entry;
import dev.plumbline.reconciler.ledger.EventEntry;
import dev.plumbline.reconciler.ledger.Ledger.LedgerException;
import dev.plumbline.reconciler.ledger.LedgerView;
import dev.plumbline.reconciler.ledger.RunEntry;
import dev.plumbline.reconciler.ledger.RunStatus;
import dev.plumbline.reconciler.ledger.Transition;
import dev.plumbline.reconciler.ledger.VersionEntry;
import dev.plumbline.schemas.model.Kind;
import dev.plumbline.schemas.model.ResourceId;
import dev.plumbline.schemas.model.VersionName;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is recorded, and how it is written. */
final class GitLedgerTest {
    @TempDir
    Path folder;

    private LedgerBed bed;

    @BeforeEach
    void start() throws Exception {
        bed = new LedgerBed(folder);
    }

    @AfterEach
    void stop() {
        bed.close();
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
        GitLedger first = bed.open("one");
        first.record(new Transition("Register churn/v1", all));
        checkAll(first.view(), run, version, endpoint);
        first.close();

        checkAll(bed.open("one").view(), run, version, endpoint);
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
        GitLedger ledger = bed.open("one");
        ledger.record(Transition.of("Register churn/v1", Entries.version("churn", 1, "a")));
        pushed(ledger);

        assertThat(bed.messages())
                .containsExactly("Register churn/v1 [skip ci]\n", "Take epoch 1 for Ada's one [skip ci]\n");
        assertThat(bed.repository.files(BRANCH)).hasSize(3).contains("holder.json");
        assertThat(bed.repository.read(BRANCH, "holder.json").orElseThrow())
                .matches("\\{\"epoch\":1,\"format\":1,\"holder\":\"one\",\"incarnation\":\"[0-9a-f-]{36}\","
                        + "\"name\":\"Ada's one\",\"since\":\"2026-03-01T12:00:00Z\"}\n");
        assertThat(bed.repository.files(BRANCH)).allMatch(path -> path.matches("[a-z0-9/.-]+\\.json"));
    }

    @Test
    void writesWhatManyThreadsRecordInTensOfCommits() throws Exception {
        GitLedger ledger = bed.open("one");
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
        assertThat(bed.repository.log(BRANCH)).hasSizeBetween(2, 60);
        ledger.close();
        assertThat(bed.open("one").view().runs()).hasSize(1_000);
    }

    @Test
    void recordsTheSoundOnesOfAGroup() throws Exception {
        GitLedger ledger = bed.open("one");
        Transition nowhere =
                Transition.of("Serve", Entries.endpoint("../elsewhere", "churn", new VersionName("churn", 1)));
        assertThatThrownBy(() -> ledger.record(nowhere))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'../elsewhere' cannot be the name of a file");
        assertThatThrownBy(() -> new Transition("Nothing", List.of())).isInstanceOf(IllegalArgumentException.class);
        ledger.record(Transition.of("Start", Entries.run("churn", "a", RunStatus.RUNNING)));
        assertThat(ledger.view().runs()).hasSize(1);
    }

    @Test
    void shortensALongSubject() throws Exception {
        GitLedger ledger = bed.open("one");
        ledger.record(Transition.of("x".repeat(500), Entries.event("churn-api", "long")));
        pushed(ledger);

        assertThat(bed.messages()).first().isEqualTo("x".repeat(120) + "… [skip ci]\n");
    }

    @Test
    void recordsNothingThatItCannotKeep() throws Exception {
        GitLedger ledger = bed.open("one");
        Path lock = bed.mirrorOf("one").resolve("refs/heads/" + BRANCH + ".lock");
        Files.createFile(lock);

        assertThatThrownBy(() -> ledger.record(Transition.of("Start", Entries.event("churn-api", "one"))))
                .isInstanceOfSatisfying(
                        LedgerException.class,
                        failure -> assertThat(failure.reason()).isEqualTo("Storage"))
                .hasMessageContaining("Nothing was recorded");
        assertThat(ledger.view().events(Optional.empty(), 10)).isEmpty();

        Files.delete(lock);
        ledger.record(Transition.of("Start", Entries.event("churn-api", "two")));
        assertThat(ledger.view().events(Optional.empty(), 10)).hasSize(1);
    }

    @Test
    void recordsNothingAfterItWasClosed() throws Exception {
        GitLedger ledger = bed.open("one");
        ledger.close();

        assertThatThrownBy(() -> ledger.record(Transition.of("Late", Entries.event("churn-api", "late"))))
                .isInstanceOf(LedgerException.class)
                .hasMessage("The ledger is closed.");
    }

    @Test
    void letsNothingOverwriteAVersion() throws Exception {
        GitLedger ledger = bed.open("one");
        ledger.record(Transition.of("Register", Entries.version("churn", 1, "a")));

        assertThatThrownBy(() -> ledger.record(Transition.of("Overwrite", Entries.version("churn", 1, "b"))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("churn/v1");
        assertThat(ledger.view().version(new VersionName("churn", 1))).contains(Entries.version("churn", 1, "a"));
    }
}
