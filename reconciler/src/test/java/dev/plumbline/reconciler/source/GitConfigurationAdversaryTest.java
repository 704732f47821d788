package dev.plumbline.reconciler.source;

import static dev.plumbline.reconciler.source.AdversaryBed.bytes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import dev.plumbline.reconciler.source.mirror.Mirror;
import dev.plumbline.reconciler.source.remote.GitCredentials;
import dev.plumbline.reconciler.source.remote.IsolatedGit;
import dev.plumbline.reconciler.source.remote.Remote;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.eclipse.jgit.lib.Config;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.storage.file.FileBasedConfig;
import org.eclipse.jgit.transport.Transport;
import org.eclipse.jgit.util.FS;
import org.eclipse.jgit.util.SystemReader;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What people, machines and repositories configure, and what acts by it: nothing of it acts here. */
final class GitConfigurationAdversaryTest {
    @TempDir
    Path folder;

    private final SystemReader usual = Objects.requireNonNull(SystemReader.getInstance());
    private AdversaryBed bed;

    @BeforeEach
    void start() throws Exception {
        bed = new AdversaryBed(folder);
    }

    @AfterEach
    void stop() {
        bed.close();
        SystemReader.setInstance(usual);
    }

    /** Git would run the first of these hooks at each push, and the filter wherever a file is written. */
    @Test
    void runsNoHookAndNoFilterOfAnybody() throws Exception {
        Path canary = folder.resolve("canary");
        Path hooks = Files.createDirectories(folder.resolve("mirror.git/hooks"));
        for (String hook : List.of("pre-push", "reference-transaction", "post-checkout", "post-merge")) {
            executable(hooks.resolve(hook), "touch '" + canary + "'");
        }
        bed.repository.commit("Attributes", Map.of(".gitattributes", "* filter=x diff=x\n", "b.yaml", "b"));

        Snapshot snapshot = bed.source.fetch().orElseThrow();

        assertThat(snapshot.read(Objects.requireNonNull(snapshot.blobs().get("b.yaml"))))
                .isEqualTo(bytes("b"));
        push(bed.mirror);
        assertThat(canary).doesNotExist();
    }

    private void push(Mirror mirror) throws Exception {
        ObjectId good = ObjectId.fromString(bed.good);
        assertThat(mirror.push(List.of(new BranchPush(good, "copy", Optional.of(ObjectId.zeroId()), false))))
                .isEqualTo(new Writer.PushOutcome.Accepted());
    }

    @Test
    void forgetsWhatSomebodyWroteIntoTheConfigurationOfTheMirror() throws Exception {
        Path canary = folder.resolve("canary");
        executable(Files.createDirectories(folder.resolve("theirs")).resolve("pre-push"), "touch '" + canary + "'");
        Path configuration = folder.resolve("mirror.git/config");
        Files.writeString(
                configuration,
                Files.readString(configuration) + "[core]\n\thooksPath = " + folder.resolve("theirs")
                        + "\n[filter \"x\"]\n\tsmudge = touch '" + canary + "'\n");

        try (Mirror again =
                Mirror.open(folder.resolve("mirror.git"), Remote.local(bed.repository.path()), GitCredentials.none())) {
            push(again);
        }

        assertThat(canary).doesNotExist();
        assertThat(configuration).content().doesNotContain("theirs").doesNotContain("smudge");
    }

    @Test
    void readsNoConfigurationOfThePersonOrTheMachine() throws Exception {
        SystemReader.setInstance(new Hostile(usual, folder));
        Queue<String> headers = new ConcurrentLinkedQueue<>();
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            headers.addAll(exchange.getRequestHeaders().keySet());
            exchange.sendResponseHeaders(404, -1);
            exchange.close();
        });
        server.start();
        try (Mirror mirror = Mirror.open(
                folder.resolve("new.git"),
                Remote.parse("http://127.0.0.1:" + server.getAddress().getPort() + "/m.git", folder),
                GitCredentials.none())) {
            assertThatThrownBy(mirror::branches).isInstanceOf(Source.SourceException.class);
        } finally {
            server.stop(0);
        }
        assertThat(headers).isNotEmpty().noneMatch(name -> name.startsWith("X-canary"));
    }

    @Test
    void readsNoVariableThatWouldMoveARepositoryOrItsConfiguration() throws Exception {
        SystemReader.setInstance(new Hostile(usual, folder));
        IsolatedGit.install();
        SystemReader reader = SystemReader.getInstance();

        assertThat(reader.getenv("GIT_DIR")).isNull();
        assertThat(reader.getenv("GIT_CONFIG_NOSYSTEM")).isNull();
        assertThat(reader.getenv("XDG_CONFIG_HOME")).isNull();
        assertThat(reader.getenv("LANG")).isEqualTo(folder.toString());
        assertThat(reader.getXdgConfigDirectory(FS.DETECTED)).isNull();
        assertThat(reader.getXdgCacheDirectory(FS.DETECTED)).isNull();
        for (FileBasedConfig configuration : List.of(
                reader.openUserConfig(new Config(), FS.DETECTED),
                reader.openSystemConfig(new Config(), FS.DETECTED),
                reader.openJGitConfig(new Config(), FS.DETECTED))) {
            configuration.load();
            assertThat(configuration.getSections()).isEmpty();
        }
    }

    /** A machine on which everybody else has configured what should happen. */
    private static final class Hostile extends SystemReader.Delegate {
        private final Path folder;

        Hostile(SystemReader usual, Path folder) {
            super(usual);
            this.folder = folder;
        }

        @Override
        public @Nullable String getenv(String variable) {
            return folder.toString();
        }

        @Override
        public Path getXdgConfigDirectory(FS files) {
            return folder;
        }

        @Override
        public Path getXdgCacheDirectory(FS files) {
            return folder;
        }

        @Override
        public FileBasedConfig openUserConfig(Config parent, FS files) {
            return of("User", parent, files);
        }

        @Override
        public FileBasedConfig openSystemConfig(Config parent, FS files) {
            return of("System", parent, files);
        }

        @Override
        public FileBasedConfig openJGitConfig(Config parent, FS files) {
            return of("JGit", parent, files);
        }

        private FileBasedConfig of(String whose, Config parent, FS files) {
            Path file = folder.resolve(whose + ".gitconfig");
            try {
                Files.writeString(
                        file,
                        "[http]\n\textraHeader = X-Canary-" + whose + ": 1\n[core]\n\tfilesystemcheck = " + whose
                                + "\n[filesystem \"x\"]\n\ttimestampResolution = 1 milliseconds\n");
            } catch (IOException failed) {
                throw new IllegalStateException(failed);
            }
            return new FileBasedConfig(parent, file.toFile(), files);
        }
    }

    private static void executable(Path file, String command) throws IOException {
        Files.writeString(file, "#!/bin/sh\n" + command + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    @Test
    void knowsOnlyTheTransportsThatItMayUse() {
        assertThat(Transport.getTransportProtocols())
                .isNotEmpty()
                .allSatisfy(protocol -> assertThat(protocol.getSchemes())
                        .isSubsetOf("file", "http", "https", "ssh", "ssh+git", "git+ssh"));
    }
}
