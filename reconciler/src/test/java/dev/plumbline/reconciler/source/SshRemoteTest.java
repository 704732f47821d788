package dev.plumbline.reconciler.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plumbline.reconciler.source.Writer.PushOutcome;
import dev.plumbline.reconciler.source.git.GitSource;
import dev.plumbline.reconciler.source.mirror.Mirror;
import dev.plumbline.reconciler.source.remote.GitCredentials;
import dev.plumbline.reconciler.source.remote.Remote;
import dev.plumbline.testkit.MutableClock;
import dev.plumbline.testkit.TemporaryRepository;
import java.io.ByteArrayOutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.Optional;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.config.keys.PublicKeyEntry;
import org.apache.sshd.common.config.keys.writer.openssh.OpenSSHKeyPairResourceWriter;
import org.apache.sshd.common.keyprovider.KeyPairProvider;
import org.apache.sshd.server.SshServer;
import org.apache.sshd.server.shell.UnknownCommand;
import org.eclipse.jgit.lib.ObjectId;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SshRemoteTest {
    @TempDir
    Path folder;

    private final KeyPair host = key();
    private final KeyPair person = key();
    private TemporaryRepository repository;
    private SshServer server;
    private Path knownHosts;
    private Path privateKey;

    @BeforeEach
    void start() throws Exception {
        repository = TemporaryRepository.create(folder.resolve("origin.git"), MutableClock.started());
        server = SshServer.setUpDefaultServer();
        server.setHost("127.0.0.1");
        server.setKeyPairProvider(KeyPairProvider.wrap(host));
        server.setPublickeyAuthenticator(
                (user, offered, session) -> user.equals("git") && KeyUtils.compareKeys(offered, person.getPublic()));
        server.setCommandFactory((channel, command) ->
                command.startsWith("git-") ? new SshGitCommand(repository, command) : new UnknownCommand(command));
        server.start();
        knownHosts = Files.writeString(folder.resolve("known_hosts"), known(host));
        privateKey = folder.resolve("id");
        try (ByteArrayOutputStream key = new ByteArrayOutputStream()) {
            OpenSSHKeyPairResourceWriter.INSTANCE.writePrivateKey(person, null, null, key);
            Files.write(privateKey, key.toByteArray());
        }
    }

    @AfterEach
    void stop() throws Exception {
        server.stop(true);
        repository.close();
    }

    @Test
    void readsAndWritesWithTheConfiguredKey() throws Exception {
        String commit = repository.commit("One", "a.yaml", "1");
        try (Mirror mirror = mirror(Optional.of(knownHosts))) {
            assertThat(new GitSource(mirror, "main", "")
                            .fetch()
                            .orElseThrow()
                            .revision()
                            .id())
                    .isEqualTo(commit);
            assertThat(mirror.push(List.of(new BranchPush(
                            ObjectId.fromString(commit), "copy", Optional.of(ObjectId.zeroId()), false))))
                    .isEqualTo(new PushOutcome.Accepted());
        }
        assertThat(repository.head("copy")).contains(commit);
        assertThat(Files.readString(knownHosts)).isEqualTo(known(host));
    }

    @Test
    void trustsNoServerThatIsNotListed() throws Exception {
        repository.commit("One", "a.yaml", "1");
        for (String listed : List.of("", known(key()))) {
            Files.writeString(knownHosts, listed);
            try (Mirror mirror = mirror(Optional.of(knownHosts))) {
                assertThatThrownBy(() -> new GitSource(mirror, "main", "").fetch())
                        .isInstanceOf(Source.SourceException.class);
            }
            assertThat(Files.readString(knownHosts)).isEqualTo(listed);
        }
    }

    @Test
    void asksForTheListOfTrustedHosts() {
        assertThatThrownBy(() -> mirror(Optional.empty()))
                .isInstanceOf(Source.SourceException.class)
                .hasMessageContaining("git.knownHostsFile");
    }

    @Test
    void repeatsNothingOfAKeyThatItCannotRead() throws Exception {
        String canary = "canary0key0".repeat(6);
        repository.commit("One", "a.yaml", "1");
        for (String broken : List.of(
                canary,
                "-----BEGIN OPENSSH PRIVATE KEY-----\n" + canary + "\n-----END OPENSSH PRIVATE KEY-----\n",
                "-----BEGIN RSA PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED\nDEK-Info: AES-128-CBC," + canary + "\n\n"
                        + canary + "\n-----END RSA PRIVATE KEY-----\n")) {
            Files.writeString(privateKey, broken);
            try (Mirror mirror = mirror(Optional.of(knownHosts))) {
                assertThatThrownBy(() -> new GitSource(mirror, "main", "").fetch())
                        .isInstanceOf(Source.SourceException.class)
                        .satisfies(failure -> assertThat(trace(failure)).doesNotContain("canary0"));
            }
        }
    }

    private Mirror mirror(Optional<Path> known) throws Exception {
        return Mirror.open(
                folder.resolve("mirror.git"),
                Remote.parse("ssh://git@127.0.0.1:" + server.getPort() + "/team/models.git", folder),
                new GitCredentials(Optional.empty(), Optional.empty(), Optional.of(privateKey), known));
    }

    private String known(KeyPair key) throws Exception {
        return "[127.0.0.1]:" + server.getPort() + " " + PublicKeyEntry.toString(key.getPublic()) + "\n";
    }

    private static String trace(Throwable failure) {
        StringWriter text = new StringWriter();
        failure.printStackTrace(new PrintWriter(text, true));
        return text.toString();
    }

    private static KeyPair key() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(256);
            return generator.generateKeyPair();
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java platform has elliptic curves", impossible);
        }
    }
}
