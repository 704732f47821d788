package dev.plumbline.reconciler.source.mirror;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plumbline.reconciler.source.Source;
import dev.plumbline.reconciler.source.remote.GitCredentials;
import dev.plumbline.reconciler.source.remote.Remote;
import dev.plumbline.testkit.MutableClock;
import dev.plumbline.testkit.TemporaryRepository;
import java.nio.file.Files;
import java.nio.file.Path;
import org.eclipse.jgit.lib.ObjectId;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class MirrorLeftoversTest {
    private static final String REF = "refs/heads/plumbline/ledger";

    @TempDir
    Path folder;

    private TemporaryRepository origin;
    private ObjectId commit;

    @BeforeEach
    void start() throws Exception {
        origin = TemporaryRepository.create(folder.resolve("origin.git"), MutableClock.started());
        commit = ObjectId.fromString(origin.commit("First", "README.md", "read me"));
        write();
    }

    @AfterEach
    void stop() {
        origin.close();
    }

    private void write() throws Exception {
        try (Mirror mirror = Mirror.open(mirror(), Remote.local(origin.path()), GitCredentials.none())) {
            mirror.fetch("main", "refs/plumbline/fetched/main");
            mirror.setRef(REF, commit);
            mirror.removeRef(REF);
        }
    }

    private Path mirror() {
        return folder.resolve("mirror.git");
    }

    @ParameterizedTest
    @ValueSource(strings = {"config.lock", "packed-refs.lock", REF + ".lock"})
    void aLockThatADeadProcessLeftStopsEverythingUntilItIsRemoved(String lock) throws Exception {
        Path left = mirror().resolve(lock);
        Files.createDirectories(left.resolveSibling("."));
        Files.createFile(left);
        assertThatThrownBy(this::write).isInstanceOf(Source.SourceException.class);

        Mirror.tidy(mirror(), Remote.local(origin.path()));

        write();
        assertThat(left).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"noz123.tmp", "incoming_123.pack", "incoming_123.idx", "insert_1.pack", "pack/gc_1.pack_tmp"})
    void objectsThatWereNotFinishedAreRemoved(String name) throws Exception {
        Path left = Files.createFile(mirror().resolve("objects").resolve(name));

        Mirror.tidy(mirror(), Remote.local(origin.path()));

        assertThat(left).doesNotExist();
        write();
    }

    @Test
    void whatIsNotLeftOverStays() throws Exception {
        Path keep = Files.createFile(mirror().resolve("objects").resolve("pack/pack-1.keep"));

        Mirror.tidy(mirror(), Remote.local(origin.path()));

        assertThat(keep).exists();
        assertThat(mirror().resolve("config")).exists();
    }

    @Test
    void aMirrorThatIsNotThereYetHasNothingLeft() throws Exception {
        Mirror.tidy(folder.resolve("none.git"), Remote.local(origin.path()));

        assertThat(folder.resolve("none.git")).doesNotExist();
    }
}
