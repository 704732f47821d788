package dev.plumbline.reconciler.source.remote;

import java.io.IOException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.lib.RepositoryCache;
import org.eclipse.jgit.util.FS;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Notices when a branch of a repository on this machine moves: by the file system's own notices, and by reading the ref
 * once a second where those do not come (network file systems, a folder that was made anew).
 */
final class LocalBranch implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LocalBranch.class);
    private static final long FALLBACK_MILLIS = 1_000;

    private final Repository repository;
    private final WatchService notices;
    private final String ref;
    private final Runnable moved;
    private final Thread thread;
    private Optional<ObjectId> last;

    private LocalBranch(Repository repository, WatchService notices, String ref, Runnable moved) throws IOException {
        this.repository = repository;
        this.notices = notices;
        this.ref = ref;
        this.moved = moved;
        last = read();
        thread = Thread.ofVirtual().name("branch-watch").unstarted(this::run);
    }

    static LocalBranch watch(Path folder, String branch, Runnable moved) throws IOException {
        IsolatedGit.install();
        var found = RepositoryCache.FileKey.resolve(folder.toFile(), FS.DETECTED);
        if (found == null) {
            throw new IOException("not a Git repository");
        }
        Repository repository =
                RepositoryCache.FileKey.exact(found, FS.DETECTED).open(true);
        WatchService notices = FileSystems.getDefault().newWatchService();
        LocalBranch watch = new LocalBranch(repository, notices, Constants.R_HEADS + branch, moved);
        watch.register(found.toPath());
        watch.thread.start();
        return watch;
    }

    /** The folder of the ref file, or the nearest one that exists; and the repository, where packed refs lie. */
    private void register(Path home) throws IOException {
        Path file = home.resolve(ref);
        Path folder = Objects.requireNonNull(file.getParent());
        while (!Files.isDirectory(folder)) {
            folder = Objects.requireNonNull(folder.getParent());
        }
        for (Path each : new Path[] {home, folder}) {
            each.register(
                    notices,
                    StandardWatchEventKinds.ENTRY_CREATE,
                    StandardWatchEventKinds.ENTRY_MODIFY,
                    StandardWatchEventKinds.ENTRY_DELETE);
        }
    }

    private void run() {
        try {
            while (true) {
                WatchKey key = notices.poll(FALLBACK_MILLIS, TimeUnit.MILLISECONDS);
                if (key != null) {
                    key.pollEvents();
                    key.reset();
                }
                look();
            }
        } catch (InterruptedException | ClosedWatchServiceException closed) {
            LOG.debug("The local branch is no longer watched ref={}", ref);
        }
    }

    private void look() {
        try {
            Optional<ObjectId> now = read();
            if (now.isEmpty() && last.isPresent()) {
                // While refs are packed, a reader may find it in neither place.
                repository.getRefDatabase().refresh();
                now = read();
            }
            if (!now.equals(last)) {
                last = now;
                moved.run();
            }
        } catch (IOException unreadable) {
            LOG.warn("The branch of the local repository cannot be read ref={}", ref, unreadable);
        }
    }

    private Optional<ObjectId> read() throws IOException {
        return Optional.ofNullable(repository.exactRef(ref)).map(Ref::getObjectId);
    }

    @Override
    public void close() {
        thread.interrupt();
        try {
            notices.close();
        } catch (IOException broken) {
            LOG.warn("The watch of the local repository did not close", broken);
        }
        repository.close();
    }
}
