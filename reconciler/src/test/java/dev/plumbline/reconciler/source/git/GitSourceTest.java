package dev.plumbline.reconciler.source.git;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plumbline.reconciler.source.Snapshot;
import dev.plumbline.reconciler.source.Source;
import dev.plumbline.reconciler.source.mirror.Mirror;
import dev.plumbline.reconciler.source.remote.GitCredentials;
import dev.plumbline.reconciler.source.remote.Remote;
import dev.plumbline.schemas.model.Revision;
import dev.plumbline.testkit.GitServer;
import dev.plumbline.testkit.MutableClock;
import dev.plumbline.testkit.TemporaryRepository;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class GitSourceTest {
    @TempDir
    Path folder;

    private TemporaryRepository repository;
    private Mirror mirror;
    private GitSource source;

    @BeforeEach
    void start() throws Exception {
        repository = TemporaryRepository.create(folder.resolve("origin.git"), MutableClock.started());
        mirror = Mirror.open(folder.resolve("mirror.git"), Remote.local(repository.path()), GitCredentials.none());
        source = new GitSource(mirror, "main", "");
    }

    @AfterEach
    void stop() {
        mirror.close();
        repository.close();
    }

    @Test
    void givesWhatTheBranchHolds() throws Exception {
        String commit = repository.commit(
                "Add two files\n\nPlumbline-Action: promote\n", Map.of("a.yaml", "a", "models/b.yaml", "b"));

        Snapshot snapshot = source.fetch().orElseThrow();

        assertThat(snapshot.revision()).isEqualTo(new Revision(commit));
        assertThat(snapshot.blobs()).containsOnlyKeys("a.yaml", "models/b.yaml");
        assertThat(read(snapshot, snapshot, "models/b.yaml")).isEqualTo(bytes("b"));
        assertThat(snapshot.header().author()).isEqualTo("Ada Person <ada@example.com>");
        assertThat(snapshot.header().subject()).isEqualTo("Add two files");
        assertThat(snapshot.header().trailers()).containsEntry("Plumbline-Action", "promote");
    }

    @Test
    void followsTheBranchAndStillReadsEarlierRevisions() throws Exception {
        repository.commit("One", "a.yaml", "1");
        Snapshot first = source.fetch().orElseThrow();
        repository.commit("Two", "a.yaml", "2");
        Snapshot second = source.fetch().orElseThrow();

        assertThat(read(second, second, "a.yaml")).isEqualTo(bytes("2"));
        assertThat(read(second, first, "a.yaml")).isEqualTo(bytes("1"));
        assertThat(source.at(first.revision()).tree()).isEqualTo(first.tree());
    }

    @Test
    void looksAtABranchOnThisMachineWithoutOpeningTheCommitsOfOthers() throws Exception {
        String commit = repository.commit("One", "a.yaml", "1");
        source.fetch();
        String lost = repository.commit("other", "Lost", Map.of("b", Optional.of(bytes("b"))));
        Files.delete(repository
                .path()
                .resolve("objects")
                .resolve(lost.substring(0, 2))
                .resolve(lost.substring(2)));

        assertThat(source.fetch().orElseThrow().revision()).isEqualTo(new Revision(commit));
        assertThat(mirror.branches()).containsOnlyKeys("main", "other");
    }

    @Test
    void knowsTheFolderOfItsSpecsAndEveryFileThatTheyMayName() throws Exception {
        repository.commit("One", Map.of("team/a/x.yaml", "x", "team/ab.yaml", "y", "z.yaml", "z"));

        Snapshot snapshot = new GitSource(mirror, "main", "./team/a/").fetch().orElseThrow();

        assertThat(snapshot.root()).isEqualTo("team/a");
        assertThat(snapshot.blobs()).containsOnlyKeys("team/a/x.yaml", "team/ab.yaml", "z.yaml");
    }

    @Test
    void refusesLinksAndSubmodulesByName() throws Exception {
        repository.commit("One", "a.yaml", "a");
        repository.link("Link", "link.yaml", "/etc/passwd");
        repository.submodule("Module", "module", "0123456789012345678901234567890123456789");

        Snapshot snapshot = source.fetch().orElseThrow();

        assertThat(snapshot.blobs()).containsOnlyKeys("a.yaml");
        assertThat(snapshot.refused("link.yaml"))
                .hasValueSatisfying(why -> assertThat(why).contains("symbolic link"));
        assertThat(snapshot.refused("module"))
                .hasValueSatisfying(why -> assertThat(why).contains("submodule"));
        assertThat(snapshot.refused("a.yaml")).isEmpty();
    }

    @Test
    void saysThatARepositoryIsEmpty() throws Exception {
        assertThat(source.fetch()).isEmpty();
        assertThat(source.absence()).contains("origin.git has no commit yet. Push a first one to its branch main.");

        repository.commit("One", "a.yaml", "a");
        assertThat(source.fetch()).isPresent();
        assertThat(source.absence()).isEmpty();
    }

    @Test
    void saysWhichBranchesThereAreWhenItsOwnIsMissing() throws Exception {
        repository.commit("master", "One", Map.of("a", Optional.of(bytes("a"))));
        repository.commit("plumbline/ledger", "Ours", Map.of("a", Optional.of(bytes("a"))));

        assertThat(source.fetch()).isEmpty();
        assertThat(source.absence())
                .contains("origin.git has no branch main. It has master: name one of them with --branch.");
    }

    @Test
    void keepsTheLastGoodRevisionWhenHistoryIsRewritten() throws Exception {
        String first = repository.commit("One", "a.yaml", "1");
        String second = repository.commit("Two", "a.yaml", "2");
        source.fetch();
        repository.rewind("main", first);
        String other = repository.commit("Other two", "a.yaml", "other");

        assertThatThrownBy(source::fetch)
                .isInstanceOfSatisfying(
                        Source.SourceException.class,
                        failure -> assertThat(failure.reason()).isEqualTo("HistoryRewritten"))
                .hasMessageContaining("plumb accept-history " + other);
        assertThat(source.last().orElseThrow().revision().id()).isEqualTo(second);

        source.acceptHistory(new Revision(other));
        assertThat(source.fetch().orElseThrow().revision().id()).isEqualTo(other);
        assertThat(mirror.ref("refs/plumbline/kept/" + second)).isPresent();
    }

    @Test
    void keepsTheLastGoodRevisionWhenTheBranchIsDeleted() throws Exception {
        String commit = repository.commit("One", "a.yaml", "1");
        source.fetch();
        repository.deleteRef("refs/heads/main");

        assertThatThrownBy(source::fetch)
                .isInstanceOfSatisfying(
                        Source.SourceException.class,
                        failure -> assertThat(failure.reason()).isEqualTo("HistoryRewritten"));
        assertThat(source.last().orElseThrow().revision().id()).isEqualTo(commit);
    }

    @Test
    void listsTheCommitsThatChangedAFile() throws Exception {
        String one = repository.commit("One", "a.yaml", "1");
        repository.commit("Elsewhere", "b.yaml", "1");
        String three = repository.commit("Three", "a.yaml", "2");
        String four = repository.remove("Four", "a.yaml");
        source.fetch();

        assertThat(source.changes("a.yaml", Optional.empty(), new Revision(four)))
                .containsExactly(new Revision(four), new Revision(three), new Revision(one));
        assertThat(source.changes("a.yaml", Optional.of(new Revision(one)), new Revision(four)))
                .containsExactly(new Revision(four), new Revision(three));
        assertThat(source.changes("a.yaml", Optional.of(new Revision(four)), new Revision(four)))
                .isEmpty();
    }

    @Test
    void saysThatThereIsNoRepositoryWithoutTellingThePath() throws Exception {
        try (Mirror lost = Mirror.open(
                folder.resolve("other.git"), Remote.local(folder.resolve("nowhere")), GitCredentials.none())) {
            assertThatThrownBy(() -> new GitSource(lost, "main", "").fetch())
                    .isInstanceOfSatisfying(
                            Source.SourceException.class,
                            failure -> assertThat(failure.reason()).isEqualTo("NotFound"))
                    .hasMessage("There is no Git repository at nowhere.");
        }
    }

    @Test
    void saysThatACommitIsUnknown() {
        assertThatThrownBy(() -> source.at(new Revision("0123456789012345678901234567890123456789")))
                .isInstanceOfSatisfying(
                        Source.SourceException.class,
                        failure -> assertThat(failure.reason()).isEqualTo("NotFound"));
    }

    @Test
    void keepsItsRevisionInALaterProcess() throws Exception {
        String commit = repository.commit("One", "a.yaml", "1");
        source.fetch();
        mirror.close();

        mirror = Mirror.open(
                folder.resolve("mirror.git"), Remote.local(folder.resolve("moved-away")), GitCredentials.none());
        assertThat(new GitSource(mirror, "main", "")
                        .last()
                        .orElseThrow()
                        .revision()
                        .id())
                .isEqualTo(commit);
    }

    @Test
    void leavesNothingOfGitInTheHomeFolder() throws Exception {
        repository.commit("One", "a.yaml", "1");
        source.fetch();

        assertThat(mirror.repository().getConfig().getString("core", null, "hookspath"))
                .isEqualTo("/dev/null");
        assertThat(Files.readString(folder.resolve("mirror.git/config"))).doesNotContain("[remote");
    }

    @Test
    void readsOverHttpWithATokenFromAFile() throws Exception {
        String commit = repository.commit("One", "a.yaml", "1");
        try (GitServer server = GitServer.serve(repository)) {
            server.requireToken("s3cr3t");
            Path token = Files.writeString(folder.resolve("token"), "s3cr3t\n");
            assertThat(fetch(server, token)).isEqualTo(commit);

            Files.writeString(token, "wrong\n");
            assertThatThrownBy(() -> fetch(server, token))
                    .isInstanceOfSatisfying(
                            Source.SourceException.class,
                            failure -> assertThat(failure.reason()).isEqualTo("Unauthorized"))
                    .hasMessageNotContaining("wrong");
        }
    }

    @Test
    void saysThatARemoteDoesNotAnswer() throws Exception {
        repository.commit("One", "a.yaml", "1");
        try (GitServer server = GitServer.serve(repository)) {
            server.down(true);
            assertThatThrownBy(() -> fetch(server, folder.resolve("none")))
                    .isInstanceOfSatisfying(
                            Source.SourceException.class,
                            failure -> assertThat(failure.reason()).isEqualTo("Unreachable"));
        }
    }

    private String fetch(GitServer server, Path token) throws Exception {
        GitCredentials credentials = new GitCredentials(
                Optional.of("bot"), Optional.of(token).filter(Files::exists), Optional.empty(), Optional.empty());
        try (Mirror http = Mirror.open(folder.resolve("http.git"), Remote.parse(server.url(), folder), credentials)) {
            return new GitSource(http, "main", "")
                    .fetch()
                    .orElseThrow()
                    .revision()
                    .id();
        }
    }

    private static byte[] read(Snapshot reader, Snapshot listing, String path) throws IOException {
        return reader.read(Objects.requireNonNull(listing.blobs().get(path)));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
