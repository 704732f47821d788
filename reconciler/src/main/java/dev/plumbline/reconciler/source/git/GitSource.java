package dev.plumbline.reconciler.source.git;

import dev.plumbline.reconciler.source.Snapshot;
import dev.plumbline.reconciler.source.Source;
import dev.plumbline.reconciler.source.mirror.Mirror;
import dev.plumbline.reconciler.source.remote.RemoteFailure;
import dev.plumbline.schemas.fault.Failpoint;
import dev.plumbline.schemas.model.Revision;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import org.eclipse.jgit.errors.MissingObjectException;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Repository;

/**
 * The watched branch as the mirror follows it. A branch only ever moves forward here: when the remote's history was
 * rewritten, or the branch deleted, what was accepted last stays until a person accepts the new history.
 */
public final class GitSource implements Source {
    /** Below this the mirror keeps what was followed last, by {@linkplain #plain plain} names of branches. */
    public static final String ACCEPTED = "refs/plumbline/accepted/";

    private final Mirror mirror;
    private final String branch;
    private final String root;
    private final String accepted;
    private final String fetched;
    private final CommitHistory history;
    private final LastListed listed = new LastListed();
    private final ReentrantLock looking = new ReentrantLock();
    private volatile Optional<String> absence = Optional.empty();
    private volatile Optional<String> frozen = Optional.empty();
    private Optional<Refusal> refused = Optional.empty();
    /** A commit that was followed and is lost: only after the mirror was mended without it is the history another. */
    private Optional<ObjectId> searched = Optional.empty();

    private volatile Optional<ObjectId> followed = Optional.empty();
    private volatile Listener listener = _ -> {};

    /**
     * Follows one branch.
     *
     * @param branch without {@code refs/heads/}
     * @param root the folder of the repository that holds the specs; empty for the whole repository
     * @throws IllegalArgumentException when Git allows no branch of that name
     */
    public GitSource(Mirror mirror, String branch, String root) {
        this.mirror = mirror;
        this.branch = valid(branch);
        this.root = folder(root);
        this.history = new CommitHistory(mirror.repository());
        accepted = ACCEPTED + plain(branch);
        fetched = "refs/plumbline/fetched/" + plain(branch);
        mirror.follow(branch);
    }

    /** One level, so that a branch team/a and a branch team never stand in each other's way. */
    public static String plain(String branch) {
        return branch.replace('/', '%');
    }

    /**
     * Checks what an operator names.
     *
     * @throws IllegalArgumentException with a sentence that says what is wrong with it
     */
    public static void check(String branch, String root) {
        valid(branch);
        folder(root);
    }

    private static String valid(String branch) {
        if (branch.startsWith("-") || !Repository.isValidRefName(Constants.R_HEADS + branch)) {
            throw new IllegalArgumentException("Git allows no branch of the name '" + branch + "'.");
        }
        return branch;
    }

    /** A folder of the repository as paths are written; empty for all of it. */
    static String folder(String root) {
        String plain = root.replaceAll("^(\\./|/)+|/+$", "");
        if (plain.equals(".")) {
            return "";
        }
        if (List.of(plain.split("/")).contains("..")) {
            throw new IllegalArgumentException("The root of the specs lies in the repository.");
        }
        return plain;
    }

    /** Sees every listing of the remote's branches. */
    @FunctionalInterface
    public interface Listener {
        /**
         * The branches were listed.
         *
         * @param branches without {@code refs/heads/}, and where they stand
         */
        void listed(Map<String, ObjectId> branches) throws InterruptedException;
    }

    /** Tells one listener of every listing, before the branch is fetched and in the thread that fetches. */
    public void tell(Listener whom) {
        listener = whom;
    }

    /** The branch that is followed. */
    public String branch() {
        return branch;
    }

