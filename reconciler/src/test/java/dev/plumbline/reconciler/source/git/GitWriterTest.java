package dev.plumbline.reconciler.source.git;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plumbline.reconciler.source.Committer;
import dev.plumbline.reconciler.source.Source;
import dev.plumbline.reconciler.source.VersionChange;
import dev.plumbline.reconciler.source.Writer.PushOutcome;
import dev.plumbline.reconciler.source.mirror.Mirror;
import dev.plumbline.reconciler.source.mirror.RemoteAccess;
import dev.plumbline.reconciler.source.remote.GitCredentials;
import dev.plumbline.reconciler.source.remote.Remote;
import dev.plumbline.schemas.model.Revision;
import dev.plumbline.testkit.GitServer;
import dev.plumbline.testkit.MutableClock;
import dev.plumbline.testkit.TemporaryRepository;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.eclipse.jgit.api.Git;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class GitWriterTest {
    private static final String SPEC = """
            # who serves what
            apiVersion: plumbline.dev/v1
            kind: Serving
            metadata: {name: churn-api}
            spec:
              model: churn      # the model
              version: none     # written by promotions""";

    @TempDir
    Path folder;

    private final MutableClock clock = MutableClock.started();
    private TemporaryRepository repository;
    private Mirror mirror;
    private GitSource source;
    private GitWriter writer;

    @BeforeEach
    void start() throws Exception {
        repository = TemporaryRepository.create(folder.resolve("origin.git"), clock);
        repository.commit("Serve churn", Map.of("serving/churn.yaml", SPEC, "README.md", "read me"));
        follow(Remote.local(repository.path()));
    }

    private void follow(Remote remote) throws Exception {
        mirror = Mirror.open(folder.resolve("mirror.git"), remote, GitCredentials.none());
        source = new GitSource(mirror, "main", "");
        writer = new GitWriter(mirror, "main", new Committer("Plumbline", "bot@example.com"), clock);
    }

    @AfterEach
    void stop() {
        mirror.close();
        repository.close();
    }

    @Test
    void changesNothingButTheVersion() throws Exception {
        Revision base = head();
        Revision commit = writer.prepare(change(base, "none", "v1"));

        assertThat(repository.head("main")).contains(base.id());
        assertThat(writer.push(commit, Optional.empty())).isEqualTo(new PushOutcome.Accepted());
        assertThat(repository.head("main")).contains(commit.id());
        assertThat(repository.read("main", "serving/churn.yaml"))
                .contains(SPEC.replace("version: none", "version: v1"));
        assertThat(repository.read("main", "README.md")).contains("read me");
        assertThat(repository.log("main").getFirst()).isEqualTo("""
                Promote churn to v1

                Every rule allowed it.

                Plumbline-Action: promote
                Plumbline-Version: churn/v1
                Plumbline-Requested-By: eve@example.com Plumbline-Verdict: forged
                """);
        assertThat(source.fetch().orElseThrow().header().author()).isEqualTo("Plumbline <bot@example.com>");
    }

    @Test
    void givesTheSameCommitForTheSameChangeAtTheSameTime() throws Exception {
        Revision base = head();
        Revision first = writer.prepare(change(base, "none", "v1"));

        assertThat(writer.prepare(change(base, "none", "v1"))).isEqualTo(first);
        clock.advance(Duration.ofSeconds(1));
        assertThat(writer.prepare(change(base, "none", "v1"))).isNotEqualTo(first);
    }

    @Test
    void doesNotWriteOverWhatSomebodyElseWrote() throws Exception {
        repository.commit("By hand", "serving/churn.yaml", SPEC.replace("none", "v3"));
        assertThatThrownBy(() -> writer.prepare(change(head(), "none", "v1")))
                .isInstanceOfSatisfying(
                        Source.SourceException.class,
                        failure -> assertThat(failure.reason()).isEqualTo("Stale"))
                .hasMessageContaining("it now reads v3");

        repository.remove("Gone", "serving/churn.yaml");
        assertThatThrownBy(() -> writer.prepare(change(head(), "none", "v1")))
                .isInstanceOfSatisfying(
                        Source.SourceException.class,
                        failure -> assertThat(failure.reason()).isEqualTo("Stale"));
    }

    @Test
    void losesTheRaceAgainstAnEarlierPush() throws Exception {
        Revision commit = writer.prepare(change(head(), "none", "v1"));
        String theirs = repository.commit("Meanwhile", "README.md", "changed");

        assertThat(writer.push(commit, Optional.empty())).isEqualTo(new PushOutcome.Raced("main"));
        assertThat(repository.head("main")).contains(theirs);

        Revision again = writer.prepare(change(head(), "none", "v1"));
        assertThat(writer.push(again, Optional.empty())).isEqualTo(new PushOutcome.Accepted());
        assertThat(repository.read("main", "README.md")).contains("changed");
    }

    @Test
    void isAcceptedOnceHoweverOftenItIsPushed() throws Exception {
        Revision commit = writer.prepare(change(head(), "none", "v1"));

        assertThat(writer.push(commit, Optional.empty())).isEqualTo(new PushOutcome.Accepted());
        assertThat(writer.push(commit, Optional.empty())).isEqualTo(new PushOutcome.Accepted());
        assertThat(repository.log("main")).hasSize(2);
    }

    @Test
    void tellsARefusalInTheWordsOfALocalHook() throws Exception {
        Revision commit = writer.prepare(change(head(), "none", "v1"));
        repository.protect("main", "main is protected: open a pull request");

        assertThat(writer.push(commit, Optional.empty()))
                .isInstanceOfSatisfying(
                        PushOutcome.Refused.class,
                        refused -> assertThat(refused.words())
                                .contains("main is protected: open a pull request")
                                .contains("hook declined"));
        assertThat(writer.pushAside(commit, "churn-api", Optional.empty())).isEqualTo(new PushOutcome.Accepted());
        assertThat(repository.head("plumbline/promote/churn-api")).contains(commit.id());
    }

    @Test
    void tellsARefusalInTheWordsOfAForge() throws Exception {
        try (GitServer server = GitServer.serve(repository)) {
            mirror.close();
            follow(Remote.parse(server.url(), folder));
            server.protect("refs/heads/main", "GitHost: You are not allowed to push to protected branches.");
            Revision commit = writer.prepare(change(head(), "none", "v1"));

            assertThat(writer.push(commit, Optional.empty()))
                    .isInstanceOfSatisfying(
                            PushOutcome.Refused.class,
                            refused -> assertThat(refused.words())
                                    .contains("GitHost: You are not allowed to push to protected branches."));
            assertThat(writer.pushAside(commit, "churn-api", Optional.empty())).isEqualTo(new PushOutcome.Accepted());

            server.readOnly(true);
            assertThat(writer.push(commit, Optional.empty())).isInstanceOf(PushOutcome.Refused.class);
            server.down(true);
            assertThat(writer.push(commit, Optional.empty())).isInstanceOf(PushOutcome.Unreachable.class);
        }
    }

    @Test
    void takesALockedBranchForABusyRemoteAndNotForARefusal() throws Exception {
        Revision commit = writer.prepare(change(head(), "none", "v1"));
        Path lock = repository.path().resolve("refs/heads/main.lock");
        Files.createFile(lock);

        assertThat(writer.push(commit, Optional.empty()))
                .isInstanceOfSatisfying(
                        PushOutcome.Unreachable.class,
                        busy -> assertThat(busy.message()).contains("is busy with another change"));

        Files.delete(lock);
        assertThat(writer.push(commit, Optional.empty())).isEqualTo(new PushOutcome.Accepted());
    }

    @Test
    void replacesWhatAnEarlierTryLeftAside() throws Exception {
        Revision first = writer.prepare(change(head(), "none", "v1"));
        Revision second = writer.prepare(change(head(), "none", "v2"));

        assertThat(writer.pushAside(first, "churn-api", Optional.empty())).isEqualTo(new PushOutcome.Accepted());
        assertThat(writer.pushAside(second, "churn-api", Optional.empty())).isEqualTo(new PushOutcome.Accepted());
        assertThat(repository.head("plumbline/promote/churn-api")).contains(second.id());
    }

    @Test
    void doesNotPushIntoACheckedOutBranch() throws Exception {
        Path work = folder.resolve("work");
        try (Git git = Git.cloneRepository()
                .setURI(repository.path().toString())
                .setDirectory(work.toFile())
                .call()) {
            mirror.close();
            follow(Remote.local(work));
            Revision commit = writer.prepare(change(head(), "none", "v1"));

            assertThat(writer.push(commit, Optional.empty()))
                    .isInstanceOfSatisfying(
                            PushOutcome.Refused.class,
                            refused -> assertThat(refused.words()).contains("checked out"));
            assertThat(git.status().call().isClean()).isTrue();
        }
    }

    @Test
    void saysWhatTheRemoteLetsItDo() throws Exception {
        try (GitServer server = GitServer.serve(repository)) {
            mirror.close();
            follow(Remote.parse(server.url(), folder));
            assertThat(RemoteAccess.probe(mirror).answers())
                    .extracting(RemoteAccess.Answer::words)
                    .containsExactly("can read repository", "can write ledger", "can write branch");

            server.readOnly(true);
            assertThat(RemoteAccess.probe(mirror).answers())
                    .extracting(RemoteAccess.Answer::words)
                    .containsExactly("can read repository", "cannot write ledger", "cannot write branch");

            server.down(true);
            assertThat(RemoteAccess.probe(mirror).answers())
                    .extracting(RemoteAccess.Answer::words)
                    .containsExactly("cannot read repository", "cannot write ledger", "cannot write branch");
        }
    }

    private Revision head() throws Exception {
        return source.fetch().orElseThrow().revision();
    }

    private static VersionChange change(Revision base, String from, String to) {
        Map<String, String> trailers = new LinkedHashMap<>();
        trailers.put("Plumbline-Action", "promote");
        trailers.put("Plumbline-Version", "churn/" + to);
        return new VersionChange(
                base,
                "serving/churn.yaml",
                0,
                "churn-api",
                from,
                to,
                "Promote churn to " + to,
                "Every rule allowed it.",
                trailers,
                Optional.of("eve@example.com\nPlumbline-Verdict: forged"));
    }
}
