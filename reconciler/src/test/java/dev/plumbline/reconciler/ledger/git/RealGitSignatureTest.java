package dev.plumbline.reconciler.ledger.git;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.reconciler.signing.CommitSigning;
import dev.plumbline.reconciler.source.Committer;
import dev.plumbline.reconciler.source.VersionChange;
import dev.plumbline.reconciler.source.git.GitSource;
import dev.plumbline.reconciler.source.git.GitWriter;
import dev.plumbline.reconciler.source.mirror.Mirror;
import dev.plumbline.reconciler.source.remote.GitCredentials;
import dev.plumbline.reconciler.source.remote.Remote;
import dev.plumbline.schemas.model.Revision;
import dev.plumbline.testkit.MutableClock;
import dev.plumbline.testkit.TemporaryRepository;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Signatures of ours held against Git and OpenSSH themselves, in both directions. */
@Tag("neighbours")
final class RealGitSignatureTest {
    @TempDir
    Path folder;

    private final MutableClock clock = MutableClock.started();
    private Path key;
    private Path allowed;

    @BeforeEach
    void makeAKey() throws Exception {
        key = folder.resolve("key");
        run("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", "ours", "-f", key.toString());
        allowed = Files.writeString(
                folder.resolve("allowed"), "bot@example.com " + Files.readString(folder.resolve("key.pub")));
    }

    private String run(String... command) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.directory(folder.toFile());
        builder.environment().put("GIT_CONFIG_GLOBAL", "/dev/null");
        builder.environment().put("GIT_CONFIG_SYSTEM", "/dev/null");
        builder.environment().put("HOME", folder.toString());
        Process process = builder.start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor())
                .as(String.join(" ", command) + "\n" + output)
                .isZero();
        return output;
    }

    private Committer committer() throws Exception {
        return new Committer("Plumbline", "bot@example.com", CommitSigning.with(key, Optional.empty(), clock));
    }

    @Test
    void gitVerifiesEveryCommitOfOurs() throws Exception {
        try (TemporaryRepository repository = TemporaryRepository.create(folder.resolve("origin.git"), clock);
                Mirror mirror = Mirror.open(
                        folder.resolve("mirror.git"), Remote.local(repository.path()), GitCredentials.none())) {
            String base = repository.commit("Ask", Map.of("serving.yaml", """
                            apiVersion: plumbline.dev/v1
                            kind: Serving
                            metadata: {name: api}
                            spec:
                              model: churn
                              version: v1
                            """));
            new GitSource(mirror, "main", "").fetch();
            Committer committer = committer();
            GitWriter writer = new GitWriter(mirror, "main", committer, clock);
            Revision promotion = writer.prepare(new VersionChange(
                    new Revision(base),
                    "serving.yaml",
                    0,
                    "api",
                    "v1",
                    "v2",
                    "Promote api",
                    "",
                    Map.of("Plumbline-Action", "promote"),
                    Optional.empty()));
            writer.push(promotion, Optional.empty());
            writer.pushAside(promotion, "api", Optional.empty());
            try (GitLedger ledger = GitLedger.open(
                    mirror,
                    new LedgerSettings(LedgerSettings.BRANCH, "one", "Ada", committer, Duration.ofMillis(10)),
                    false,
                    clock,
                    new SplittableRandom(1))) {
                ledger.recordUnique(view -> LedgerBed.registration(view, "a"));
            }

            List<String> commits = new ArrayList<>();
            for (String branch : List.of("main^!", "plumbline/promote/api^!", LedgerSettings.BRANCH)) {
                commits.addAll(run("git", "-C", repository.path().toString(), "rev-list", branch)
                        .lines()
                        .toList());
            }
            assertThat(commits).hasSizeGreaterThanOrEqualTo(4);
            for (String commit : commits) {
                assertThat(run(
                                "git",
                                "-C",
                                repository.path().toString(),
                                "-c",
                                "gpg.format=ssh",
                                "-c",
                                "gpg.ssh.allowedSignersFile=" + allowed,
                                "verify-commit",
                                commit))
                        .contains("Good \"git\" signature for bot@example.com with ED25519 key");
            }
        }
    }

    @Test
    void aCommitThatGitSignedIsTrusted() throws Exception {
        run("git", "init", "-q", "work");
        run(
                "git",
                "-C",
                "work",
                "-c",
                "user.name=Ada",
                "-c",
                "user.email=ada@example.com",
                "-c",
                "gpg.format=ssh",
                "-c",
                "user.signingkey=" + key,
                "commit",
                "-q",
                "-S",
                "--allow-empty",
                "-m",
                "By hand");
        String head = run("git", "-C", "work", "rev-parse", "HEAD").strip();
        try (TemporaryRepository repository = TemporaryRepository.create(folder.resolve("origin.git"), clock)) {
            run("git", "-C", "work", "push", "-q", repository.path().toString(), "HEAD:refs/heads/main");
            byte[] commit = repository
                    .git()
                    .open(ObjectId.fromString(head), Constants.OBJ_COMMIT)
                    .getBytes();

            assertThat(CommitSigning.with(key, Optional.empty(), clock).distrust(commit))
                    .isEmpty();
            Path other = folder.resolve("other");
            run("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", other.toString());
            String fingerprint = run("ssh-keygen", "-lf", key.toString()).split(" ", -1)[1];
            assertThat(CommitSigning.with(other, Optional.empty(), clock).distrust(commit))
                    .hasValueSatisfying(why -> assertThat(why).contains(fingerprint));
            assertThat(CommitSigning.with(other, Optional.of(allowed), clock).distrust(commit))
                    .isEmpty();
        }
    }

    @Test
    void openSshVerifiesWhatWeSigned() throws Exception {
        byte[] payload = "tree x\n\nmessage\n".getBytes(StandardCharsets.UTF_8);
        Path message = Files.write(folder.resolve("payload"), payload);
        Path signature = Files.writeString(
                folder.resolve("payload.sig"),
                CommitSigning.with(key, Optional.empty(), clock).sign(payload).orElseThrow());

        assertThat(run(
                        "sh",
                        "-c",
                        "ssh-keygen -Y verify -f '" + allowed + "' -I bot@example.com -n git -s '" + signature + "' < '"
                                + message + "'"))
                .contains("Good \"git\" signature");
    }
}
