package dev.plumbline.reconciler.source.mirror;

import dev.plumbline.reconciler.source.BranchPush;
import dev.plumbline.reconciler.source.FetchLimits;
import dev.plumbline.reconciler.source.Source;
import dev.plumbline.reconciler.source.Writer;
import dev.plumbline.reconciler.source.remote.GitCredentials;
import dev.plumbline.reconciler.source.remote.IsolatedGit;
import dev.plumbline.reconciler.source.remote.LocalRepository;
import dev.plumbline.reconciler.source.remote.Remote;
import dev.plumbline.reconciler.source.remote.Transports;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import org.eclipse.jgit.internal.storage.file.FileRepository;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.lib.RefUpdate;
import org.eclipse.jgit.lib.Repository;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The bare copy of the followed repository in the state folder: what was fetched, and what was committed and is yet to be
 * pushed. It has no working tree, and neither hook, filter nor configuration of anybody acts in it. Thread-safe.
 */
public final class Mirror implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Mirror.class);

    private final MirrorRepository repository;
    private final Remote remote;
    private final FetchLimits limits;
    private final Transports transports;
    /** Empty for a mirror whose loss costs nothing. */
    private final Optional<DurableObjects> durable;

    private final MirrorMaintenance maintenance = new MirrorMaintenance();
    private final Fetching fetching;
    private final MirrorDamage damage = new MirrorDamage();

    private Mirror(
            MirrorRepository repository,
            Remote remote,
            GitCredentials credentials,
            Transports transports,
            FetchLimits limits,
            boolean lasting) {
        this.repository = repository;
        this.remote = remote;
        this.limits = limits;
        this.transports = transports;
        fetching = new Fetching(repository, remote, credentials, transports);
        durable = lasting ? Optional.of(new DurableObjects(repository)) : Optional.empty();
    }

    /**
     * Opens the mirror in this folder, and makes it when there is none. Nothing is asked of the remote yet.
     *
     * @throws Source.SourceException {@code Damaged} when the folder holds something else, {@code Storage} when the machine
     *     refuses to write it, {@code Unauthorized} when a credential that the remote needs is not configured
     */
    public static Mirror open(Path folder, Remote remote, GitCredentials credentials) throws Source.SourceException {
        return open(folder, remote, credentials, FetchLimits.standard());
    }

    /** The same, with limits on what the remote may send. */
    public static Mirror open(Path folder, Remote remote, GitCredentials credentials, FetchLimits limits)
            throws Source.SourceException {
        return open(folder, remote, credentials, limits, true);
    }

    /** Opens a mirror as the others do, of which nothing is forced to the disk: for one that is thrown away. */
    public static Mirror scratch(Path folder, Remote remote, GitCredentials credentials) throws Source.SourceException {
        return open(folder, remote, credentials, FetchLimits.standard(), false);
    }

    private static Mirror open(
            Path folder, Remote remote, GitCredentials credentials, FetchLimits limits, boolean lasting)
            throws Source.SourceException {
        IsolatedGit.install();
        try {
            MirrorRepository repository = MirrorRepository.open(folder, lasting);
            return new Mirror(
                    repository, remote, credentials, new Transports(repository, remote, credentials), limits, lasting);
        } catch (IOException | IllegalArgumentException broken) {
            throw MirrorFailure.opening(folder, broken);
        }
    }

    /**
     * Removes the locks and unfinished files that a process left which was killed: in the mirror all of them, in a
     * repository on this machine those of its own pushes. Only for whoever knows that no process uses the mirror.
     *
     * @throws IOException when one of the folders cannot be written
     */
    public static void tidy(Path folder, Remote remote) throws IOException, InterruptedException {
        MirrorLeftovers.remove(folder);
        if (remote.folder().filter(Files::exists).isPresent()) {
            LocalLocks.removeOurs(folder, LocalRepository.folder(remote));
        }
    }

    /** The remote that this is a mirror of. */
    public Remote remote() {
        return remote;
    }

    /** The repository itself, for rooms that read and write objects. */
    public FileRepository repository() {
        return repository;
    }

    /** Inserts loose objects, which are durable once the inserter is flushed. */
    public ObjectInserter newObjects() {
        ObjectInserter loose = repository.newObjectInserter();
        return durable.<ObjectInserter>map(each -> new NewObjects(loose, each)).orElse(loose);
    }

    /**
     * The branches of the remote, without {@code refs/heads/}, and where they stand. Nothing is fetched.
     *
     * @throws Source.SourceException when the remote cannot be read
     */
    public SortedMap<String, ObjectId> branches() throws Source.SourceException {
        return fetching.branches();
    }

    /**
     * Fetches one branch of the remote, which must exist, into a ref of the mirror, which may go anywhere.
     *
     * @throws Source.SourceException when the remote cannot be read, {@code TooLarge} when it sends more than it may,
     *     {@code Unsafe} when an object is none that Git allows; then nothing of it is kept
     */
    public ObjectId fetch(String branch, String into) throws Source.SourceException, InterruptedException {
        return fetch(branch, into, Optional.of(limits));
    }

    /** The same for a branch that only we write, however large it has become. */
    public ObjectId fetchOurs(String branch, String into) throws Source.SourceException, InterruptedException {
        return fetch(branch, into, Optional.empty());
    }

    private ObjectId fetch(String branch, String into, Optional<FetchLimits> limited)
            throws Source.SourceException, InterruptedException {
        damage.fetched(branch, limited);
        fetching.fetch(Constants.R_HEADS + branch, into, limited);
        return ref(into)
                .orElseThrow(() -> new Source.SourceException("Damaged", "The mirror did not keep what was fetched."));
    }

    /**
     * Fetches a ref that only we write, given by its full name, into a ref of the mirror.
     *
     * @return where it stands; empty when the remote has none
     */
    public Optional<ObjectId> fetchOursByRef(String name, String into)
            throws Source.SourceException, InterruptedException {
        return fetching.fetchIfThere(name, into) ? ref(into) : Optional.empty();
    }

    /** Says that an object that must be here cannot be read: the next look at the source mends that first. */
    public void suspect(Throwable cause) {
        damage.suspect(cause);
    }

    /** What could not be read since the mirror was mended last; empty when nothing is known to be amiss. */
    public Optional<String> suspicion() {
        return damage.suspicion();
    }

    /**
     * Reads all that leads to a commit of the mirror, from another one on.
     *
     * @throws IOException when something of it cannot be read
     */
    public void read(ObjectId commit, Optional<ObjectId> from) throws IOException {
        new NewContent(repository).read(commit, from.stream().toList());
    }

    /** Whether something of the object store is damaged: reads all of it. */
    public boolean damaged() throws Source.SourceException {
        Path objects = repository.getObjectsDirectory().toPath();
        try {
            return !DamagedObjects.loose(objects).isEmpty()
                    || !DamagedObjects.packs(objects).isEmpty();
        } catch (IOException broken) {
            throw new Source.SourceException("Storage", "The mirror cannot be read: " + broken.getMessage(), broken);
        }
    }

    /** What was mended since this was asked last. */
    public List<String> repairs() {
        return damage.takeNotes();
    }

    /**
     * Reads the whole object store, puts aside what is damaged, keeps what can be read of it, and clones the branches that
     * are followed anew from the remote.
     *
     * @throws Source.SourceException when the mirror cannot be written, or the remote does not answer: what could be read was
     *     saved all the same
     */
    public void repair() throws Source.SourceException, InterruptedException {
        fetching.lock().lockInterruptibly();
        try {
            MirrorRepair repair = new MirrorRepair(repository);
            try {
                repair.mend(empty -> fetching.cloneInto(empty, damage.branches()));
            } finally {
                damage.found(repair.damaged());
            }
            // What is known of packs that are gone is forgotten; they are listed anew when they are needed.
            repository.getObjectDatabase().close();
            repository.getRefDatabase().refresh();
            damage.mended();
        } catch (IOException broken) {
            throw new Source.SourceException("Storage", "The mirror cannot be mended: " + broken.getMessage(), broken);
        } finally {
            fetching.lock().unlock();
        }
    }

    /** Says that a branch is cloned as well when the mirror is mended, though it was not fetched yet. */
    public void follow(String branch) {
        damage.fetched(branch, Optional.of(limits));
    }

    /** The same for a branch that only we write. */
    public void followOurs(String branch) {
        damage.fetched(branch, Optional.empty());
    }

    /** Says what is told to people with what was mended. */
    public void note(String what) {
        damage.note(what);
    }

    /** Where a ref of the mirror, given by its full name, stands. */
    public Optional<ObjectId> ref(String name) throws Source.SourceException {
        try {
            return Optional.ofNullable(repository.exactRef(name)).map(Ref::getObjectId);
        } catch (IOException broken) {
            throw MirrorFailure.of("The mirror's ref " + name + " cannot be read", broken);
        }
    }

    /** Sets a ref of the mirror, wherever it stood. */
    public void setRef(String name, ObjectId to) throws Source.SourceException {
        try {
            RefUpdate update = repository.updateRef(name);
            update.setNewObjectId(to);
            update.disableRefLog();
            RefUpdate.Result result = update.forceUpdate();
            switch (result) {
                case NEW, FORCED, FAST_FORWARD, NO_CHANGE -> {}
                case NOT_ATTEMPTED,
                        LOCK_FAILURE,
                        REJECTED,
                        REJECTED_CURRENT_BRANCH,
                        IO_FAILURE,
                        RENAMED,
                        REJECTED_MISSING_OBJECT,
                        REJECTED_OTHER_REASON ->
                    throw new Source.SourceException(
                            "Damaged", "The mirror's ref " + name + " cannot be set (" + result + ").");
            }
        } catch (IOException broken) {
            throw MirrorFailure.of("The mirror's ref " + name + " cannot be written", broken);
        }
    }

    /** Forgets a ref of the mirror; what it named stays while something else names it. */
    public void removeRef(String name) throws Source.SourceException {
        try {
            RefUpdate update = repository.updateRef(name);
            update.setForceUpdate(true);
            RefUpdate.Result result = update.delete();
            if (repository.exactRef(name) != null) {
                throw new Source.SourceException(
                        "Damaged", "The mirror's ref " + name + " cannot be removed (" + result + ").");
            }
        } catch (IOException broken) {
            throw MirrorFailure.of("The mirror's ref " + name + " cannot be removed", broken);
        }
    }

    /**
     * Pushes commits of the mirror to branches of the remote, all or none of them, and says what the remote answered. A
     * remote that cannot take several branches at once gets them one after the other, in this order, up to the first that
     * it does not take.
     */
    public Writer.PushOutcome push(List<BranchPush> pushes) throws InterruptedException {
        Writer.PushOutcome outcome = new Pushing(repository, remote, transports, this).push(pushes);
        if (!(outcome instanceof Writer.PushOutcome.Accepted)) {
            transports.failed();
        }
        return outcome;
    }

    /**
     * Packs the mirror now and then, and a remote on this machine, which nobody else packs after our pushes. To be called
     * by one thread: after each push, and once nothing was pushed for a while, which is the better time.
     *
     * @param quiet whether nothing was pushed for a while
     */
    public void maintain(boolean quiet) {
        if (!(quiet ? maintenance.due() : maintenance.overdue())) {
            return;
        }
        maintenance.look(repository);
        if (remote.folder().isPresent()) {
            try (Repository origin = LocalRepository.open(remote)) {
                if (origin instanceof FileRepository files && files.isBare()) {
                    maintenance.look(files);
                }
            } catch (IOException gone) {
                LOG.debug("The local repository cannot be opened", gone);
            }
        }
    }

    /** Whether the remote would take a push of us at all, without pushing anything. */
    Writer.PushOutcome tryPush() throws InterruptedException {
        return new Pushing(repository, remote, transports, this).knock();
    }

    @Override
    public void close() {
        transports.close();
        durable.ifPresent(DurableObjects::close);
        repository.close();
    }
}