    @Override
    public Optional<Snapshot> fetch() throws SourceException, InterruptedException {
        looking.lockInterruptibly();
        try {
            if (mirror.suspicion().isPresent()) {
                throw new SourceException(
                        "Damaged",
                        "The mirror cannot be read: " + mirror.suspicion().get() + ".");
            }
            Map<String, ObjectId> branches = mirror.branches();
            listener.listed(branches);
            Failpoint.FETCH_LISTED.hit();
            Optional<ObjectId> before = before();
            Optional<ObjectId> there = Optional.ofNullable(branches.get(branch));
            if (there.isEmpty()) {
                return nothing(branches, before);
            }
            absence = Optional.empty();
            if (!there.equals(mirror.ref(accepted))) {
                advance(before, fetched(there.get()));
            }
            frozen = Optional.empty();
            return last();
        } finally {
            looking.unlock();
        }
    }

    /** What was refused once is not fetched again as long as the branch stands there. */
    private ObjectId fetched(ObjectId there) throws SourceException, InterruptedException {
        if (refused.isPresent() && refused.get().head().equals(there)) {
            throw new SourceException(
                    refused.get().why().reason(),
                    refused.get().why().getMessage(),
                    refused.get().why());
        }
        try {
            ObjectId head = mirror.fetch(branch, fetched);
            refused = Optional.empty();
            return head;
        } catch (SourceException failed) {
            if (RemoteFailure.lasting(failed)) {
                refused = Optional.of(new Refusal(there, failed));
            } else if (mirror.damaged()) {
                // The remote has just listed its branches: it is the mirror that keeps it from sending them.
                throw new SourceException("Damaged", "The mirror cannot be read: " + failed.getMessage(), failed);
            }
            throw failed;
        }
    }

    /** A head whose objects are not taken. */
    private record Refusal(ObjectId head, SourceException why) {}

    @Override
    public void followed(Revision last) {
        followed = Optional.of(ObjectId.fromString(last.id()));
    }

    /** What was followed last; a mirror that was lost does not know it by itself. */
    private Optional<ObjectId> before() throws SourceException {
        Optional<ObjectId> own = mirror.ref(accepted);
        return own.isPresent() ? own : followed;
    }

    private Optional<Snapshot> nothing(Map<String, ObjectId> branches, Optional<ObjectId> before)
            throws SourceException {
        if (before.isPresent()) {
            throw rewritten("The branch " + branch + " of " + mirror.remote() + " is gone. What it held at "
                    + before.get().abbreviate(8).name() + " stays in force until the branch is back.");
        }
        List<String> others = branches.keySet().stream()
                .filter(name -> !name.startsWith("plumbline/"))
                .toList();
        absence = Optional.of(
                others.isEmpty()
                        ? mirror.remote() + " has no commit yet. Push a first one to its branch " + branch + "."
                        : mirror.remote() + " has no branch " + branch + ". It has "
                                + String.join(", ", others.subList(0, Math.min(20, others.size())))
                                + ": name one of them with --branch.");
        return Optional.empty();
    }

    private void advance(Optional<ObjectId> before, ObjectId fetched) throws SourceException {
        Failpoint.FETCH_FETCHED.hit();
        Optional<ObjectId> own = mirror.ref(accepted).filter(commit -> !has(commit));
        if (own.isPresent() && !own.equals(searched)) {
            searched = own;
            throw damaged(
                    new Revision(own.get().name()),
                    new IOException("a commit that was followed is not there any more"));
        }
        if (before.isPresent() && !descends(before.get(), fetched)) {
            throw rewritten("The history of " + branch + " was rewritten: "
                    + fetched.abbreviate(8).name()
                    + " does not contain " + before.get().abbreviate(8).name()
                    + (has(before.get())
                            ? ", which stays in force."
                            : ", which was in force and is no longer there; what serves goes on.")
                    + " Push it back, or accept the new history with: plumb"
                    + " accept-history "
                    + fetched.name() + " --reason TEXT");
        }
        mirror.setRef(accepted, fetched);
        Failpoint.FETCH_ACCEPTED.hit();
    }

    @Override
    public boolean awaits(Revision revision) throws SourceException {
        ObjectId wanted = ObjectId.fromString(revision.id());
        Optional<ObjectId> before = before();
        Optional<ObjectId> there = mirror.ref(fetched);
        return before.isPresent()
                && there.isPresent()
                && has(wanted)
                && !descends(before.get(), there.get())
                && descends(wanted, there.get());
    }

