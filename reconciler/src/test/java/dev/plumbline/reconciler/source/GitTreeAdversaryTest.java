package dev.plumbline.reconciler.source;

import static dev.plumbline.reconciler.source.AdversaryBed.bytes;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.jgit.lib.Constants;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Trees and files that somebody made to do harm. Each leaves what was accepted last in force. */
final class GitTreeAdversaryTest {
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
        bed.commit(bed.tree(bed.insert(Constants.OBJ_BLOB, bytes("x")), name));

        bed.refused(
                "Unsafe", bed.source::fetch, "origin.git sends what Git forbids", "take that commit out of the branch");
    }

    @ParameterizedTest
    @ValueSource(strings = {"A.yaml a.yaml", "a.yaml a.yaml", "\u00c5.yaml A\u030a.yaml"})
    void takesNoTreeWithTwoNamesThatAreOneOnSomeMachine(String names) throws Exception {
        bed.commit(bed.tree(bed.insert(Constants.OBJ_BLOB, bytes("x")), names.split(" ", -1)));

        bed.refused("Unsafe", bed.source::fetch);
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
            bed.repository.submodule("Module", "module.yaml", "0123456789012345678901234567890123456789");
            bed.repository.commit(
                    "Where it is",
                    ".gitmodules",
                    "[submodule \"m\"]\n\tpath = module.yaml\n\turl = http://127.0.0.1:"
                            + server.getAddress().getPort() + "/m.git\n");

            Snapshot snapshot = bed.source.fetch().orElseThrow();

            assertThat(snapshot.refused("module.yaml"))
                    .hasValueSatisfying(why -> assertThat(why).contains("is a submodule, which is never fetched"));
            assertThat(asked).hasValue(0);
        } finally {
            server.stop(0);
        }
    }

    @Test
    void aPointerToLargeFileStorageIsItsOwnText() throws Exception {
        String pointer =
                "version https://git-lfs.github.com/spec/v1\noid sha256:" + "0".repeat(64) + "\nsize 99999999999\n";
        bed.repository.commit("Pointer", Map.of(".gitattributes", "*.csv filter=lfs\n", "data.csv", pointer));

        Snapshot snapshot = bed.source.fetch().orElseThrow();

        assertThat(snapshot.open(Objects.requireNonNull(snapshot.blobs().get("data.csv")))
                        .readAllBytes())
                .isEqualTo(bytes(pointer));
    }
}
