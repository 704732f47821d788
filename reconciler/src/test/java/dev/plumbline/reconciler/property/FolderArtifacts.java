package dev.plumbline.reconciler.property;

import dev.plumbline.runtime.ArtifactStore;
import dev.plumbline.schemas.model.Digest;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Artifacts in one folder, forced to no disk, that a test can lose. */
final class FolderArtifacts implements ArtifactStore {
    private final Path folder;

    FolderArtifacts(Path folder) throws IOException {
        this.folder = Files.createDirectories(folder);
    }

    @Override
    public Digest put(InputStream bytes) throws IOException {
        byte[] all = bytes.readAllBytes();
        Digest digest = Digest.of(all);
        Path place = folder.resolve(digest.hex());
        if (!Files.exists(place)) {
            Files.write(place, all);
        }
        return digest;
    }

    @Override
    public Optional<Path> find(Digest digest) {
        return Optional.of(folder.resolve(digest.hex())).filter(Files::exists);
    }

    void lose(Digest digest) throws IOException {
        Files.deleteIfExists(folder.resolve(digest.hex()));
    }

    Set<Digest> digests() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> new Digest("sha256:" + file.getFileName())).collect(Collectors.toSet());
        }
    }

    void loseAll() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
    }
}
