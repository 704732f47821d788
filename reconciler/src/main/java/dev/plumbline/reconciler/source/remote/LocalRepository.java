package dev.plumbline.reconciler.source.remote;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Optional;
import java.util.regex.Pattern;
import org.eclipse.jgit.errors.NoRemoteRepositoryException;
import org.eclipse.jgit.errors.NotSupportedException;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.lib.RepositoryCache;
import org.eclipse.jgit.transport.TestProtocol;
import org.eclipse.jgit.transport.Transport;
import org.eclipse.jgit.transport.URIish;
import org.eclipse.jgit.transport.UploadPack;
import org.eclipse.jgit.util.FS;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The repository of a remote on this machine. What is read to find objects in it, the index of each of its packs, stays
 * from one fetch or push to the next; JGit itself sees when that is out of date. After a failure it is opened anew.
 * Thread-safe.
 */
public final class LocalRepository implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LocalRepository.class);

    /** How JGit's protocol for two repositories in one process calls a connection, which says nothing to people. */
    static final Pattern CONNECTION = Pattern.compile("^test://test/conn\\d+: ");

    private final Remote remote;
    private Optional<Repository> opened = Optional.empty();

    LocalRepository(Remote remote) {
        this.remote = remote;
    }

    /**
     * Connects a mirror with it, in this process. JGit's usual way to do so skips the hooks of the receiving repository, by
     * which people protect branches; this one asks them.
     */
    Transport connect(Repository mirror) throws IOException {
        Repository origin = repository();
        // JGit would pack the whole repository after each of our pushes once it has fifty packs; we see to it
        // ourselves.
        origin.getConfig().setBoolean("receive", null, "autogc", false);
        // JGit's own protocol for two repositories in one process.
        TestProtocol<Repository> protocol = new TestProtocol<>(
                (request, repository) -> new Uploading(repository),
                (request, repository) -> RepositoryHooks.receive(repository));
        URIish uri = protocol.register(origin, origin);
        try {
            return protocol.open(uri, mirror, "origin");
        } catch (NotSupportedException impossible) {
            throw new IOException("the local protocol is part of Git", impossible);
        }
    }

    /** JGit prints on the terminal what fails here, and whoever fetches is told by the end of the connection. */
    private static final class Uploading extends UploadPack {
        Uploading(Repository repository) {
            super(repository);
        }

        @Override
        public void upload(InputStream input, OutputStream output, @Nullable OutputStream messages) {
            try {
                super.upload(input, output, messages);
            } catch (IOException | RuntimeException failed) {
                LOG.warn("The local repository could not be read reason={}", failed.toString());
            }
        }
    }

    /**
     * Its branches. To list them a Git server opens the commit of each, and for that the index of every pack; the refs alone
     * are a few small files. They are read anew each time: nothing is kept that could be out of date.
     */
    public static Collection<Ref> heads(Remote remote) throws IOException {
        try (Repository origin = open(remote)) {
            return origin.getRefDatabase().getRefsByPrefix(Constants.R_HEADS);
        }
    }

    /** Opens it for one use; the caller closes it. */
    public static Repository open(Remote remote) throws IOException {
        return RepositoryCache.FileKey.exact(folder(remote).toFile(), FS.DETECTED)
                .open(true);
    }

    /** Where the repository of a remote on this machine keeps its refs and objects. */
    public static Path folder(Remote remote) throws IOException {
        Path folder = remote.folder().orElseThrow();
        var found = RepositoryCache.FileKey.resolve(folder.toFile(), FS.DETECTED);
        if (found == null) {
            throw new NoRemoteRepositoryException(new URIish().setPath(folder.toString()), "not a Git repository");
        }
        return found.toPath();
    }

    /** It stays open until it is opened anew; whether it is still there is asked each time. */
    private synchronized Repository repository() throws IOException {
        folder(remote);
        if (opened.isEmpty()) {
            opened = Optional.of(open(remote));
        }
        return opened.get();
    }

    /** Forgets what is known of it. Whoever uses it just now may end. */
    synchronized void reopen() {
        opened.ifPresent(Repository::close);
        opened = Optional.empty();
    }

    @Override
    public void close() {
        reopen();
    }
}
