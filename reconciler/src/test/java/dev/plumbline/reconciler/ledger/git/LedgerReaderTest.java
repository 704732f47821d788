package dev.plumbline.reconciler.ledger.git;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plumbline.reconciler.ledger.Ledger.LedgerException;
import dev.plumbline.reconciler.ledger.LedgerView;
import dev.plumbline.reconciler.ledger.RunStatus;
import dev.plumbline.reconciler.ledger.Transition;
import dev.plumbline.reconciler.source.Committer;
import dev.plumbline.reconciler.source.mirror.Mirror;
import dev.plumbline.reconciler.source.remote.GitCredentials;
import dev.plumbline.reconciler.source.remote.Remote;
import dev.plumbline.testkit.GitServer;
import dev.plumbline.testkit.MutableClock;
import dev.plumbline.testkit.TemporaryRepository;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.eclipse.jgit.api.Git;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LedgerReaderTest {
    @TempDir
    Path folder;

    private final LedgerReader reader = new LedgerReader(LedgerSettings.BRANCH, GitCredentials.none());
    private TemporaryRepository repository;

    @BeforeEach
    void start() throws Exception {
        repository = TemporaryRepository.create(folder.resolve("origin.git"), MutableClock.started());
        repository.commit("One", Map.of("a.yaml", "a"));
    }

    @AfterEach
    void stop() {
        repository.close();
    }

    @Test
    void readsABareRepositoryACloneOfItAndAUrl() throws Exception {
        record();
        Path work = folder.resolve("work");
        clone(work);
        Path inside = Files.createDirectories(work.resolve("models/deep"));

        assertThat(runs(reader.readFolder(repository.path()))).isEqualTo(1);
        assertThat(runs(reader.readFolder(inside))).isEqualTo(1);
        try (GitServer server = GitServer.serve(repository)) {
            assertThat(runs(reader.read(Remote.parse(server.url(), folder)))).isEqualTo(1);
        }
    }

    @Test
    void aRepositoryAndACloneThatAreEachOthersOriginHoldNoLedgerWhereNeitherHasOne() throws Exception {
        Path work = folder.resolve("work");
        clone(work);
        try (Git git = Git.open(repository.path().toFile())) {
            git.getRepository().getConfig().setString("remote", "origin", "url", work.toString());
            git.getRepository().getConfig().save();
        }

        assertThat(reader.readFolder(work)).isEmpty();
        assertThat(reader.readFolder(repository.path())).isEmpty();
    }

    @Test
    void readsWhatACloneFetchedLastWhenItsOriginIsGone() throws Exception {
        record();
        Path work = folder.resolve("work");
        clone(work);
        Files.move(repository.path(), folder.resolve("moved.git"));

        assertThat(runs(reader.readFolder(work))).isEqualTo(1);
    }

    @Test
    void saysThatAnOriginThatWasNeverFetchedFromIsGone() throws Exception {
        Path work = folder.resolve("work");
        clone(work);
        Files.move(repository.path(), folder.resolve("moved.git"));

        assertThatThrownBy(() -> reader.readFolder(work)).isInstanceOf(LedgerException.class);
    }

    @Test
    void findsNoneBehindAUrlAndInARepositoryWithoutAnOrigin() throws Exception {
        try (GitServer server = GitServer.serve(repository)) {
            assertThat(reader.read(Remote.parse(server.url(), folder))).isEmpty();
            server.down(true);
            assertThatThrownBy(() -> reader.read(Remote.parse(server.url(), folder)))
                    .isInstanceOfSatisfying(
                            LedgerException.class,
                            failure -> assertThat(failure.reason()).isEqualTo("Unreachable"));
        }
        try (Git alone =
                Git.init().setDirectory(folder.resolve("alone").toFile()).call()) {
            assertThat(reader.readFolder(alone.getRepository().getWorkTree().toPath()))
                    .isEmpty();
        }
    }

    @Test
    void saysThatThereIsNone() throws Exception {
        assertThat(reader.readFolder(repository.path())).isEmpty();
        assertThatThrownBy(() -> reader.readFolder(Files.createDirectories(folder.resolve("plain"))))
                .isInstanceOfSatisfying(
                        LedgerException.class,
                        failure -> assertThat(failure.reason()).isEqualTo("NotFound"));
    }

    private void clone(Path work) throws Exception {
        Git.cloneRepository()
                .setURI(repository.path().toString())
                .setDirectory(work.toFile())
                .call()
                .close();
    }

    private static int runs(Optional<LedgerView> view) {
        return view.orElseThrow().runs().size();
    }

    private void record() throws Exception {
        try (Mirror mirror = Mirror.open(
                        folder.resolve("mirror.git"), Remote.local(repository.path()), GitCredentials.none());
                GitLedger ledger = GitLedger.open(
                        mirror,
                        LedgerSettings.of("one", "Ada", Committer.standard()),
                        false,
                        MutableClock.started(),
                        new SplittableRandom(1))) {
            ledger.record(Transition.of("Start", Entries.run("churn", "a", RunStatus.RUNNING)));
        }
    }
}