    /** The former head is kept under {@code refs/plumbline/kept/}. */
    @Override
    public void acceptHistory(Revision revision) throws SourceException {
        looking.lock();
        try {
            at(revision);
            if (!awaits(revision)) {
                throw new SourceException(
                        "NotFound",
                        "No rewritten history of " + branch + " with " + revision.shortened()
                                + " in it waits to be accepted.");
            }
            Optional<ObjectId> before = before().filter(this::has);
            if (before.isPresent()) {
                mirror.setRef("refs/plumbline/kept/" + before.get().name(), before.get());
            }
            mirror.setRef(accepted, ObjectId.fromString(revision.id()));
            frozen = Optional.empty();
        } finally {
            looking.unlock();
        }
    }

    /** What was accepted last, without asking the remote; empty before the first fetch of a branch that exists. */
    public Optional<Snapshot> last() throws SourceException {
        Optional<ObjectId> id = mirror.ref(accepted);
        if (id.isPresent() && !has(id.get())) {
            throw damaged(
                    new Revision(id.get().name()), new IOException("a commit that was followed is not there any more"));
        }
        return id.isPresent() ? Optional.of(at(new Revision(id.get().name()))) : Optional.empty();
    }

    @Override
    public Optional<String> frozen() {
        return frozen;
    }

    private SourceException rewritten(String message) {
        frozen = Optional.of(message);
        return new SourceException("HistoryRewritten", message);
    }

    @Override
    public Optional<String> absence() {
        return absence;
    }

    @Override
    public Snapshot at(Revision revision) throws SourceException {
        Optional<GitSnapshot> known = listed.find(revision);
        if (known.isPresent()) {
            return known.get();
        }
        try {
            GitSnapshot snapshot =
                    GitSnapshot.of(mirror.repository(), ObjectId.fromString(revision.id()), root, listed.newest());
            listed.keep(snapshot);
            return snapshot;
        } catch (MissingObjectException unknown) {
            if (has(ObjectId.fromString(revision.id()))) {
                throw damaged(revision, unknown);
            }
            throw new SourceException(
                    "NotFound", "The commit " + revision.shortened() + " is not known here: push it first.", unknown);
        } catch (IOException broken) {
            throw damaged(revision, broken);
        }
    }

    @Override
    public Snapshot.CommitHeader header(Revision revision) throws SourceException {
        try {
            return GitSnapshot.header(mirror.repository(), ObjectId.fromString(revision.id()));
        } catch (IOException broken) {
            throw damaged(revision, broken);
        }
    }

    @Override
    public List<Revision> changes(String file, Optional<Revision> from, Revision to) throws SourceException {
        try {
            return history.changes(file, from, to);
        } catch (IOException broken) {
            throw damaged(to, broken);
        }
    }

    @Override
    public List<Revision> saying(String name, String value, Set<Revision> from, Revision to) throws SourceException {
        try {
            return TrailerSearch.search(mirror.repository(), name, value, from, to);
        } catch (IOException broken) {
            throw damaged(to, broken);
        }
    }

    @Override
    public boolean includes(Revision later, Revision earlier) throws SourceException {
        ObjectId newer = ObjectId.fromString(later.id());
        ObjectId older = ObjectId.fromString(earlier.id());
        return has(newer) && descends(older, newer);
    }

    private boolean has(ObjectId commit) {
        return history.has(commit);
    }

    private boolean descends(ObjectId ancestor, ObjectId descendant) throws SourceException {
        try {
            return history.descends(ancestor, descendant);
        } catch (IOException broken) {
            throw damaged(new Revision(descendant.name()), broken);
        }
    }

    private SourceException damaged(Revision revision, IOException cause) {
        mirror.suspect(cause);
        return new SourceException("Damaged", "The mirror cannot read the commit " + revision.shortened() + ".", cause);
    }

    @Override
    public void repair() throws SourceException, InterruptedException {
        mirror.repair();
        listed.forget();
    }

    @Override
    public List<String> repairs() {
        return mirror.repairs();
    }
}
