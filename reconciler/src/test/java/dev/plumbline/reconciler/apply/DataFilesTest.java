package dev.plumbline.reconciler.apply;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plumbline.reconciler.fixture.Records;
import dev.plumbline.reconciler.fixture.Specs;
import dev.plumbline.reconciler.source.git.GitSource;
import dev.plumbline.reconciler.source.mirror.Mirror;
import dev.plumbline.reconciler.source.remote.GitCredentials;
import dev.plumbline.reconciler.source.remote.Remote;
import dev.plumbline.runtime.DataFile;
import dev.plumbline.runtime.artifact.FileArtifactStore;
import dev.plumbline.schemas.model.DataFormat;
import dev.plumbline.schemas.model.DataSource;
import dev.plumbline.schemas.model.Digest;
import dev.plumbline.schemas.model.Revision;
import dev.plumbline.testkit.MutableClock;
import dev.plumbline.testkit.TemporaryRepository;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DataFilesTest {
    private static final Digest DATA = Records.digest(Specs.DATA);

    @TempDir
    Path folder;

    private TemporaryRepository repository;
    private Mirror mirror;
    private FileArtifactStore artifacts;
    private DataFiles files;
    private Revision head;
    private Path allowed;

    @BeforeEach
    void start() throws Exception {
        repository = TemporaryRepository.create(folder.resolve("origin.git"), MutableClock.started());
        repository.commit("Data", "data/churn.csv", Specs.DATA);
        repository.link("Link", "data/link.csv", "churn.csv");
        mirror = Mirror.open(folder.resolve("mirror.git"), Remote.local(repository.path()), GitCredentials.none());
        GitSource source = new GitSource(mirror, "main", "");
        head = source.fetch().orElseThrow().revision();
        artifacts = new FileArtifactStore(folder.resolve("artifacts"));
        allowed = Files.createDirectory(folder.resolve("allowed"));
        files = new DataFiles(source, artifacts, List.of(folder.resolve("nowhere"), allowed));
    }

    @AfterEach
    void stop() {
        mirror.close();
        repository.close();
    }

    private static DataSource source(Optional<String> path, Optional<String> uri, Optional<Digest> digest) {
        return new DataSource(path, uri, digest, DataFormat.CSV, true, List.of(), ",", ".", List.of());
    }

    private static DataSource at(String path) {
        return source(Optional.of(path), Optional.empty(), Optional.empty());
    }

    private static DataSource at(Path file, Digest digest) {
        return source(Optional.empty(), Optional.of(file.toUri().toString()), Optional.of(digest));
    }

    private static void unavailable(String reason, boolean permanent, ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOfSatisfying(DataFiles.Unavailable.class, unavailable -> {
            assertThat(unavailable.reason()).isEqualTo(reason);
            assertThat(unavailable.permanent()).isEqualTo(permanent);
        });
    }

    @Test
    void bringsAFileOfTheRepositoryIntoTheStoreAndBackWhenItIsLost() throws Exception {
        DataFile file = files.find(at("data/churn.csv"), head);
        assertThat(file.digest()).isEqualTo(DATA);
        assertThat(file.path()).hasContent(Specs.DATA);
        assertThat(files.find(at("data/churn.csv"), head)).isEqualTo(file);

        Files.delete(file.path());
        assertThat(files.find(at("data/churn.csv"), head).path()).hasContent(Specs.DATA);
    }

    @Test
    void saysWhichFileIsMissing() {
        unavailable("DataMissing", true, () -> files.find(at("data/other.csv"), head));
        unavailable("DataMissing", true, () -> files.find(at("data/link.csv"), head));
        unavailable("SourceUnavailable", false, () -> files.find(at("data/churn.csv"), Specs.revision("unknown")));
    }

    @Test
    void givesNoStoredCopyForAPathThatIsNotAllowed() throws Exception {
        files.find(at("data/churn.csv"), head);

        unavailable("DataNotAllowed", true, () -> files.find(at(Path.of("/etc/shadow.csv"), DATA), head));
    }

    @Test
    void readsAFileWithASpaceInItsName() throws Exception {
        Path file = Files.writeString(allowed.resolve("my rows.csv"), Specs.DATA);
        DataSource data = source(Optional.empty(), Optional.of("file://" + file), Optional.of(DATA));

        assertThat(files.find(data, head).path()).hasContent(Specs.DATA);
    }

    @Test
    void readsAFileElsewhereOnlyBelowAnAllowedFolder() throws Exception {
        Path file = Files.writeString(allowed.resolve("rows.csv"), Specs.DATA);
        Path outside = Files.writeString(folder.resolve("rows.csv"), Specs.DATA);
        Path link = Files.createSymbolicLink(allowed.resolve("link.csv"), outside);

        unavailable("DataNotAllowed", true, () -> files.find(at(outside, DATA), head));
        unavailable("DataNotAllowed", true, () -> files.find(at(link, DATA), head));
        // Nobody may learn by a spec which files lie elsewhere.
        unavailable("DataNotAllowed", true, () -> files.find(at(folder.resolve("none.csv"), DATA), head));
        unavailable("DataMissing", true, () -> files.find(at(allowed.resolve("none.csv"), DATA), head));
        assertThat(files.find(at(file, DATA), head).path()).hasContent(Specs.DATA);
        Files.delete(file);
        assertThat(files.find(at(file, DATA), head).digest()).isEqualTo(DATA);
    }

    @Test
    void refusesAFileThatIsNotTheOneThatTheSpecNames() throws IOException {
        Path file = Files.writeString(allowed.resolve("rows.csv"), "other rows");
        unavailable("DataChanged", true, () -> files.find(at(file, DATA), head));
    }

    @Test
    void refusesASchemeThatItCannotReadByName() {
        assertThatThrownBy(() -> files.find(
                        source(Optional.empty(), Optional.of("s3://bucket/rows.csv"), Optional.of(DATA)), head))
                .hasMessageContaining("s3");
    }
}
