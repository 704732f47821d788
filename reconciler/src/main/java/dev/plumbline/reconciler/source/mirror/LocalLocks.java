package dev.plumbline.reconciler.source.mirror;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The locks of refs in a repository on this machine, which others use too. */
final class LocalLocks {
    private static final Logger LOG = LoggerFactory.getLogger(LocalLocks.class);

    /** Git holds the lock of a ref for milliseconds. */
    private static final long LONGER_THAN_ANYBODY = 2;

    private LocalLocks() {}

    /** The locks that are held, by their names within the repository. */
    static List<String> names(Path repository, Collection<String> refs) {
        return Stream.concat(refs.stream(), Stream.of("packed-refs"))
                .map(name -> name + ".lock")
                .filter(name -> Files.exists(repository.resolve(name)))
                .toList();
    }

    /**
     * Removes the locks that a push of ours left which died with its process: those of its refs that nobody touches for
     * longer than Git holds one.
     */
    static void removeOurs(Path mirror, Path repository) throws IOException, InterruptedException {
        PushNotes notes = new PushNotes(mirror);
        var refs = notes.left();
        if (refs.isEmpty()) {
            return;
        }
        Map<Path, FileTime> seen = held(repository, refs.get());
        if (!seen.isEmpty()) {
            var _ = new CountDownLatch(1).await(LONGER_THAN_ANYBODY, TimeUnit.SECONDS);
        }
        Map<Path, FileTime> still = held(repository, refs.get());
        for (Map.Entry<Path, FileTime> lock : seen.entrySet()) {
            if (lock.getValue().equals(still.get(lock.getKey()))) {
                LOG.warn(
                        "removed a lock that a push of this control plane left when it was killed lock={}",
                        lock.getKey().getFileName());
                Files.deleteIfExists(lock.getKey());
            }
        }
        notes.clear();
    }

    private static Map<Path, FileTime> held(Path repository, Collection<String> refs) throws IOException {
        Map<Path, FileTime> held = new TreeMap<>();
        for (String name : names(repository, refs)) {
            Path lock = repository.resolve(name);
            held.put(lock, Files.getLastModifiedTime(lock));
        }
        return held;
    }
}
