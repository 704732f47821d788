package dev.plumbline.runtime.artifact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plumbline.schemas.model.Digest;
import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileArtifactStoreTest {
    private static final byte[] BYTES = "a model".getBytes(StandardCharsets.UTF_8);
    private static final Digest DIGEST = Digest.of(BYTES);

    @TempDir
    Path root;

    @Test
    void keepsBytesAtTheirDigest() throws IOException {
        Digest digest = new FileArtifactStore(root).put(new ByteArrayInputStream(BYTES));

        assertThat(digest).isEqualTo(DIGEST);
        assertThat(place()).hasBinaryContent(BYTES);
        assertThat(new FileArtifactStore(root).find(digest)).contains(place());
    }

    @Test
    void storingTheSameBytesAgainChangesNothing() throws IOException {
        FileArtifactStore store = new FileArtifactStore(root);
        store.put(new ByteArrayInputStream(BYTES));
        Object before = Files.readAttributes(place(), "*").get("fileKey");

        store.put(new ByteArrayInputStream(BYTES));

        assertThat(Files.readAttributes(place(), "*").get("fileKey")).isEqualTo(before);
        assertThat(files()).hasSize(1);
    }

    @Test
    void knowsWhatItDoesNotHold() throws IOException {
        assertThat(new FileArtifactStore(root).find(DIGEST)).isEmpty();
    }

    @Test
    void setsADamagedCopyAsideAndTakesTheBytesAgain() throws IOException {
        FileArtifactStore store = new FileArtifactStore(root);
        store.put(new ByteArrayInputStream(BYTES));
        Files.writeString(place(), "a mode1");

        assertThat(store.find(DIGEST)).isEmpty();
        assertThat(files()).singleElement().asString().contains(".damaged-holds-");

        store.put(new ByteArrayInputStream(BYTES));
        assertThat(store.find(DIGEST)).contains(place());
    }

    @Test
    void aFullDiskLeavesNothingBehind() {
        FileArtifactStore store = new FileArtifactStore(root, FullDisk::new);

        assertThatThrownBy(() -> store.put(new ByteArrayInputStream(BYTES)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("No space left on device")
                .hasMessageContaining("Nothing was stored")
                .hasMessageNotContaining(root.toString());
        assertThat(files()).isEmpty();
    }

    @Test
    void aSourceThatBreaksLeavesNothingBehind() {
        InputStream broken = new FilterInputStream(new ByteArrayInputStream(BYTES)) {
            @Override
            public int read(byte[] bytes, int offset, int length) throws IOException {
                throw new IOException("connection reset");
            }
        };

        assertThatThrownBy(() -> new FileArtifactStore(root).put(broken)).hasMessageContaining("connection reset");
        assertThat(files()).isEmpty();
    }

    @Test
    void removesWhatACrashLeftUnfinished() throws IOException {
        Files.createDirectories(root.resolve("incoming"));
        Files.writeString(root.resolve("incoming/0b1d.part"), "half a mo");

        new FileArtifactStore(root).put(new ByteArrayInputStream(BYTES));

        assertThat(files()).containsExactly(place());
    }

    @Test
    void anotherStoreDoesNotRemoveWhatIsBeingWritten() throws IOException {
        FileArtifactStore store = new FileArtifactStore(root, out -> new FilterOutputStream(out) {
            @Override
            public void write(byte[] bytes, int offset, int length) throws IOException {
                new FileArtifactStore(root);
                out.write(bytes, offset, length);
            }
        });

        store.put(new ByteArrayInputStream(BYTES));

        assertThat(place()).hasBinaryContent(BYTES);
    }

    @Test
    void manyWritersOfTheSameBytesAgree() throws Exception {
        FileArtifactStore store = new FileArtifactStore(root);
        Callable<Digest> put = () -> store.put(new ByteArrayInputStream(BYTES));
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<Digest> digest :
                    threads.invokeAll(IntStream.range(0, 32).mapToObj(i -> put).toList())) {
                assertThat(digest.get()).isEqualTo(DIGEST);
            }
        }
        assertThat(files()).containsExactly(place());
    }

    private Path place() {
        return root.resolve("sha256")
                .resolve(DIGEST.hex().substring(0, 2))
                .resolve(DIGEST.hex().substring(2));
    }

    private List<Path> files() {
        try (Stream<Path> all = Files.walk(root)) {
            return all.filter(Files::isRegularFile).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static final class FullDisk extends FilterOutputStream {
        private FullDisk(OutputStream out) {
            super(out);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            out.write(bytes, offset, 1);
            throw new IOException("No space left on device");
        }
    }
}
