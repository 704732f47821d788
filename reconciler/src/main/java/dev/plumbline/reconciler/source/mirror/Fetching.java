package dev.plumbline.reconciler.source.mirror;

import dev.plumbline.reconciler.source.FetchLimits;
import dev.plumbline.reconciler.source.Source;
import dev.plumbline.reconciler.source.remote.GitCredentials;
import dev.plumbline.reconciler.source.remote.LocalRepository;
import dev.plumbline.reconciler.source.remote.Remote;
import dev.plumbline.reconciler.source.remote.RemoteExchange;
import dev.plumbline.reconciler.source.remote.RemoteFailure;
import dev.plumbline.reconciler.source.remote.Transports;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ProgressMonitor;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.transport.FetchConnection;
import org.eclipse.jgit.transport.RefSpec;
import org.eclipse.jgit.transport.TagOpt;
import org.eclipse.jgit.transport.Transport;

/** Lists what the remote has and brings it into the mirror, one fetch at a time. Thread-safe. */
final class Fetching {
    private static final int MOST_REFS = 10_000;

    private final MirrorRepository mirror;
    private final Remote remote;
    private final GitCredentials credentials;
    private final Transports transports;
    private final ReentrantLock lock = new ReentrantLock();

    Fetching(MirrorRepository mirror, Remote remote, GitCredentials credentials, Transports transports) {
        this.mirror = mirror;
        this.remote = remote;
        this.credentials = credentials;
        this.transports = transports;
    }

    /** Keeps fetches away while it is held. */
    ReentrantLock lock() {
        return lock;
    }

    /** As {@link Mirror#branches} says. */
    SortedMap<String, ObjectId> branches() throws Source.SourceException {
        SortedMap<String, ObjectId> branches = new TreeMap<>();
        try {
            for (Ref ref : remote.folder().isPresent() ? LocalRepository.heads(remote) : advertised()) {
                if (ref.getName().startsWith(Constants.R_HEADS) && ref.getObjectId() != null) {
                    branches.put(ref.getName().substring(Constants.R_HEADS.length()), ref.getObjectId());
                }
            }
        } catch (IOException failed) {
            throw RemoteFailure.of(remote, failed);
        }
        if (branches.size() > MOST_REFS) {
            throw new Source.SourceException("TooLarge", remote.label() + " has more than " + MOST_REFS + " branches.");
        }
        return branches;
    }

    private Collection<Ref> advertised() throws IOException, Source.SourceException {
        try {
            return RemoteExchange.ask(_ -> {
                try (Transport transport = transports.toFetch();
                        FetchConnection connection =
                                transport.openFetch(List.of(new RefSpec("refs/heads/*:refs/heads/*")))) {
                    return connection.getRefs();
                }
            });
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("listing its branches was stopped");
        }
    }

    /** Fetches a ref, which must exist, into a ref of the mirror. */
    void fetch(String name, String into, Optional<FetchLimits> limits)
            throws Source.SourceException, InterruptedException {
        var _ = fetching(limits, (transport, progress) -> fetch(transport, name, into, progress));
    }

    /** Fetches a ref that only we write; says whether it exists. */
    boolean fetchIfThere(String name, String into) throws Source.SourceException, InterruptedException {
        return fetching(
                Optional.empty(),
                (transport, progress) -> there(transport, name) && fetch(transport, name, into, progress));
    }

    /** Brings these branches into an empty copy of the mirror, those of them that exist. */
    void cloneInto(MirrorRepository empty, Map<String, Optional<FetchLimits>> branches)
            throws Source.SourceException, InterruptedException {
        Map<String, ObjectId> there = branches();
        try (Transports fresh = new Transports(empty, remote, credentials)) {
            for (Map.Entry<String, Optional<FetchLimits>> each : branches.entrySet()) {
                if (there.containsKey(each.getKey())) {
                    String ref = Constants.R_HEADS + each.getKey();
                    empty.limit(each.getValue());
                    var _ = over(fresh, (transport, progress) -> fetch(transport, ref, ref, progress));
                }
            }
        } catch (IOException failed) {
            throw RemoteFailure.of(remote, failed);
        }
    }

    /** What is asked of the remote over one transport. */
    @FunctionalInterface
    private interface Question {
        boolean ask(Transport transport, ProgressMonitor progress) throws IOException;
    }

    private boolean fetching(Optional<FetchLimits> limits, Question question)
            throws Source.SourceException, InterruptedException {
        lock.lockInterruptibly();
        mirror.limit(limits);
        try {
            return over(transports, question);
        } catch (IOException failed) {
            transports.failed();
            throw RemoteFailure.of(remote, failed);
        } finally {
            mirror.limit(Optional.empty());
            lock.unlock();
        }
    }

    private static boolean over(Transports transports, Question question)
            throws IOException, Source.SourceException, InterruptedException {
        return RemoteExchange.ask(progress -> {
            try (Transport transport = transports.toFetch()) {
                return question.ask(transport, progress);
            }
        });
    }

    private static boolean fetch(Transport transport, String name, String into, ProgressMonitor progress)
            throws IOException {
        transport.setTagOpt(TagOpt.NO_TAGS);
        var _ = transport.fetch(progress, List.of(new RefSpec("+" + name + ":" + into)));
        return true;
    }

    private static boolean there(Transport transport, String name) throws IOException {
        try (FetchConnection connection = transport.openFetch(List.of(new RefSpec(name + ":" + name)))) {
            return connection.getRef(name) != null;
        }
    }
}
