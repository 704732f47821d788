package dev.plumbline.runtime.artifact;

import dev.plumbline.runtime.ArtifactStore;
import dev.plumbline.schemas.fault.Failpoint;
import dev.plumbline.schemas.model.Digest;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.Optional;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Artifacts as files below one folder: {@code sha256/ab/cdef…}.
 *
 * <p>Bytes go to a file in {@code incoming/}, are forced to disk and renamed to their place, and the folder is forced
 * too, so a place holds either all bytes or nothing. Every {@link #find} digests the file again: a disk may rot under
 * an unchanged size and time, and models are small. Several processes may share the folder. Thread-safe.
 */
public final class FileArtifactStore implements ArtifactStore {
    private static final Logger LOG = LoggerFactory.getLogger(FileArtifactStore.class);

    private final Path places;
    private final Path incoming;
    private final UnaryOperator<OutputStream> disk;

    /**
     * A store below this folder, which is made when it does not exist.
     *
     * @throws UncheckedIOException when the folder cannot be made or read
     */
    public FileArtifactStore(Path root) {
        this(root, UnaryOperator.identity());
    }

    FileArtifactStore(Path root, UnaryOperator<OutputStream> disk) {
        this.places = root.resolve("sha256");
        this.incoming = root.resolve("incoming");
        this.disk = disk;
        try {
            Files.createDirectories(places);
            Files.createDirectories(incoming);
            Leftovers.remove(incoming);
        } catch (IOException e) {
            throw new UncheckedIOException(sentence("The artifact store cannot use its folder", e), e);
        }
    }

    @Override
    public Digest put(InputStream bytes) throws IOException {
        Path arrived = incoming.resolve(UUID.randomUUID() + ".part");
        try {
            Digest digest = write(bytes, arrived);
            keep(arrived, digest);
            return digest;
        } catch (IOException e) {
            throw new IOException(sentence("The artifact store could not keep these bytes", e), e);
        } finally {
            Files.deleteIfExists(arrived);
        }
    }

    private Digest write(InputStream bytes, Path target) throws IOException {
        MessageDigest digest = Digest.algorithm();
        try (FileChannel channel = FileChannel.open(target, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            // The lock tells other processes that this file has a writer and is no leftover.
            channel.lock();
            OutputStream out = disk.apply(Channels.newOutputStream(channel));
            bytes.transferTo(new DigestOutputStream(out, digest));
            out.flush();
            channel.force(true);
        }
        return Digest.of(digest);
    }

    private void keep(Path arrived, Digest digest) throws IOException {
        if (find(digest).isPresent()) {
            return;
        }
        Path place = place(digest);
        Path shard = folder(place);
        boolean fresh = !Files.isDirectory(shard);
        Files.createDirectories(shard);
        Failpoint.ARTIFACT_WRITTEN.hit();
        move(arrived, place);
        Failpoint.ARTIFACT_MOVED.hit();
        Folders.force(shard);
        if (fresh) {
            Folders.force(places);
        }
    }

    private static void move(Path from, Path to) throws IOException {
        try {
            Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
        } catch (AtomicMoveNotSupportedException e) {
            throw new IOException("the file system cannot rename a file in one step", e);
        }
    }

    @Override
    public Optional<Path> find(Digest digest) throws IOException {
        Path place = place(digest);
        Digest actual;
        try (InputStream in = Files.newInputStream(place)) {
            MessageDigest algorithm = Digest.algorithm();
            in.transferTo(new DigestOutputStream(OutputStream.nullOutputStream(), algorithm));
            actual = Digest.of(algorithm);
        } catch (NoSuchFileException absent) {
            return Optional.empty();
        }
        if (actual.equals(digest)) {
            return Optional.of(place);
        }
        setAside(place, digest, actual);
        return Optional.empty();
    }

    private static void setAside(Path place, Digest digest, Digest actual) throws IOException {
        Path aside = place.resolveSibling(place.getFileName() + ".damaged-holds-" + actual.shortened());
        try {
            Files.move(place, aside, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        } catch (NoSuchFileException alreadySetAside) {
            LOG.debug("a damaged artifact was set aside by another reader digest={}", digest, alreadySetAside);
            return;
        }
        LOG.warn("an artifact's bytes are damaged and were set aside digest={} actual={}", digest, actual);
    }

    private Path place(Digest digest) {
        String hex = digest.hex();
        return places.resolve(hex.substring(0, 2)).resolve(hex.substring(2));
    }

    private Path folder(Path place) {
        Path parent = place.getParent();
        return parent == null ? places : parent;
    }

    /** One sentence without a path of this machine: its reader may be somebody else than its owner. */
    private static String sentence(String what, IOException cause) {
        String reason = cause instanceof FileSystemException file
                ? Optional.ofNullable(file.getReason())
                        .orElse(file.getClass().getSimpleName().replace("Exception", ""))
                : Optional.ofNullable(cause.getMessage())
                        .orElse(cause.getClass().getSimpleName());
        return what + ": " + reason + ". Nothing was stored; check that the disk has space and may be written.";
    }
}
