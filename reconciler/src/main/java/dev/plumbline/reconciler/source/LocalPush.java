package dev.plumbline.reconciler.source;

import java.io.IOException;
import java.nio.file.Path;
import org.eclipse.jgit.errors.NoRemoteRepositoryException;
import org.eclipse.jgit.errors.NotSupportedException;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.lib.RepositoryCache;
import org.eclipse.jgit.transport.ReceivePack;
import org.eclipse.jgit.transport.TestProtocol;
import org.eclipse.jgit.transport.Transport;
import org.eclipse.jgit.transport.URIish;
import org.eclipse.jgit.util.FS;

/**
 * A push into a repository on this machine, received in this process. JGit's usual way to do so skips the hooks of the
 * receiving repository, by which people protect branches; this one asks them.
 */
final class LocalPush {
    private LocalPush() {}

    static Transport open(Repository mirror, Remote remote) throws IOException {
        Repository receiver = receiver(remote);
        // JGit would pack the whole repository after each of our pushes once it has fifty packs; we see to it
        // ourselves.
        receiver.getConfig().setBoolean("receive", null, "autogc", false);
        // JGit's own protocol for two repositories in one process; it keeps the receiver open while it is connected.
        TestProtocol<Repository> protocol = new TestProtocol<>(null, (request, repository) -> receive(repository));
        URIish uri = protocol.register(receiver, receiver);
        try {
            return protocol.open(uri, mirror, "origin");
        } catch (NotSupportedException impossible) {
            throw new IOException("the local protocol is part of Git", impossible);
        }
    }

    /** The repository of a remote on this machine. */
    static Repository receiver(Remote remote) throws IOException {
        return RepositoryCache.FileKey.exact(folder(remote).toFile(), FS.DETECTED)
                .open(true);
    }

    /** Where the repository of a remote on this machine keeps its refs and objects. */
    static Path folder(Remote remote) throws IOException {
        Path folder = remote.folder().orElseThrow();
        var found = RepositoryCache.FileKey.resolve(folder.toFile(), FS.DETECTED);
        if (found == null) {
            throw new NoRemoteRepositoryException(new URIish().setPath(folder.toString()), "not a Git repository");
        }
        return found.toPath();
    }

    private static ReceivePack receive(Repository repository) {
        RepositoryHooks hooks = new RepositoryHooks(repository);
        ReceivePack receive = new ReceivePack(repository);
        receive.setPreReceiveHook(hooks::before);
        receive.setPostReceiveHook(hooks::after);
        return receive;
    }
}
