package dev.plumbline.reconciler.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import dev.plumbline.testkit.GitServer;
import dev.plumbline.testkit.MutableClock;
import dev.plumbline.testkit.TemporaryRepository;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.eclipse.jgit.lib.CommitBuilder;
import org.eclipse.jgit.lib.Config;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.lib.RefUpdate;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.lib.TreeFormatter;
import org.eclipse.jgit.storage.file.FileBasedConfig;
import org.eclipse.jgit.transport.Transport;
import org.eclipse.jgit.util.FS;
import org.eclipse.jgit.util.SystemReader;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A repository that somebody made to do harm. Each attack leaves what was accepted last in force. */
final class GitAdversaryTest {
    private static final long KIBIBYTE = 1024;

    @TempDir
    Path folder;

    private TemporaryRepository repository;
    private Mirror mirror;
    private GitSource source;
    private String good;

    @BeforeEach
    void start() throws Exception {
        repository = TemporaryRepository.create(folder.resolve("origin.git"), MutableClock.started());
        mirror = Mirror.open(folder.resolve("mirror.git"), Remote.local(repository.path()), GitCredentials.none());
        source = new GitSource(mirror, "main", "");
        good = repository.commit("Good", "a.yaml", "a");
        source.fetch();
    }

    @AfterEach
    void stop() {
        mirror.close();
        repository.close();
    }

    private void refused(String reason, ThrowingCallable attempt, String... words) throws Exception {
        assertThatThrownBy(attempt)
                .isInstanceOfSatisfying(
                        Source.SourceException.class,
                        failure -> assertThat(failure.reason()).isEqualTo(reason))
                .hasMessageContainingAll(
                        Stream.concat(Stream.of(""), Stream.of(words)).toArray(String[]::new));
        assertThat(source.last().orElseThrow().revision().id()).isEqualTo(good);
    }

    /** Moves {@code main} to a commit of this tree, without looking at what the tree says. */
    private void commit(ObjectId tree) throws IOException {
        try (ObjectInserter inserter = repository.git().newObjectInserter()) {
            CommitBuilder commit = new CommitBuilder();
            commit.setTreeId(tree);
            commit.setParentId(ObjectId.fromString(good));
            PersonIdent person = new PersonIdent("Eve", "eve@example.com");
            commit.setAuthor(person);
            commit.setCommitter(person);
            commit.setMessage("Harm");
            ObjectId made = inserter.insert(commit);
            inserter.flush();
            repository.rewind("main", made.name());
        }
    }

