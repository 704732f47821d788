package dev.plumbline.runtime.serving;

import dev.plumbline.schemas.fault.Failpoint;
import dev.plumbline.schemas.json.Json;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/** Where the data plane keeps what, below the state folder, and how its files are written. */
final class ServeFolder {
    private static final String UNFINISHED = ".new";

    private final Path state;
    private final Path folder;

    /** How the admin port of a running data plane is reached. */
    record Address(int port, long pid, int servingPort) {}

    ServeFolder(Path state) throws IOException {
        this.state = state.toAbsolutePath();
        this.folder = this.state.resolve("serve");
        Files.createDirectories(folder);
        restrict(folder, "rwx------");
    }

    Path state() {
        return state;
    }

    Path artifacts() {
        return state.resolve("artifacts");
    }

    Path lock() {
        return folder.resolve("lock");
    }

    Path log() {
        return folder.resolve("serve.log");
    }

    Path table() {
        return folder.resolve("table.json");
    }

    Path previousTable() {
        return folder.resolve("table.previous.json");
    }

    Path probed(String digest) throws IOException {
        return Files.createDirectories(folder.resolve("probed")).resolve(digest);
    }

    /** Makes known how the admin port is reached. The token comes first: who sees the address finds its token. */
    void publish(Address address, String token) throws IOException {
        write(folder.resolve("token"), token.getBytes(StandardCharsets.US_ASCII));
        write(folder.resolve("admin.json"), Json.canonical(address));
    }

    /** Whether a process holds the folder. Not to be asked by that process: asking would free it. */
    boolean inUse() throws IOException {
        try (FileChannel channel = FileChannel.open(lock(), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                @Nullable FileLock free = channel.tryLock()) {
            return free == null;
        }
    }

    /** Removes what a process that was killed left behind: its address, and files that it was writing. */
    void tidy() throws IOException {
        withdraw();
        try (DirectoryStream<Path> unfinished = Files.newDirectoryStream(folder, "*" + UNFINISHED)) {
            for (Path file : unfinished) {
                Files.deleteIfExists(file);
            }
        }
    }

    /** Takes the address back at an orderly end. */
    void withdraw() throws IOException {
        Files.deleteIfExists(folder.resolve("admin.json"));
    }

    /** The address last made known; empty when there is none or it cannot be read. */
    Optional<Address> address() throws IOException {
        try {
            return Optional.of(Json.read(Files.readAllBytes(folder.resolve("admin.json")), Address.class));
        } catch (NoSuchFileException | JacksonException none) {
            return Optional.empty();
        }
    }

    /** The token of the admin port; empty when there is none. */
    Optional<String> token() throws IOException {
        try {
            return Optional.of(Files.readString(folder.resolve("token"), StandardCharsets.US_ASCII));
        } catch (NoSuchFileException none) {
            return Optional.empty();
        }
    }

    /** Writes a file whole or not at all, readable by its owner only, on disk when this returns. */
    static void write(Path file, byte[] bytes) throws IOException {
        Path temporary = file.resolveSibling(file.getFileName() + UNFINISHED);
        Files.deleteIfExists(temporary);
        Files.createFile(temporary);
        restrict(temporary, "rw-------");
        try (FileChannel channel = FileChannel.open(temporary, StandardOpenOption.WRITE)) {
            ByteBuffer buffer = ByteBuffer.wrap(bytes);
            while (buffer.hasRemaining()) {
                channel.write(buffer);
            }
            channel.force(true);
        }
        Failpoint.TABLE_WRITTEN.hit();
        Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        force(file.resolveSibling("."));
    }

    /** The rename itself is on disk only when the folder is. */
    private static void force(Path folder) throws IOException {
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    private static void restrict(Path path, String permissions) throws IOException {
        if (path.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(permissions));
        }
    }
}
