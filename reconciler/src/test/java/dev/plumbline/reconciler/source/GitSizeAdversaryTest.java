package dev.plumbline.reconciler.source;

import static dev.plumbline.reconciler.source.AdversaryBed.KIBIBYTE;
import static dev.plumbline.reconciler.source.AdversaryBed.bytes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import dev.plumbline.reconciler.source.git.GitSource;
import dev.plumbline.reconciler.source.remote.Remote;
import dev.plumbline.testkit.GitServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.lib.TreeFormatter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Remotes that send more than anybody can hold. Each leaves what was accepted last in force. */
final class GitSizeAdversaryTest {
    @TempDir
    Path folder;

    private AdversaryBed bed;

    @BeforeEach
    void start() throws Exception {
        bed = new AdversaryBed(folder);
    }

    @AfterEach
    void stop() {
        bed.close();
    }

    @Test
    void takesNoPackThatIsLargerThanAllowedFromAFolder() throws Exception {
        commitNoise();
        GitSource small = bed.limited("small.git", Remote.local(bed.repository.path()), 128 * KIBIBYTE, 1 << 20);

        bed.refused(
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
        try (GitServer server = GitServer.serve(bed.repository)) {
            GitSource small = bed.limited("small.git", Remote.parse(server.url(), folder), 128 * KIBIBYTE, 1 << 20);
            bed.refused("TooLarge", small::fetch, "sends more than 128 KiB at once");

            int asked = server.requests();
            bed.refused("TooLarge", small::fetch, "sends more than 128 KiB at once");
            assertThat(server.requests() - asked)
                    .as("a head that was refused is not fetched again")
                    .isEqualTo(listing(server));
        }
    }

    @Test
    void takesNoFileThatIsLargerThanAllowedHoweverWellItPacks() throws Exception {
        bed.repository.commit("main", "Zeros", Map.of("zeros", Optional.of(new byte[100_000])));
        GitSource small = bed.limited("small.git", Remote.local(bed.repository.path()), 1 << 20, 64 * KIBIBYTE);

        bed.refused("TooLarge", small::fetch, "sends a file that is too large", "limits.objectSize");
        assertThat(packed("small.git")).isEmpty();
        assertThat(bed.limited("roomy.git", Remote.local(bed.repository.path()), 1 << 20, 128 * KIBIBYTE)
                        .fetch())
                .isPresent();
    }

    @Test
    void limitsNothingOfABranchThatOnlyWeWrite() throws Exception {
        commitNoise();
        bed.limited("small.git", Remote.local(bed.repository.path()), KIBIBYTE, KIBIBYTE);

        assertThat(bed.limited().fetchOurs("main", "refs/plumbline/remote/main"))
                .isEqualTo(ObjectId.fromString(bed.repository.head("main").orElseThrow()));
    }

    @Test
    void refusesFoldersThatHoldEachOtherWithoutEnd() throws Exception {
        ObjectId tree = bed.insert(Constants.OBJ_TREE, new byte[0]);
        for (int level = 0; level < 12; level++) {
            TreeFormatter ten = new TreeFormatter();
            for (int name = 0; name < 10; name++) {
                ten.append("d" + name, FileMode.TREE, tree);
            }
            tree = bed.insert(Constants.OBJ_TREE, ten.toByteArray());
        }
        bed.commit(tree);

        assertThatThrownBy(bed.source::fetch)
                .isInstanceOfSatisfying(
                        Source.SourceException.class,
                        failure -> assertThat(failure.reason()).isEqualTo("TooLarge"))
                .hasMessageContaining("more than 50000 files and folders");
    }

    @Test
    void refusesAPathWithoutEnd() throws Exception {
        ObjectId tree = bed.tree(bed.insert(Constants.OBJ_BLOB, bytes("x")), "x.yaml");
        for (int level = 0; level < 50; level++) {
            TreeFormatter one = new TreeFormatter();
            one.append("d".repeat(100), FileMode.TREE, tree);
            tree = bed.insert(Constants.OBJ_TREE, one.toByteArray());
        }
        bed.commit(tree);

        assertThatThrownBy(bed.source::fetch).hasMessageContaining("a path longer than 4096 bytes");
    }

    @Test
    void refusesARepositoryOfMoreBranchesThanItLists() throws Exception {
        StringBuilder refs = new StringBuilder("# pack-refs with: peeled fully-peeled sorted\n");
        for (int branch = 10_000; branch < 20_001; branch++) {
            refs.append(bed.good).append(" refs/heads/b").append(branch).append('\n');
        }
        Repository many = bed.repository.git();
        Files.writeString(many.getDirectory().toPath().resolve("packed-refs"), refs.toString());

        bed.refused("TooLarge", bed.source::fetch, "more than 10000 branches");
    }

    @Test
    void speaksNoOtherHttpThanTheSmartOne() throws Exception {
        List<String> asked = new ArrayList<>();
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            asked.add(exchange.getRequestURI().getPath());
            byte[] body = exchange.getRequestURI().getPath().endsWith("/info/refs")
                    ? bytes(bed.good + "\trefs/heads/main\n")
                    : bytes("ref: refs/heads/main\n");
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
        try {
            GitSource dumb = bed.limited(
                    "dumb.git",
                    Remote.parse("http://127.0.0.1:" + server.getAddress().getPort() + "/m.git", folder),
                    KIBIBYTE,
                    KIBIBYTE);
            bed.refused("Unreachable", dumb::fetch, "does not speak Git's smart HTTP protocol");
            assertThat(asked).containsOnly("/m.git/info/refs");
        } finally {
            server.stop(0);
        }
    }

    /** How many requests it takes to list the branches. */
    private int listing(GitServer server) throws Exception {
        int before = server.requests();
        bed.limited().branches();
        return server.requests() - before;
    }

    /** Files of packs that were begun and not finished. */
    private List<String> packed(String name) throws IOException {
        try (Stream<Path> files = Files.walk(folder.resolve(name).resolve("objects"))) {
            return files.filter(Files::isRegularFile)
                    .map(file -> file.getFileName().toString())
                    .toList();
        }
    }

    /** Bytes that do not become fewer when they are packed. */
    private static byte[] noise(long length) {
        byte[] noise = new byte[Math.toIntExact(length)];
        new Random(length).nextBytes(noise);
        return noise;
    }

    private void commitNoise() {
        for (int file = 0; file < 6; file++) {
            bed.repository.commit("main", "Noise", Map.of("noise" + file, Optional.of(noise(50 * KIBIBYTE + file))));
        }
    }
}