    private ObjectId insert(int type, byte[] bytes) throws IOException {
        try (ObjectInserter inserter = repository.git().newObjectInserter()) {
            ObjectId id = inserter.insert(type, bytes);
            inserter.flush();
            return id;
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** A tree as its bytes, with names that no tool would write. */
    private ObjectId tree(ObjectId object, String... names) throws IOException {
        ByteArrayOutputStream tree = new ByteArrayOutputStream();
        for (String name : names) {
            tree.writeBytes(bytes("100644 " + name + "\0"));
            byte[] id = new byte[Constants.OBJECT_ID_LENGTH];
            object.copyRawTo(id, 0);
            tree.writeBytes(id);
        }
        return insert(Constants.OBJ_TREE, tree.toByteArray());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "..",
                ".",
                "",
                "/etc/passwd",
                "a/../../b",
                ".git",
                ".GIT",
                ".gIt",
                "git~1",
                "GIT~1",
                ".git ",
                ".git.",
                ".git::$INDEX_ALLOCATION",
                "a:b",
                "con",
                "nul.yaml",
                "a\\b",
                ".g\u200cit"
            })
    void takesNoTreeWithANameThatLeavesItsFolderOrMeansGitsOwn(String name) throws Exception {
        commit(tree(insert(Constants.OBJ_BLOB, bytes("x")), name));

        refused("Unsafe", source::fetch, "origin.git sends what Git forbids", "take that commit out of the branch");
    }

    @ParameterizedTest
    @ValueSource(strings = {"A.yaml a.yaml", "a.yaml a.yaml", "\u00c5.yaml A\u030a.yaml"})
    void takesNoTreeWithTwoNamesThatAreOneOnSomeMachine(String names) throws Exception {
        commit(tree(insert(Constants.OBJ_BLOB, bytes("x")), names.split(" ", -1)));

        refused("Unsafe", source::fetch);
    }

    @Test
    void asksNobodyForASubmodule() throws Exception {
        AtomicInteger asked = new AtomicInteger();
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            asked.incrementAndGet();
            exchange.sendResponseHeaders(404, -1);
            exchange.close();
        });
        server.start();
        try {
            repository.submodule("Module", "module.yaml", "0123456789012345678901234567890123456789");
            repository.commit(
                    "Where it is",
                    ".gitmodules",
                    "[submodule \"m\"]\n\tpath = module.yaml\n\turl = http://127.0.0.1:"
                            + server.getAddress().getPort() + "/m.git\n");

            Snapshot snapshot = source.fetch().orElseThrow();

            assertThat(snapshot.refused("module.yaml"))
                    .hasValueSatisfying(why -> assertThat(why).contains("is a submodule, which is never fetched"));
            assertThat(asked).hasValue(0);
        } finally {
            server.stop(0);
        }
    }

    @Test
    void runsNoHookAndNoFilterOfAnybody() throws Exception {
        Path canary = folder.resolve("canary");
        String touch = "touch '" + canary + "'";
        Path hooks = Files.createDirectories(folder.resolve("mirror.git/hooks"));
        for (String hook : List.of("reference-transaction", "post-checkout", "post-merge", "post-update")) {
            executable(hooks.resolve(hook), touch);
        }
        Path home = Files.createDirectories(folder.resolve("home"));
        Files.writeString(
                home.resolve(".gitconfig"),
                "[core]\n\thooksPath = " + hooks + "\n\tfsmonitor = " + touch + "\n[filter \"x\"]\n\tsmudge = " + touch
                        + "\n\tclean = " + touch + "\n\trequired = true\n[credential]\n\thelper = !" + touch + "\n");
        repository.commit("Attributes", Map.of(".gitattributes", "* filter=x diff=x\n", "b.yaml", "b"));

        Snapshot snapshot = source.fetch().orElseThrow();

        assertThat(snapshot.read(Objects.requireNonNull(snapshot.blobs().get("b.yaml"))))
                .isEqualTo(bytes("b"));
        assertThat(canary).doesNotExist();
        readsNothingOf(home);
    }

    /** The configuration of a person with this home folder, of the machine, and of JGit itself, is as if it were empty. */
    private static void readsNothingOf(Path home) throws Exception {
        FS files = FS.DETECTED.newInstance();
        files.setUserHome(home.toFile());
        SystemReader reader = SystemReader.getInstance();
        for (FileBasedConfig configuration : List.of(
                reader.openUserConfig(new Config(), files),
                reader.openSystemConfig(new Config(), files),
                reader.openJGitConfig(new Config(), files))) {
            configuration.load();
            assertThat(configuration.getSections()).isEmpty();
        }
        assertThat(reader.getenv("GIT_DIR")).isNull();
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

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--upload-pack=touch x",
                "-x",
                "a..b",
                "@{-1}",
                "a b",
                "a~1",
                "a^{}",
                "a:b",
                "*",
                "",
                "a\u0000",
                "a/",
                "x.lock"
            })
    void followsNoBranchThatGitAllowsNone(String branch) {
        assertThatIllegalArgumentException().isThrownBy(() -> new GitSource(mirror, branch, ""));
    }

    @Test
    void aTagOfTheSameNameIsNotTheBranch() throws Exception {
        String next = repository.commit("Next", "a.yaml", "b");
        repository.commit("side", "Elsewhere", Map.of("a.yaml", Optional.of(bytes("tag"))));
        set("refs/tags/main", repository.head("side").orElseThrow());
        set("refs/heads/refs/heads/main", repository.head("side").orElseThrow());

        assertThat(source.fetch().orElseThrow().revision().id()).isEqualTo(next);
    }

    @Test
    void aReplacedObjectStaysItself() throws Exception {
        String other = repository.commit("side", "Other", Map.of("a.yaml", Optional.of(bytes("other"))));
        set("refs/replace/" + good, other);
        source.fetch();
        RefUpdate update = mirror.repository().updateRef("refs/replace/" + good);
        update.setNewObjectId(mirror.fetch("side", "refs/plumbline/side"));
        update.update();

        Snapshot snapshot = source.last().orElseThrow();

        assertThat(snapshot.read(Objects.requireNonNull(snapshot.blobs().get("a.yaml"))))
                .isEqualTo(bytes("a"));
    }

    private void set(String ref, String commit) throws IOException {
        RefUpdate update = repository.git().updateRef(ref);
        update.setNewObjectId(ObjectId.fromString(commit));
        update.forceUpdate();
    }

    /** Bytes that do not become fewer when they are packed. */
    private static byte[] noise(long length) {
        byte[] noise = new byte[Math.toIntExact(length)];
        new Random(length).nextBytes(noise);
        return noise;
    }

    private void commitNoise() {
        for (int file = 0; file < 6; file++) {
            repository.commit("main", "Noise", Map.of("noise" + file, Optional.of(noise(50 * KIBIBYTE + file))));
        }
    }

    private GitSource limited(String name, Remote remote, long pack, long object) throws Exception {
        Mirror small = Mirror.open(
                folder.resolve(name),
                remote,
                GitCredentials.none(),
                new FetchLimits(pack, object, Duration.ofMinutes(1)));
        closing.add(small);
        return new GitSource(small, "main", "");
    }

    private final List<Mirror> closing = new ArrayList<>();

    @AfterEach
    void closeLimited() {
        closing.forEach(Mirror::close);
    }

    /** Files of packs that were begun and not finished. */
    private List<String> packed(String name) throws IOException {
        try (Stream<Path> files = Files.walk(folder.resolve(name).resolve("objects"))) {
            return files.filter(Files::isRegularFile)
                    .map(file -> file.getFileName().toString())
                    .toList();
        }
    }

    @Test
    void takesNoPackThatIsLargerThanAllowedFromAFolder() throws Exception {
        commitNoise();
        GitSource small = limited("small.git", Remote.local(repository.path()), 128 * KIBIBYTE, 1 << 20);

        refused(
                "TooLarge",
                small::fetch,
                "origin.git sends more than 128 KiB at once",
                "limits.fetchSize of the configuration");
        assertThat(packed("small.git")).isEmpty();
        assertThat(small.last()).isEmpty();
    }

    @Test
    void takesNoPackThatIsLargerThanAllowedOverHttp() throws Exception {
        commitNoise();
        try (GitServer server = GitServer.serve(repository)) {
            GitSource small = limited("small.git", Remote.parse(server.url(), folder), 128 * KIBIBYTE, 1 << 20);
            refused("TooLarge", small::fetch, "sends more than 128 KiB at once");

            int asked = server.requests();
            refused("TooLarge", small::fetch, "sends more than 128 KiB at once");
            assertThat(server.requests() - asked)
                    .as("a head that was refused is not fetched again")
                    .isEqualTo(listing(server));
        }
    }

    /** How many requests it takes to list the branches. */
    private int listing(GitServer server) throws Exception {
        int before = server.requests();
        closing.getFirst().branches();
        return server.requests() - before;
    }

    @Test
    void takesNoFileThatIsLargerThanAllowedHoweverWellItPacks() throws Exception {
        repository.commit("main", "Zeros", Map.of("zeros", Optional.of(new byte[100_000])));
        GitSource small = limited("small.git", Remote.local(repository.path()), 1 << 20, 64 * KIBIBYTE);

        refused("TooLarge", small::fetch, "sends a file that is too large", "limits.objectSize");
        assertThat(packed("small.git")).isEmpty();
        assertThat(limited("roomy.git", Remote.local(repository.path()), 1 << 20, 128 * KIBIBYTE)
                        .fetch())
                .isPresent();
    }

    @Test
    void limitsNothingOfABranchThatOnlyWeWrite() throws Exception {
        commitNoise();
        limited("small.git", Remote.local(repository.path()), KIBIBYTE, KIBIBYTE);

        assertThat(closing.getFirst().fetchOurs("main", "refs/plumbline/remote/main"))
                .isEqualTo(ObjectId.fromString(repository.head("main").orElseThrow()));
    }

    @Test
    void refusesFoldersThatHoldEachOtherWithoutEnd() throws Exception {
        ObjectId tree = insert(Constants.OBJ_TREE, new byte[0]);
        for (int level = 0; level < 12; level++) {
            TreeFormatter ten = new TreeFormatter();
            for (int name = 0; name < 10; name++) {
                ten.append("d" + name, FileMode.TREE, tree);
            }
            tree = insert(Constants.OBJ_TREE, ten.toByteArray());
        }
        commit(tree);

        assertThatThrownBy(source::fetch)
                .isInstanceOfSatisfying(
                        Source.SourceException.class,
                        failure -> assertThat(failure.reason()).isEqualTo("TooLarge"))
                .hasMessageContaining("more than 50000 files and folders");
    }

    @Test
    void refusesAPathWithoutEnd() throws Exception {
        ObjectId tree = tree(insert(Constants.OBJ_BLOB, bytes("x")), "x.yaml");
        for (int level = 0; level < 50; level++) {
            TreeFormatter one = new TreeFormatter();
            one.append("d".repeat(100), FileMode.TREE, tree);
            tree = insert(Constants.OBJ_TREE, one.toByteArray());
        }
        commit(tree);

        assertThatThrownBy(source::fetch).hasMessageContaining("a path longer than 4096 bytes");
    }

    @Test
    void refusesARepositoryOfMoreBranchesThanItLists() throws Exception {
        StringBuilder refs = new StringBuilder("# pack-refs with: peeled fully-peeled sorted\n");
        for (int branch = 10_000; branch < 20_001; branch++) {
            refs.append(good).append(" refs/heads/b").append(branch).append('\n');
        }
        Repository many = repository.git();
        Files.writeString(many.getDirectory().toPath().resolve("packed-refs"), refs.toString());

        refused("TooLarge", source::fetch, "more than 10000 branches");
    }

    @Test
    void speaksNoOtherHttpThanTheSmartOne() throws Exception {
        List<String> asked = new ArrayList<>();
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            asked.add(exchange.getRequestURI().getPath());
            byte[] body = exchange.getRequestURI().getPath().endsWith("/info/refs")
                    ? bytes(good + "\trefs/heads/main\n")
                    : bytes("ref: refs/heads/main\n");
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
        try {
            GitSource dumb = limited(
                    "dumb.git",
                    Remote.parse("http://127.0.0.1:" + server.getAddress().getPort() + "/m.git", folder),
                    KIBIBYTE,
                    KIBIBYTE);
            refused("Unreachable", dumb::fetch, "does not speak Git's smart HTTP protocol");
            assertThat(asked).containsOnly("/m.git/info/refs");
        } finally {
            server.stop(0);
        }
    }

    @Test
    void aPointerToLargeFileStorageIsItsOwnText() throws Exception {
        String pointer =
                "version https://git-lfs.github.com/spec/v1\noid sha256:" + "0".repeat(64) + "\nsize 99999999999\n";
        repository.commit("Pointer", Map.of(".gitattributes", "*.csv filter=lfs\n", "data.csv", pointer));

        Snapshot snapshot = source.fetch().orElseThrow();

        assertThat(snapshot.open(Objects.requireNonNull(snapshot.blobs().get("data.csv")))
                        .readAllBytes())
                .isEqualTo(bytes(pointer));
    }
}
