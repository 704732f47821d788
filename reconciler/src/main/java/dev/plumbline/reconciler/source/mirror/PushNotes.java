package dev.plumbline.reconciler.source.mirror;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Notes, in the mirror, of the pushes that are under way into a repository on this machine. Such a push is received by this
 * process, so its death leaves that repository's locks behind, and only a note tells them from somebody else's. Thread-safe.
 */
final class PushNotes {
    private final Path folder;

    PushNotes(Path mirror) {
        folder = mirror.resolve("plumbline-pushing");
    }

    /** A push that is under way until this is closed. */
    interface Note extends AutoCloseable {
        @Override
        void close() throws IOException;
    }

    /** Notes that these refs are being pushed to. */
    Note begin(List<String> refs) throws IOException {
        Path note = Files.createTempFile(Files.createDirectories(folder), "push", "");
        Files.write(note, refs);
        return () -> Files.deleteIfExists(note);
    }

    /** The refs of the pushes in which the process died that had this mirror before; empty when it died in none. */
    Optional<SortedSet<String>> left() throws IOException {
        SortedSet<String> refs = new TreeSet<>();
        boolean any = false;
        try (DirectoryStream<Path> notes = Files.newDirectoryStream(folder)) {
            for (Path note : notes) {
                any = true;
                refs.addAll(Files.readAllLines(note));
            }
        } catch (NoSuchFileException none) {
            return Optional.empty();
        }
        return any ? Optional.of(refs) : Optional.empty();
    }

    /** Forgets what was left. */
    void clear() throws IOException {
        try (DirectoryStream<Path> notes = Files.newDirectoryStream(folder)) {
            for (Path note : notes) {
                Files.deleteIfExists(note);
            }
        }
    }
}
